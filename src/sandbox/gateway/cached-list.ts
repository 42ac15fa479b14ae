import type { Clock } from '../../world/clock.ts';

/** An instance as a consumer is given it. */
export type Offered = { readonly instance: string; readonly weight: number };

export type CachedList = {
  /** Whom a call that is made now may go to. */
  read(): Promise<readonly Offered[]>;
};

/**
 * The list of a service as Spring Cloud LoadBalancer keeps it: what was fetched at `t` serves every call before
 * `t + ttlMs()`, and the first call after that fetches anew and waits for it. So nothing is asked while nobody calls, and
 * an empty list is not kept. A fetch that fails gives nothing: the old list serves this call, and the next one tries again.
 */
export function cachedList(options: {
  readonly fetch: () => Promise<readonly Offered[] | undefined>;
  readonly clock: Clock;
  /** Asked at every call: 0 keeps no list at all. */
  readonly ttlMs: () => number;
}): CachedList {
  const { fetch, clock, ttlMs } = options;
  let list: readonly Offered[] = [];
  let fetchedAtMs = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | undefined;

  const fetchAnew = async (): Promise<void> => {
    const beganAtMs = clock.monotonic();
    const fetched = await fetch();
    fetching = undefined;
    if (fetched === undefined) return;
    list = fetched;
    fetchedAtMs = beganAtMs;
  };

  return {
    read: async () => {
      if (list.length === 0 || clock.monotonic() >= fetchedAtMs + ttlMs()) await (fetching ??= fetchAnew());
      return list;
    },
  };
}
