import { expect, test } from 'vitest';
import { replay } from '../../src/core/apply/apply.ts';
import type { Event } from '../../src/core/event/event.ts';
import { exitGivenUp, withPutOn } from '../../src/tui/view/leaving.ts';
import { exitSummaryLines } from '../../src/tui/screens/exit-summary-lines.ts';
import { wordsIn } from '../../src/tui/draw/words.ts';
import { swallowKeys } from '../../src/wiring/console/swallow-keys.ts';
import { keyboard } from '../support/terminal/keyboard.ts';
import { virtualClock } from '../support/time/virtual-clock.ts';
import { first } from './support/open-rollout.ts';
import { type ScriptedLink, planned, scriptedLink } from './support/scripted-link.ts';
import { planOfThree, reached } from './support/usual-plan.ts';

const ended = {
  kind: 'ended',
  id: '7f3a',
  isRehearsal: false,
  done: 1,
  count: 3,
  off: ['10.0.0.11:8080 orders'],
  lowered: [],
  directory: '/state/7f3a',
  isOpen: true,
} as const;

test('says where the journal is and how to carry on, but for a sandbox that is gone', () => {
  const real = exitSummaryLines(wordsIn('en'), ended, false).join('\n');
  expect(real).toContain('nacos-rollout resume 7f3a');
  expect(real).toContain('/state/7f3a');
  const sandbox = exitSummaryLines(wordsIn('en'), ended, true).join('\n');
  expect(sandbox).toContain('10.0.0.11:8080 orders');
  expect(sandbox).not.toMatch(/resume|\/state/);
  expect(exitSummaryLines(wordsIn('en'), { kind: 'goes-on', id: '7f3a' }, true).join()).not.toContain(
    'attach',
  );
});

test('says what draining by evidence saved, and of a sandbox how many requests were lost', () => {
  const saving = { waitedMs: 26_400, savedMs: 15_600 };
  const gateway = { requests: 3012, failures: 0 };
  expect(exitSummaryLines(wordsIn('en'), { ...ended, off: [], saving, gateway }, true)).toEqual([
    'Rollout 7f3a: 1 of 3 targets done.',
    'The drains took 26 s, 16 s less than by timer alone.',
    'The gateway sent 3012 requests and lost 0.',
  ]);
  expect(exitSummaryLines(wordsIn('zh-CN'), { ...ended, off: [], saving, gateway }, true)).toEqual([
    '发布 7f3a：3 个目标完成 1 个。',
    '排空共用时 26 秒，比只按定时少等 16 秒。',
    '网关共发出 3012 次请求，丢失 0 次。',
  ]);
});

test.each([
  ['en', 'On with less weight than before, because of this rollout:', 'weight 1, was 5'],
  ['zh-CN', '因此次发布权重仍低于原值：', '权重 1，原为 5'],
] as const)('names each that has less weight than it had, with both, in %s', (language, head, weights) => {
  const link = scriptedLink(virtualClock());
  const events: Event[] = [];
  link.follow((line) => line.kind === 'event' && events.push(line.event));
  link.say(planned(planOfThree(), reached));
  for (const registration of [0, 1]) loweredTo1(link, registration);
  link.say({ type: 'rollout-ended', outcome: 'abandoned', exitCode: 3 });
  const rollout = replay(events);
  if (rollout === undefined) throw new Error('no rollout');
  const left = exitGivenUp({ id: '7f3a', rollout, directory: '/state/7f3a', isRunning: false });
  const lines = exitSummaryLines(wordsIn(language), left?.exitSummary ?? { kind: 'nothing' }, false);
  const at = lines.indexOf(head);
  expect(lines[at + 1]).toMatch(new RegExp(`^  10\\.0\\.0\\.11:8080 orders[:：] ?${weights}$`, 'u'));
  expect(lines[at + 2]).toContain('10.0.0.11:20880');
  expect(lines[at + 2]).toContain(weights);
});

test('takes what is typed before the console opens without an echo, but for Ctrl-C', () => {
  const keys = keyboard(virtualClock());
  let interrupts = 0;
  const release = swallowKeys(keys.input, () => (interrupts += 1));
  keys.send('jjq');
  expect(interrupts).toBe(0);
  keys.send('\x03');
  expect(interrupts).toBe(1);
  release();
  keys.send('\x03');
  expect(interrupts).toBe(1);
  // The console takes it over as it is.
  expect(keys.modes).toEqual([true]);
});

test('what was put on by hand is named no more when the console is left, and 3 is over', () => {
  const events: Event[] = [];
  const link = scriptedLink(virtualClock());
  link.follow((line) => line.kind === 'event' && events.push(line.event));
  link.say(planned(planOfThree(), reached));
  const rollout = replay(events);
  if (rollout === undefined) throw new Error('no rollout');
  const off = [
    '10.0.0.11:8080 orders',
    '10.0.0.11:20880 DUBBO_GROUP@@providers:com.acme.Orders:1.0.0:',
    '10.0.0.12:8080 orders',
  ];
  const leaving = { exitCode: 3, exitSummary: { ...ended, off } };
  const first = withPutOn(leaving, rollout, '10.0.0.11:8080');
  expect(first).toEqual({ exitCode: 3, exitSummary: { ...ended, off: ['10.0.0.12:8080 orders'] } });
  expect(withPutOn(first, rollout, '10.0.0.12:8080')).toEqual({
    exitCode: 1,
    exitSummary: { ...ended, off: [] },
  });
  expect(withPutOn(leaving, { ...rollout, id: 'other' }, '10.0.0.11:8080')).toBe(leaving);
});

/** Its warm-up was under way. */
function loweredTo1(link: ScriptedLink, registration: number): void {
  const request = { method: 'PUT', url: 'http://10.0.0.1:8848/nacos/v1/ns/instance', hasToken: true };
  const write = { target: first, registration, enabled: true, purpose: 'warm-up' } as const;
  link.say({ type: 'write-began', ...write, weight: 1, fullWeight: 5, request });
  link.say({ type: 'write-ended', ...write, outcome: 'accepted', ms: 4 });
  link.say({ type: 'read-back', target: first, registration, enabled: true, weight: 1, nodes: [] });
}
