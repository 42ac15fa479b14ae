import { expect, test } from 'vitest';
import { assert, double, integer, property } from 'fast-check';
import { parseEvent } from '../../../src/core/event/event.ts';
import { mayWarmUp, warmWeight } from '../../../src/core/rollout/warm-up.ts';

test.each([
  [5, 10, 0.5],
  [1, 10, 0.1],
  [3, 33, 0.99],
  [100, 50, 50],
  [0.05, 10, 0.01],
  [0.333, 50, 0.17],
])('of weight %d, %d percent is %d', (full, percent, part) => {
  expect(warmWeight(full, percent)).toBe(part);
});

test('a part is never 0 and never more than the whole, where there is one', () => {
  assert(
    property(
      double({ min: 0.01, max: 10_000, noNaN: true }),
      integer({ min: 1, max: 99 }),
      (full, percent) => {
        const part = warmWeight(full, percent);
        expect(part).toBeGreaterThanOrEqual(0.01);
        if (mayWarmUp(full, percent)) expect(part).toBeLessThan(full);
      },
    ),
  );
});

test('what has no weight, or the least, has no part', () => {
  expect(mayWarmUp(0, 10)).toBe(false);
  expect(mayWarmUp(0.01, 50)).toBe(false);
  expect(mayWarmUp(1, 10)).toBe(true);
});

test('the events of a warm-up are read again', () => {
  const envelope = { v: 1, seq: 1, at: '2026-11-21T20:00:00.000Z', rollout: 'a', target: '10.0.0.1:8080' };
  for (const fact of [
    { type: 'warm-up-began', attempt: 1, totalMs: 1 },
    { type: 'weight-set', attempt: 1, percent: 10, ms: 1 },
    { type: 'weight-overridden', registration: 0, full: 5, found: 7 },
    { type: 'warm-up-passed', attempt: 1, ms: 1 },
  ])
    expect(parseEvent({ ...envelope, ...fact }).ok).toBe(true);
});
