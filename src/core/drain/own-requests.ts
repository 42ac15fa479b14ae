import type { Arrival } from './caller-tally.ts';

/** A request of ours to an instance, which what counts its calls may count. */
export type OwnRequest = {
  readonly fromMs: number;
  /** Infinite until the answer is there. */
  readonly toMs: number;
};

/** An instance may count a request a moment after it answered. */
const countedWithinMs = 1000;

/** Without one call for each request of ours: the first that may be it. */
export function withoutOwn(
  arrivals: readonly Arrival[],
  requests: readonly OwnRequest[],
): readonly Arrival[] {
  const left = arrivals.map(({ calls }) => calls);
  for (const { fromMs, toMs } of requests) {
    const index = arrivals.findIndex(
      (one, at) => one.toMs >= fromMs && one.fromMs <= toMs + countedWithinMs && (left[at] ?? 0) > 0,
    );
    if (index >= 0) left[index] = (left[index] ?? 0) - 1;
  }
  return arrivals.flatMap((one, at) => (left[at] ? [{ ...one, calls: left[at] }] : []));
}
