import { expect, test } from 'vitest';
import { type Notice, lastOf, unsettledFor } from '../../../src/core/report/due-notices.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import { reportOf } from '../../../src/core/report/report.ts';
import type { Event, Fact } from '../../../src/core/event/event.ts';
import { reportText } from '../../../src/cli/rollout/report-text.ts';
import { toCurl } from '../../../src/nacos/http/curl.ts';
import { words } from '../../../src/i18n/en/words.ts';
import { words as zhCn } from '../../../src/i18n/zh-cn/words.ts';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';

const told = (receiver: string, about: number): Fact => ({
  type: 'notification-sent',
  receiver,
  about,
  tries: 1,
});
const failed = (receiver: string, about: number): Fact => ({
  type: 'notification-failed',
  receiver,
  about,
  tries: 4,
  why: { kind: 'not-accepted', code: 310_000, message: 'sign not match' },
});

const eventsOf = (...facts: readonly Fact[]): readonly Event[] =>
  facts.map((fact, seq) => ({ v: 1, seq, at: `2026-11-21T20:00:0${seq}.000Z`, rollout: 'r', ...fact }));

/** Nothing of what is asked here rests on the rollout. */
const noticed = (events: readonly Event[]): readonly Notice[] =>
  events.map((event) => ({ event, rollout: {} as Rollout }));

const paused = { type: 'paused', by: 'ops', why: 'asked' } as const;
const continued = { type: 'continued', by: 'ops' } as const;

test('each receiver has yet to hear of what it wants to hear of, and what was neither told nor given up', () => {
  const slack = { name: 'slack', kind: 'slack', url: 'env:A', on: ['paused'] } as const;
  const events = eventsOf(paused, continued, told('slack', 0), paused, failed('slack', 3), paused);
  expect(unsettledFor(slack, noticed(events)).map(({ event }) => event.seq)).toEqual([5]);
  const other = { ...slack, name: 'slack 2', on: ['paused', 'continued'] } as const;
  expect(unsettledFor(other, noticed(events)).map(({ event }) => event.seq)).toEqual([0, 1, 3, 5]);
  expect(lastOf(eventsOf(paused, continued, failed('slack', 0)))?.seq).toBe(1);
});

test('a report names what a receiver could not be told, and ends with the rollout', async () => {
  const { run } = plainPlace(plainScenario(2));
  const rollout = run();
  await rollout.end();
  const ended = rollout.events.at(-1);
  expect(ended?.type).toBe('rollout-ended');
  const { runner } = rollout.life;
  runner.record(told('wecom', 3));
  runner.record(failed('dingtalk', 5));
  const report = reportOf(runner.rollout(), rollout.events);
  expect(report.lastAt).toBe(ended?.at);
  expect(reportText(report, words, toCurl).join('\n')).toContain(
    'dingtalk could not be told of event 5, after 4 tries: it says 310000: sign not match',
  );
  expect(reportText(report, words, toCurl).join('\n')).not.toContain('wecom');
  expect(reportText(report, zhCn, toCurl).join('\n')).toContain(
    '未能通知到 dingtalk（试了 4 次）：对方返回 310000',
  );
});

test('of a gate it is told that it waits for a person, and that it failed for good', () => {
  const to = { name: 'webhook', kind: 'webhook', url: 'http://a', on: ['paused', 'failed'] } as const;
  const place = { side: 'before', of: 'rollout' } as const;
  const gate = { gate: 'one', place, attempt: 1 } as const;
  const why = { kind: 'command', result: { kind: 'exited', code: 1 } } as const;
  const events = eventsOf(
    { type: 'gate-reached', ...gate, kind: 'person', text: 'look' },
    { type: 'gate-reached', ...gate, kind: 'command' },
    { type: 'gate-failed', ...gate, ms: 1, why, againInMs: 5 },
    { type: 'gate-failed', ...gate, ms: 1, why },
  );
  expect(unsettledFor(to, noticed(events)).map(({ event }) => event.seq)).toEqual([0, 3]);
});
