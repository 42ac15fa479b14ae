import { expect, test } from 'vitest';
import type { ConnectionSpec } from '../../../src/core/registry/connection-spec.ts';
import { openConsole } from '../support/open-console.ts';
import { profileEntry } from '../support/fake-ports.ts';
import { reached } from '../support/usual-plan.ts';
import { journal } from '../stay/journals.ts';

/** What a rollout that was planned there, and stands still, is resumed with, by who typed a password for `nacos`. */
async function resumedAt(where: Partial<ConnectionSpec>): Promise<readonly unknown[]> {
  const opened = openConsole({
    prepare: (ports, clock) => {
      ports.entries = [profileEntry('prod-sh', { username: 'nacos' })];
      const { open } = journal(clock, 'aaaa1111', false);
      const planned = { ...open.rollout.planned, reached: { ...reached, username: 'nacos', ...where } };
      ports.open = [{ ...open, rollout: { ...open.rollout, planned } }];
      ports.launch = (asked) =>
        (asked as { typedPassword?: string }).typedPassword === undefined
          ? { ok: false, problem: { kind: 'password-needed', user: 'nacos' } }
          : { ok: false, problem: { kind: 'runner-failed', detail: 'no script' } };
    },
  });
  await opened.sees('1 rollout has not ended');
  await opened.press('l', 'enter');
  await opened.sees('assword');
  await opened.type('first');
  await opened.press('enter');
  await opened.sees('orders');
  await opened.press('L', 'c', 'y');
  await opened.clock.advance(0);
  if (opened.screen().includes('assword')) {
    await opened.type('second');
    await opened.press('enter');
    await opened.clock.advance(0);
  }
  return opened.ports.asked.flatMap((asked) =>
    typeof asked === 'object' && asked !== null && 'resume' in asked && 'typedPassword' in asked
      ? [asked.typedPassword]
      : [],
  );
}

test.each([
  ['another server', { servers: ['http://10.66.0.9:8848'] }],
  ['another Nacos behind the same gateway', { contextPath: '/other' }],
  ['another user', { username: 'ann' }],
])('a password is told to whom it was typed for: one for %s is asked for', async (_of, where) => {
  expect(await resumedAt(where)).toEqual([undefined, 'second']);
});

test('a password that was typed serves the same user of the same Nacos, whatever the namespace', async () => {
  expect(await resumedAt({ namespace: 'dev', profile: 'other' })).toEqual(['first']);
});
