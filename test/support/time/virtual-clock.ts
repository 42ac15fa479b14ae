import type { Clock } from '../../../src/world/clock.ts';

export type VirtualClock = Clock & {
  /** Acts once, after `ms`. */
  after(ms: number, act: () => void): void;
  /** Lets `ms` pass: sleeps end in order of their time, and all that follows from one runs before the next. */
  advance(ms: number): Promise<void>;
  /** How many sleeps are under way. */
  readonly pendingCount: number;
  /** When the next sleep ends, on the monotonic clock. */
  readonly nextDueMs: number | undefined;
};

type Sleep = { dueMs: number; finish: () => void };

/** A clock that stands still until it is told to go on. */
export function virtualClock(wallStartMs = Date.UTC(2026, 10, 21, 20)): VirtualClock {
  let nowMs = 0;
  const sleeps = new Set<Sleep>();
  const next = (): Sleep | undefined => {
    let first: Sleep | undefined;
    // Sleeps are kept in the order in which they began: of two that end together the older comes first.
    for (const sleep of sleeps) if (first === undefined || sleep.dueMs < first.dueMs) first = sleep;
    return first;
  };

  const clock: VirtualClock = {
    monotonic: () => nowMs,
    wallClock: () => wallStartMs + nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const finish = (): void => {
          sleeps.delete(sleep);
          signal?.removeEventListener('abort', finish);
          resolve();
        };
        const sleep: Sleep = { dueMs: nowMs + Math.max(0, ms), finish };
        sleeps.add(sleep);
        signal?.addEventListener('abort', finish, { once: true });
      }),
    advance: async (ms) => {
      const untilMs = nowMs + ms;
      await settled();
      for (let sleep = next(); sleep && sleep.dueMs <= untilMs; sleep = next()) {
        nowMs = Math.max(nowMs, sleep.dueMs);
        sleep.finish();
        await settled();
      }
      nowMs = untilMs;
      await idle();
    },
    get pendingCount() {
      return sleeps.size;
    },
    get nextDueMs() {
      return next()?.dueMs;
    },
    after: (ms, act) => {
      const later = async (): Promise<void> => {
        await clock.sleep(ms);
        act();
      };
      void later();
    },
  };
  return clock;
}

/** Ticks run after every microtask, however long their chain, and cost a tenth of a turn of the event loop. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}

/** A turn of the event loop, for whatever is not of this clock: sockets, files, a test's own time-out. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
