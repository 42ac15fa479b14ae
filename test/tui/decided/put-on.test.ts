import { expect, test } from 'vitest';
import { deployFailed, first, openRollout } from '../support/open-rollout.ts';
import { planOfThree } from '../support/usual-plan.ts';

test.each([80, 60])(
  'a deploy that failed stays failed when it is put on as it is, at %i',
  async (columns) => {
    const opened = await openRollout({ size: { columns, rows: 30 } });
    deployFailed(opened.link, first);
    opened.link.say({ type: 'decided', target: first, decision: 'put-on', by: 'ann' });
    opened.link.say({ type: 'enable-began', target: first, attempt: 1 });
    if (columns === 80) expect(opened.screen()).toMatch(/10\.0\.0\.11:8080 .*✖ 12s/);
    opened.link.say({ type: 'enabled', target: first, attempt: 1, ms: 600 });
    expect(opened.screen()).toMatch(columns === 80 ? /put on · ✖ deploy/ : /✖ put on/);
    opened.link.say({ type: 'rollout-ended', outcome: 'done-with-some-failed', exitCode: 1 });
    expect(opened.screen()).toContain('ENDED, and some are on without a good release.');
  },
);

test('a decision while it is paused says that c begins it, which the footer offers', async () => {
  const opened = await openRollout();
  deployFailed(opened.link, first);
  opened.link.say({ type: 'paused', by: 'ann', why: 'asked' });
  await opened.second();
  expect(opened.screen().split('\n').at(-1)).toContain('c continue');
  expect(opened.screen()).not.toContain('begins when c continues');
  opened.link.say({ type: 'decided', target: first, decision: 'put-on', by: 'ann' });
  expect(opened.screen()).toContain(`What you decided about ${first} begins when c continues.`);
  opened.link.say({ type: 'continued', by: 'ann' });
  expect(opened.screen()).not.toContain('begins when c continues');
});

const refused = {
  kind: 'refused',
  refusals: [{ kind: 'below-minimum', service: 'orders', now: 1, after: 0, minimum: 1, seenBy: 'a' }],
} as const;

test.each([
  ['en', 'leave off      it stays on as it is, without a deploy', 'is not taken off'],
  ['zh-CN', '保持上线，不部署', '它仍在线，不会被下线'],
] as const)(
  'a disable that was refused leaves it on, and x says so, in %s',
  async (language, leaves, asks) => {
    const opened = await openRollout({ language });
    opened.link.say({ type: 'disable-began', target: first, attempt: 1 });
    opened.link.say({ type: 'step-failed', target: first, step: 'disable', attempt: 1, ms: 5, why: refused });
    await opened.second();
    expect(opened.screen()).toContain(leaves);
    expect(opened.screen()).not.toMatch(/stays off until|保持下线/);
    await opened.press('x');
    await opened.sees(asks);
    await opened.press('y');
    opened.link.say({ type: 'decided', target: first, decision: 'leave-off', by: 'ann' });
    expect(opened.rollout().targets[0]?.result).toBe('untouched');
  },
);

test.each([
  ['en', 'It was off before us, and is off still.', 'It is on'],
  ['zh-CN', '它在我们之前就已下线，现在仍是。', '它仍上线'],
] as const)(
  'what was off before us is not said to be on where it is stuck, in %s',
  async (language, said, never) => {
    const plan = planOfThree();
    const targets = plan.targets.map((target) => ({
      ...target,
      registrations: target.registrations.map((one) => ({ ...one, wasEnabled: false })),
    }));
    const opened = await openRollout({ language, plan: { ...plan, targets } });
    deployFailed(opened.link, first);
    expect(opened.screen()).toContain(said);
    expect(opened.screen()).not.toContain(never);
  },
);
