import { expect, test } from 'vitest';
import type { Failure } from '../../../src/core/event/failure.ts';
import { first, openRollout } from '../support/open-rollout.ts';
import { observed } from '../support/usual-plan.ts';

const command = `nacos-rollout disable orders --instance ${first}`;

const why: Failure = {
  kind: 'refused',
  refusals: [
    {
      kind: 'taken-off',
      instance: `${first} orders`,
      registration: 0,
      takenOff: { rollout: '7f3a', by: 'bob@bastion', at: '2026-11-21T12:03:00.000Z', command },
    },
  ],
};

/** Its turn came, and it was off by a one-shot command; what Nacos shows of it now. */
async function takenOff(language: 'en' | 'zh-CN', isOnNow = false) {
  const opened = await openRollout({ language, size: { columns: 100, rows: 44 } });
  const change = ({ ip, port }: { ip: string; port: number }) =>
    `${ip}:${port}` === first ? { enabled: isOnNow } : {};
  opened.link.observe(observed(['http://10.0.0.1:8848'], change));
  opened.link.say({ type: 'disable-began', target: first, attempt: 1 });
  opened.link.say({ type: 'step-failed', target: first, step: 'disable', attempt: 1, ms: 5, why });
  await opened.second();
  return opened;
}

/** What a screen says, whatever its lines. */
function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

test.each([
  ['en', 'Off, and not because of this rollout: 10.0.0.11:8080.', 'stays off until somebody enables it'],
  ['zh-CN', '已下线，但不是由这次发布下线的：10.0.0.11:8080。', '保持下线，直到有人将其上线'],
] as const)(
  'what is off is said to be off, by whom and since when, in %s',
  async (language, said, leaves) => {
    const opened = await takenOff(language);
    const screen = flat(opened.screen());
    expect(screen).toContain(said);
    expect(screen).toContain(leaves);
    expect(screen).toContain('2026-11-21T12:03:00.000Z');
    expect(screen.replaceAll(' ', '')).toContain(command.replaceAll(' ', ''));
    expect(screen).not.toMatch(
      /It is on|it stays on|somebody has taken|we did otherwise|它仍上线|保持上线|别人/,
    );
  },
);

test('o puts it on, once that is asked', async () => {
  const opened = await takenOff('en');
  expect(opened.screen()).toMatch(/o +put on +consumers get it back as it is, unchecked/);
  await opened.press('o');
  await opened.sees('Put it on as it is?');
  expect(opened.link.orders).toEqual([]);
  await opened.press('y');
  expect(opened.link.orders).toMatchObject([{ type: 'decide', target: first, decision: 'put-on' }]);
});

test('x says that it stays off, and so does the end', async () => {
  const opened = await takenOff('en');
  await opened.press('x');
  await opened.sees('Leave this one off and go on with the next?');
  await opened.press('y');
  opened.link.say({ type: 'decided', target: first, decision: 'leave-off', by: 'ann' });
  expect(opened.rollout().targets[0]).toMatchObject({ result: 'left-off' });
  opened.link.say({ type: 'rollout-ended', outcome: 'done-with-some-off', exitCode: 1 });
  expect(opened.screen()).toContain('Off, and not because of this rollout: 10.0.0.11:8080.');
  expect(opened.screen()).toContain('Nothing is off because of us.');
  expect(opened.screen()).not.toContain('somebody else has taken');
});

test('that it is on again meanwhile is said, with the key that goes on', async () => {
  const opened = await takenOff('en', true);
  expect(opened.screen()).toContain('It is on again: r goes on with it.');
  expect(opened.screen()).not.toContain('Off, and not because');
});

test('where it could not be put on it is still off, and may be put on again', async () => {
  const opened = await takenOff('en');
  opened.link.say({ type: 'decided', target: first, decision: 'put-on', by: 'ann' });
  opened.link.say({ type: 'enable-began', target: first, attempt: 1 });
  const late = { kind: 'not-read-back', node: 'a', isEnabled: false, afterMs: 30_000 } as const;
  opened.link.say({ type: 'step-failed', target: first, step: 'enable', attempt: 1, ms: 30_000, why: late });
  await opened.second();
  expect(opened.screen()).toContain('Off, and not because of this rollout: 10.0.0.11:8080.');
  expect(opened.screen()).toMatch(/o +put on /);
  expect(opened.screen()).not.toContain('It is on');
});

test('what a retry finds on, and may not take off, is on', async () => {
  const opened = await takenOff('en');
  const refusal = { kind: 'last-one', service: 'orders' } as const;
  const refused = { kind: 'refused', refusals: [refusal] } as const;
  opened.link.say({ type: 'decided', target: first, decision: 'retry', by: 'ann' });
  opened.link.say({ type: 'disable-began', target: first, attempt: 2 });
  opened.link.say({ type: 'step-failed', target: first, step: 'disable', attempt: 2, ms: 5, why: refused });
  await opened.second();
  expect(opened.screen()).toContain('It is on, as we found it.');
  expect(opened.screen()).not.toContain('Off, and not because');
});
