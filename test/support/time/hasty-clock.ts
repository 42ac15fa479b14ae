import type { Clock } from '../../../src/world/clock.ts';

/** The longest pause that is over at once; longer sleeps are time-outs, and never end by themselves. */
const pauseMaxMs = 1_000;

/** A clock whose short sleeps have passed as soon as they begin: pauses cost a test no time, and nothing is late. */
export function hastyClock(): Clock {
  let nowMs = 0;
  return {
    monotonic: () => nowMs,
    wallClock: () => Date.UTC(2026, 10, 21, 20) + nowMs,
    sleep: (ms, signal) => {
      if (signal?.aborted === true) return Promise.resolve();
      if (ms <= pauseMaxMs) {
        nowMs += ms;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        signal?.addEventListener('abort', () => resolve(), { once: true });
      });
    },
  };
}
