import { expect, test } from 'vitest';
import { atInstances } from '../support/at-instances.ts';
import type { Opened } from '../support/open-console.ts';
import { disabledAndDraining, first, openRollout } from '../support/open-rollout.ts';
import { planByEvidence } from '../support/usual-plan.ts';

const footerOf = (opened: Opened): string => opened.screen().trimEnd().split('\n').at(-1) ?? '';

test.each([
  ['en', 'all', 'none'],
  ['zh-CN', '全选', '全不选'],
] as const)('the key that chooses all says whether it would clear, in %s', async (language, all, none) => {
  const opened = await atInstances({ language });
  expect(footerOf(opened)).toContain(`a ${all} `);
  await opened.press('space');
  expect(footerOf(opened)).toContain(`a ${all} `);
  await opened.press('a');
  expect(footerOf(opened)).toContain(`a ${none} `);
  await opened.press('a');
  expect(footerOf(opened)).toContain(`a ${all} `);
  expect(opened.store.model().draft?.order).toEqual([]);
});

test.each(['en', 'zh-CN'] as const)(
  'abort stays in the footer where a lost lease holds a drain, in %s',
  async (language) => {
    const opened = await openRollout({ language, plan: planByEvidence() });
    disabledAndDraining(opened.link, first);
    opened.link.say({ type: 'paused', by: 'nobody', why: 'lease-lost' });
    await opened.second();
    expect(footerOf(opened)).toMatch(/ c \S.* A \S.* d \S.* q \S.* \? /);
  },
);
