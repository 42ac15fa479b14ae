import {
  type Arrival,
  type Arrived,
  type CallerTally,
  type ReadingTimes,
  called,
  keptMs,
} from './caller-tally.ts';

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

/**
 * What one source has told of one instance since it was last broken. Broken by a reading that failed, by one that came
 * too late, and by a counter that went back (a restart): of that time nothing is known.
 */
export type CallTally = {
  readonly sinceMs: number | undefined;
  /** When the last reading was asked for: everything that had happened by then is in it. */
  readonly readMs: number | undefined;
  /** When the last reading was there. */
  readonly thereMs: number | undefined;
  readonly brokenMs: number | undefined;
  readonly unit: CallReading['unit'];
  readonly isPerCaller: boolean;
  readonly active: number | undefined;
  readonly callers: readonly CallerTally[];
  /** Who called before it broke, each once. For people: it proves nothing. */
  readonly earlier: readonly CallerTally[];
  /** Of all callers, one for each reading in which calls were; those before it broke, too. */
  readonly arrivals: readonly Arrival[];
  readonly lag: Lag;
  readonly values: ReadonlyMap<string, number>;
};

/**
 * How old what a source counts may be: a counter that is held in a cache moves in steps that are at least as far apart
 * as the cache is old. So it lags behind by no more than what lies between any two moves on average.
 */
type Lag = {
  /** Infinite until it moved twice. */
  readonly mostMs: number;
  /** Moves in neighbouring readings. */
  readonly run?: { readonly fromMs: number; readonly moves: number } | undefined;
  readonly lastFromMs?: number | undefined;
};

const unknownLag: Lag = { mostMs: Number.POSITIVE_INFINITY };

export const emptyTally: CallTally = {
  sinceMs: undefined,
  readMs: undefined,
  thereMs: undefined,
  brokenMs: undefined,
  unit: 'calls',
  isPerCaller: false,
  active: undefined,
  callers: [],
  earlier: [],
  arrivals: [],
  lag: unknownLag,
  values: new Map(),
};

/** Two readings further apart than this leave a time of which nothing is known. */
export const longestGapMs = 5000;

/** A reading that failed. */
export function tallyFailed(tally: CallTally, atMs: number): CallTally {
  const { isPerCaller, unit, sinceMs, brokenMs } = tally;
  // Since when nothing is known, not when that was last confirmed.
  const sinceBrokenMs = sinceMs === undefined ? (brokenMs ?? atMs) : atMs;
  return { ...emptyTally, unit, isPerCaller, brokenMs: sinceBrokenMs, ...keptOf(tally, atMs) };
}

/** A caller that was there before and after another break is one. */
function keptOf(
  { earlier, callers, arrivals: all }: CallTally,
  atMs: number,
): Pick<CallTally, 'earlier' | 'arrivals'> {
  const kept = new Map(earlier.map((one) => [one.caller, one]));
  for (const one of callers) {
    const before = kept.get(one.caller)?.arrivals ?? [];
    kept.set(one.caller, { ...one, arrivals: [...before, ...one.arrivals] });
  }
  return { earlier: earlierSince([...kept.values()], atMs - keptMs), arrivals: since(all, atMs - keptMs) };
}

function earlierSince(earlier: readonly CallerTally[], fromMs: number): readonly CallerTally[] {
  return earlier.flatMap((one) => {
    const left = since(one.arrivals, fromMs);
    return left.length === 0 ? [] : [{ ...one, arrivals: left }];
  });
}

/** Without what happened before `fromMs`, which nobody asks for any more. */
function since<One extends Arrival>(all: readonly One[], fromMs: number): readonly One[] {
  const first = all.findIndex(({ toMs }) => toMs >= fromMs);
  return first < 0 ? [] : first === 0 ? all : all.slice(first);
}

/**
 * The next reading, asked for at `askedMs` of the monotonic clock and there at `atMs`. What it counts was counted at some
 * moment between: its calls are taken to have come by the end, and silence to be known until the beginning. Calls before
 * and after `edgeMs` stay apart.
 */
export function tallyRead(
  tally: CallTally,
  reading: CallReading,
  atMs: number,
  askedMs: number = atMs,
  edgeMs?: number,
): CallTally {
  const values = new Map(reading.counters.map(({ caller, key, value }) => [keyOf(caller, key), value]));
  const { sinceMs, readMs, thereMs } = tally;
  const { unit, isPerCaller, active } = reading;
  const base = { unit, isPerCaller, active, values, readMs: askedMs, thereMs: atMs };
  const isFirst = readMs === undefined || sinceMs === undefined || thereMs === undefined;
  if (isFirst || hasGoneBack(tally, reading) || atMs - readMs > longestGapMs) {
    const brokenMs = isFirst ? tally.brokenMs : atMs;
    return { ...emptyTally, ...base, ...keptOf(tally, atMs), sinceMs: atMs, brokenMs };
  }
  const times = { sinceMs, askedBeforeMs: readMs, thereBeforeMs: thereMs, askedMs, atMs, edgeMs };
  const arrived = arrivals(tally, reading);
  const callers = new Map(tally.callers.map((one) => [one.caller, one]));
  let calls = 0;
  for (const [caller, one] of arrived) {
    callers.set(caller, called(callers.get(caller), caller, one, times));
    calls += one.calls;
  }
  return {
    ...base,
    sinceMs,
    brokenMs: tally.brokenMs,
    callers: arrived.size === 0 ? tally.callers : [...callers.values()],
    earlier: earlierSince(tally.earlier, atMs - keptMs),
    arrivals:
      calls === 0
        ? tally.arrivals
        : [...since(tally.arrivals, atMs - keptMs), { fromMs: readMs, toMs: atMs, calls }],
    lag: lagAfter(tally.lag, calls > 0, times),
  };
}

const keyOf = (caller: string, key: string): string => `${caller}\n${key}`;

/** A connection may end, and then its counter is gone; one that counts calls may not. */
function hasGoneBack({ values }: CallTally, { unit, counters }: CallReading): boolean {
  const isLess = counters.some(({ caller, key, value }) => value < (values.get(keyOf(caller, key)) ?? 0));
  if (isLess || unit !== 'calls') return isLess;
  const now = new Set(counters.map(({ caller, key }) => keyOf(caller, key)));
  return [...values.keys()].some((key) => !now.has(key));
}

/** Of several connections of one caller, the one that received last tells how long ago it called. */
function arrivals({ values }: CallTally, { unit, counters }: CallReading): ReadonlyMap<string, Arrived> {
  const found = new Map<string, Arrived>();
  for (const { caller, key, value, idleMs } of counters) {
    const known = values.get(keyOf(caller, key));
    const more = value - (known ?? 0);
    if (more <= 0) continue;
    const before = found.get(caller);
    const calls = unit === 'calls' ? more : 1;
    const ages = [before?.idleMs, idleMs].filter((one) => one !== undefined);
    found.set(caller, {
      calls: (before?.calls ?? 0) + calls,
      // Since when a counter that appears has counted is not known: it may be its whole life.
      seen: (before?.seen ?? 0) + (known === undefined ? Math.min(calls, 1) : calls),
      idleMs: ages.length === 0 ? undefined : Math.min(...ages),
    });
  }
  return found;
}

function lagAfter(lag: Lag, hasMoved: boolean, { askedBeforeMs: fromMs, atMs }: ReadingTimes): Lag {
  if (!hasMoved) return lag.run === undefined ? lag : { ...lag, run: undefined };
  const { run, lastFromMs } = lag;
  if (lastFromMs === undefined) return { ...lag, run: { fromMs, moves: 1 }, lastFromMs: fromMs };
  const next = run === undefined ? { fromMs: lastFromMs, moves: 2 } : { ...run, moves: run.moves + 1 };
  const mostMs = Math.min(lag.mostMs, (atMs - next.fromMs) / (next.moves - 1));
  return { mostMs, run: next, lastFromMs: fromMs };
}
