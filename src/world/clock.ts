/** Time as a port. `setTimeout` and the wall clock appear in this file only. */
export interface Clock {
  /** Milliseconds that only ever grow; for every wait and every duration. */
  monotonic(): number;
  /** Milliseconds since the epoch; for stamps that people read, never for waiting. */
  wallClock(): number;
  /** Resolves after `ms`, or at once when the signal is aborted; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A longer one is over at once: it is kept in 32 bits. */
const longestTimerMs = 2 ** 31 - 1;

export const realClock: Clock = {
  monotonic: () => performance.now(),
  wallClock: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const finish = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const dueMs = performance.now() + Math.max(0, ms);
      let timer: ReturnType<typeof setTimeout> | undefined;
      // A timer counts whole milliseconds and may be early by a part of one: who looks then finds the time not yet over.
      const step = (): void => {
        const leftMs = dueMs - performance.now();
        if (leftMs <= 0 && timer !== undefined) return finish();
        timer = setTimeout(step, Math.min(Math.ceil(Math.max(0, leftMs)), longestTimerMs));
      };
      step();
      signal?.addEventListener('abort', finish, { once: true });
    }),
};

/** How much faster than life a rehearsal's waits go. */
export const rehearsalSpeed = 10;

/** A clock that runs `factor` times as fast; the rehearsal uses it. */
export function fasterClock(clock: Clock, factor: number): Clock {
  const start = { monotonic: clock.monotonic(), wall: clock.wallClock() };
  return {
    monotonic: () => start.monotonic + (clock.monotonic() - start.monotonic) * factor,
    wallClock: () => start.wall + (clock.wallClock() - start.wall) * factor,
    sleep: (ms, signal) => clock.sleep(ms / factor, signal),
  };
}
