/** One counter of a source: `key` tells it from the others of the same caller (a connection); `value` only grows. */
export type Counter = {
  readonly caller: string;
  readonly key: string;
  readonly value: number;
  /** Since when nothing came in, as the source knows it; absent where it does not. */
  readonly idleMs?: number | undefined;
};

/** What a source said at one moment. */
export type CallReading = {
  /** `calls`: the counters count calls. `bursts`: they count bytes, and one that grew is one call at least. */
  readonly unit: 'calls' | 'bursts';
  /** Whether callers are told apart; else there is one, which stands for all. */
  readonly isPerCaller: boolean;
  readonly counters: readonly Counter[];
  /** Calls that are being answered now; absent where the source does not know. */
  readonly active?: number | undefined;
};

/** Calls that arrived between two readings. */
export type Arrival = { readonly fromMs: number; readonly toMs: number; readonly calls: number };

export type CallerTally = {
  readonly caller: string;
  /** In order of time; only those since the watch last broke. */
  readonly arrivals: readonly Arrival[];
  /** When it called last, at the latest. */
  readonly lastMs: number;
  /** Since the watch last broke, the first call included. */
  readonly longestPauseMs: number;
};

/**
 * What one source has told of one instance since it was last broken. Broken by a reading that failed, by one that came
 * too late, and by a counter that went back (a restart): of that time nothing is known.
 */
export type CallTally = {
  readonly sinceMs: number | undefined;
  /** When the last reading was asked for: everything that had happened by then is in it. */
  readonly readMs: number | undefined;
  readonly brokenMs: number | undefined;
  readonly isPerCaller: boolean;
  readonly active: number | undefined;
  readonly callers: readonly CallerTally[];
  /** Who called before it broke, each once. For people: it proves nothing. */
  readonly earlier: readonly CallerTally[];
  readonly values: ReadonlyMap<string, number>;
};

export const emptyTally: CallTally = {
  sinceMs: undefined,
  readMs: undefined,
  brokenMs: undefined,
  isPerCaller: false,
  active: undefined,
  callers: [],
  earlier: [],
  values: new Map(),
};

/** Two readings further apart than this leave a time of which nothing is known. */
export const longestGapMs = 5000;

/** A reading that failed. */
export function tallyFailed(tally: CallTally, atMs: number): CallTally {
  const { isPerCaller, sinceMs, brokenMs } = tally;
  // Since when nothing is known, not when that was last confirmed.
  const sinceBrokenMs = sinceMs === undefined ? (brokenMs ?? atMs) : atMs;
  return { ...emptyTally, isPerCaller, brokenMs: sinceBrokenMs, earlier: keptOf(tally) };
}

/** A caller that was there before and after another break is one. */
function keptOf({ earlier, callers }: CallTally): readonly CallerTally[] {
  const kept = new Map(earlier.map((one) => [one.caller, one]));
  for (const one of callers) {
    const before = kept.get(one.caller);
    kept.set(one.caller, {
      caller: one.caller,
      arrivals: [...(before?.arrivals ?? []), ...one.arrivals],
      lastMs: one.lastMs,
      longestPauseMs: Math.max(before?.longestPauseMs ?? 0, one.longestPauseMs),
    });
  }
  return [...kept.values()];
}

/**
 * The next reading, asked for at `askedMs` of the monotonic clock and there at `atMs`. What it counts was counted at some
 * moment between: its calls are taken to have come by the end, and silence to be known until the beginning.
 */
export function tallyRead(
  tally: CallTally,
  reading: CallReading,
  atMs: number,
  askedMs: number = atMs,
): CallTally {
  const values = new Map(reading.counters.map(({ caller, key, value }) => [keyOf(caller, key), value]));
  const { readMs } = tally;
  const base = { isPerCaller: reading.isPerCaller, active: reading.active, values, readMs: askedMs };
  if (readMs === undefined || tally.sinceMs === undefined)
    return { ...base, sinceMs: atMs, brokenMs: tally.brokenMs, callers: [], earlier: keptOf(tally) };
  if (hasGoneBack(tally, reading) || atMs - readMs > longestGapMs)
    return { ...base, sinceMs: atMs, brokenMs: atMs, callers: [], earlier: keptOf(tally) };
  const arrived = arrivals(tally, reading, readMs, atMs);
  const callers = new Map(tally.callers.map((one) => [one.caller, one]));
  for (const [caller, { calls, lastMs }] of arrived)
    callers.set(
      caller,
      called(callers.get(caller), caller, { fromMs: readMs, toMs: atMs, calls }, lastMs, tally.sinceMs),
    );
  const { sinceMs, brokenMs, earlier } = tally;
  return { ...base, sinceMs, brokenMs, earlier, callers: [...callers.values()] };
}

const keyOf = (caller: string, key: string): string => `${caller}\n${key}`;

/** A connection may end, and then its counter is gone; one that counts calls may not. */
function hasGoneBack({ values }: CallTally, { unit, counters }: CallReading): boolean {
  const isLess = counters.some(({ caller, key, value }) => value < (values.get(keyOf(caller, key)) ?? 0));
  const now = new Set(counters.map(({ caller, key }) => keyOf(caller, key)));
  return isLess || (unit === 'calls' && [...values.keys()].some((key) => !now.has(key)));
}

function arrivals(
  { values }: CallTally,
  { unit, counters }: CallReading,
  readMs: number,
  atMs: number,
): ReadonlyMap<string, { calls: number; lastMs: number }> {
  const found = new Map<string, { calls: number; lastMs: number }>();
  for (const { caller, key, value, idleMs } of counters) {
    const more = value - (values.get(keyOf(caller, key)) ?? 0);
    if (more <= 0) continue;
    const calls = (found.get(caller)?.calls ?? 0) + (unit === 'calls' ? more : 1);
    const known = idleMs === undefined ? atMs : Math.max(readMs, atMs - idleMs);
    found.set(caller, { calls, lastMs: Math.max(known, found.get(caller)?.lastMs ?? 0) });
  }
  return found;
}

function called(
  before: CallerTally | undefined,
  caller: string,
  arrival: Arrival,
  lastMs: number,
  sinceMs: number,
): CallerTally {
  // Between two readings it may have called early: the pause before may have been this long, and no longer.
  const pauseMs = arrival.toMs - (before?.lastMs ?? sinceMs);
  return {
    caller,
    arrivals: [...(before?.arrivals ?? []), arrival],
    lastMs,
    longestPauseMs: Math.max(before?.longestPauseMs ?? 0, pauseMs),
  };
}

/** Without what happened before `fromMs`, which nobody asks for any more. */
export function tallySince(tally: CallTally, fromMs: number): CallTally {
  const since = (callers: readonly CallerTally[]): readonly CallerTally[] =>
    callers.map((one) => ({ ...one, arrivals: one.arrivals.filter(({ toMs }) => toMs >= fromMs) }));
  const earlier = since(tally.earlier).filter(({ arrivals: left }) => left.length > 0);
  return { ...tally, callers: since(tally.callers), earlier };
}

/** How many of its calls arrived after `fromMs` and by `toMs`; a reading counts by its end. */
export function callsBetween({ arrivals: all }: CallerTally, fromMs: number, toMs: number): number {
  return all.reduce((sum, one) => (one.toMs > fromMs && one.toMs <= toMs ? sum + one.calls : sum), 0);
}
