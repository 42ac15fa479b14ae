import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { realClock } from '../../src/world/clock.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const hourMs = 3_600_000;

/** A timer of the system holds 24.8 days; what is longer would be over at once. */
test.for([
  ['an hour', hourMs],
  ['600 hours', 600 * hourMs],
  ['ten years', 87_600 * hourMs],
] as const)('a sleep of %s lasts as long as that', async ([, ms]) => {
  let isOver = false;
  const slept = (async () => {
    await realClock.sleep(ms);
    isOver = true;
  })();
  await vi.advanceTimersByTimeAsync(ms - 1);
  expect(isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await slept;
});

test('a sleep beyond a timer of the system ends with its signal', async () => {
  const stop = new AbortController();
  const slept = realClock.sleep(600 * hourMs, stop.signal);
  await vi.advanceTimersByTimeAsync(599 * hourMs);
  stop.abort();
  await slept;
  expect(vi.getTimerCount()).toBe(0);
});

test('no sleep is over a part of a millisecond early', async () => {
  vi.useRealTimers();
  const slept: number[] = [];
  for (let count = 0; count < 60; count += 1) {
    // At every part of a millisecond, of which timers know nothing.
    const fromMs = realClock.monotonic() + (count % 10) / 10;
    while (realClock.monotonic() < fromMs);
    const beganMs = realClock.monotonic();
    await realClock.sleep(2);
    slept.push(realClock.monotonic() - beganMs);
  }
  expect(Math.min(...slept)).toBeGreaterThanOrEqual(2);
});
