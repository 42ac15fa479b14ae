import type { VirtualClock } from '../../support/time/virtual-clock.ts';

const longestMs = 600_000;

/** Lets time pass until it has come. */
export async function within<T>(clock: VirtualClock, promise: Promise<T>): Promise<T> {
  const endMs = clock.monotonic() + longestMs;
  const over = new AbortController();
  void promise.then(
    () => over.abort(),
    () => over.abort(),
  );
  while (!over.signal.aborted) {
    await new Promise((resolve) => setImmediate(resolve));
    if (over.signal.aborted) break;
    await clock.advance(100);
    if (clock.monotonic() > endMs) throw new Error('it never ends');
  }
  return promise;
}
