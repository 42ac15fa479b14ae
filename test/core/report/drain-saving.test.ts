import { expect, test } from 'vitest';
import { drainSaving } from '../../../src/core/report/drain-saving.ts';
import type { Event, Fact } from '../../../src/core/event/event.ts';

const at = '2026-11-26T18:00:00.000Z';
const saving = (...facts: readonly Fact[]): ReturnType<typeof drainSaving> =>
  drainSaving(facts.map((fact, index): Event => ({ ...fact, v: 1, seq: index + 1, at, rollout: '7f3a' })));

const began = (target: string, totalMs = 14_000): Fact => ({
  type: 'drain-began',
  target,
  attempt: 1,
  totalMs,
});
const ended = (target: string, ms: number): Fact => ({ type: 'drain-ended', target, attempt: 1, ms });

test('adds up what drains took, and what the timer would have taken beyond it', () => {
  expect(saving(began('a'), ended('a', 8_000), began('b'), began('c'), ended('c', 6_000))).toEqual({
    waitedMs: 14_000,
    savedMs: 14_000,
  });
});

test('takes off what a drain went on beyond its timer, because calls still arrived', () => {
  expect(saving(began('a'), ended('a', 8_000), began('b'), ended('b', 18_000))).toEqual({
    waitedMs: 26_000,
    savedMs: 2_000,
  });
});

test('what somebody added to a timer is not saved by ending before it, and a drain that was skipped saved nothing', () => {
  const extended: Fact = { type: 'drain-extended', target: 'a', byMs: 10_000, by: 'me' };
  expect(saving(began('a'), extended, ended('a', 12_000))).toEqual({ waitedMs: 12_000, savedMs: 2_000 });
  expect(saving(began('a'), extended, ended('a', 20_000), began('b'), ended('b', 6_000))).toEqual({
    waitedMs: 26_000,
    savedMs: 2_000,
  });
  const anew = [extended, began('a', 24_000), ended('a', 20_000)];
  expect(saving(began('a'), ...anew, began('b'), ended('b', 6_000))).toEqual({
    waitedMs: 26_000,
    savedMs: 2_000,
  });
  expect(saving(began('a'), { type: 'drain-skipped', target: 'a', by: 'me' })).toBeUndefined();
});

test('nothing is saved by a timer that ended as it does', () => {
  expect(saving(began('a'), ended('a', 14_003), began('b'), ended('b', 13_999))).toBeUndefined();
});
