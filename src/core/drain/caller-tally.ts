/** Calls that arrived between two readings, or some neighbouring ones. */
export type Arrival = { readonly fromMs: number; readonly toMs: number; readonly calls: number };

/** With what it tells of how often the caller calls (silence.ts). */
export type SeenArrival = Arrival & { readonly seen: number; readonly exposureMs: number };

export type CallerTally = {
  readonly caller: string;
  /** In order of time; only those since the watch last broke, and of `keptMs`. Older ones are put together. */
  readonly arrivals: readonly SeenArrival[];
  /** When it called last, at the latest. */
  readonly lastMs: number;
  /** Since the watch last broke, up to the first call included. One that ended between two readings ended in their middle. */
  readonly longestPauseMs: number;
  /** What was watched before is in `exposureMs` of its arrivals. */
  readonly countedMs: number;
};

/** When a reading was taken: the one before was asked for and there, and this one. Of the monotonic clock. */
export type ReadingTimes = {
  /** When the first reading was there. */
  readonly sinceMs: number;
  readonly askedBeforeMs: number;
  readonly thereBeforeMs: number;
  readonly askedMs: number;
  readonly atMs: number;
  /** Arrivals before it and after it are never put together. */
  readonly edgeMs?: number | undefined;
};

/** How long arrivals are kept. */
export const keptMs = 300_000;

/** Systems tell ages in ticks, and the longest one is this. */
const tickMs = 10;

/** What a reading tells of one caller. */
export type Arrived = {
  readonly calls: number;
  /** Of these, how many certainly came since the reading before. */
  readonly seen: number;
  /** How long ago its last call came in, where the source knows. */
  readonly idleMs: number | undefined;
};

/** The next arrival of a caller. */
export function called(
  before: CallerTally | undefined,
  caller: string,
  { calls, seen, idleMs }: Arrived,
  times: ReadingTimes,
): CallerTally {
  const { askedBeforeMs, atMs, sinceMs } = times;
  const exposureMs = exposureOf(before?.countedMs ?? sinceMs, idleMs, times);
  const arrival = {
    fromMs: askedBeforeMs,
    toMs: atMs,
    calls,
    seen: idleMs === undefined ? seen : 1,
    exposureMs,
  };
  // Between two readings it may have called early or late.
  const pauseMs = (askedBeforeMs + atMs) / 2 - (before?.lastMs ?? sinceMs);
  return {
    caller,
    arrivals: appended(before?.arrivals ?? [], arrival, times.edgeMs),
    lastMs: Math.max(
      idleMs === undefined ? atMs : Math.max(askedBeforeMs, atMs - idleMs),
      before?.lastMs ?? Number.NEGATIVE_INFINITY,
    ),
    longestPauseMs: Math.max(before?.longestPauseMs ?? 0, pauseMs),
    countedMs: times.askedMs,
  };
}

/** For how long a caller could be seen since `countedMs`. Readings that take a while were taken at some moment of it. */
function exposureOf(
  countedMs: number,
  idleMs: number | undefined,
  { askedBeforeMs, thereBeforeMs, atMs }: ReadingTimes,
): number {
  if (idleMs === undefined) return atMs - countedMs;
  const emptyMs = countedMs === askedBeforeMs ? 0 : Math.max(thereBeforeMs - countedMs, 0);
  return emptyMs + Math.min(idleMs + tickMs, atMs - askedBeforeMs);
}

/** So long an arrival may become by what is put to it: the older, the longer. */
const joinedMs = 1000;
const oldJoinedMs = 10_000;
const oldAfterMs = 30_000;

function appended(
  arrivals: readonly SeenArrival[],
  arrival: SeenArrival,
  edgeMs: number | undefined,
): readonly SeenArrival[] {
  const last = arrivals.at(-1);
  if (last !== undefined && areOne(last, arrival, joinedMs, edgeMs))
    return [...arrivals.slice(0, -1), joined(last, arrival)];
  const kept: SeenArrival[] = [];
  for (const one of [...arrivals, arrival]) {
    const before = kept.at(-1);
    if (one.toMs < arrival.toMs - keptMs) continue;
    const isOld = one.toMs < arrival.toMs - oldAfterMs;
    if (isOld && before !== undefined && areOne(before, one, oldJoinedMs, edgeMs))
      kept[kept.length - 1] = joined(before, one);
    else kept.push(one);
  }
  return kept;
}

function areOne(first: Arrival, second: Arrival, mostMs: number, edgeMs = Number.NaN): boolean {
  return second.toMs - first.fromMs <= mostMs && first.toMs <= edgeMs === second.toMs <= edgeMs;
}

function joined(first: SeenArrival, second: SeenArrival): SeenArrival {
  return {
    fromMs: first.fromMs,
    toMs: second.toMs,
    calls: first.calls + second.calls,
    seen: first.seen + second.seen,
    exposureMs: first.exposureMs + second.exposureMs,
  };
}

/** How many of its calls arrived after `fromMs` and by `toMs`; an arrival counts by its end. */
export function callsBetween(arrivals: readonly Arrival[], fromMs: number, toMs: number): number {
  return arrivals.reduce((sum, one) => (one.toMs > fromMs && one.toMs <= toMs ? sum + one.calls : sum), 0);
}
