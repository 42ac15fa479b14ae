import * as z from 'zod';
import type { CallTally } from './call-tally.ts';
import { callsBetween } from './caller-tally.ts';
import type { CallerView, Doubt, DrainVerdict, WatchedSource } from './drain-verdict.ts';

const doubts = [
  'not-watched',
  'unknown-consumers',
  'several-consumers',
  'unseen-consumer',
  'uncovered',
] as const satisfies readonly Doubt[];

const callerSchema = z.object({
  source: z.string(),
  registration: z.number().int().nonnegative(),
  caller: z.string(),
  /** Before the drain began. */
  perSecond: z.number(),
  /** Calls since the drain began. */
  callsSince: z.number(),
  /** Of its last call, from the beginning of the drain; negative: before it. */
  lastMs: z.number(),
  silentMs: z.number(),
  /** How long its silence must last; absent where its rate is not known. */
  neededMs: z.number().optional(),
});

/** What the sources of one target tell, for people: live, and in the journal at the end of a drain. */
export const callsSeenSchema = z.object({
  callers: z.array(callerSchema).readonly(),
  /** How many more there are, who called earlier. */
  otherCallers: z.number().int().optional(),
  /** Why silence before the preset's time is no proof; empty where it is one. */
  doubts: z.array(z.enum(doubts)).readonly(),
  /** Calls in each second, the oldest first, by the source that saw most; `fromMs` from the beginning of the drain. */
  perSecond: z.object({ fromMs: z.number(), counts: z.array(z.number()).readonly() }),
});
export type CallsSeen = z.infer<typeof callsSeenSchema>;

/** Callers that are told of, those who called last. */
const mostCallers = 50;

/** Seconds of the past that are told. */
const longestSeconds = 300;

/** For people and for the journal: rounded, and with `perSecond` up to `nowMs`. */
export function callsSeen(
  { callers, doubts: found }: Pick<DrainVerdict, 'callers' | 'doubts'>,
  sources: readonly WatchedSource[],
  beganMs: number,
  nowMs: number,
): CallsSeen {
  // Whoever connects to an open port is a caller too: a journal has those who called last, and how many there were.
  const all = [...callers, ...sources.flatMap((one) => earlierViews(one, callers, beganMs))];
  const latest = all.toSorted((one, other) => other.lastMs - one.lastMs).slice(0, mostCallers);
  const others = all.length - latest.length;
  return {
    callers: latest.map(rounded),
    ...(others > 0 && { otherCallers: others }),
    doubts: [...found],
    perSecond: perSecondOf(sources, beganMs, nowMs),
  };
}

/** Who called before a source broke, and was not seen by it since. */
function earlierViews(
  { source, registration, tally }: WatchedSource,
  seen: readonly CallerView[],
  beganMs: number,
): readonly CallerView[] {
  const isSeen = (caller: string): boolean =>
    seen.some((one) => one.source === source && one.registration === registration && one.caller === caller);
  return tally.earlier
    .filter(({ caller }) => !isSeen(caller))
    .map((one): CallerView => {
      const fromMs = one.arrivals[0]?.fromMs ?? beganMs;
      const seconds = (Math.min(beganMs, one.lastMs) - fromMs) / 1000;
      return {
        source,
        registration,
        caller: one.caller,
        perSecond: seconds > 0 ? callsBetween(one.arrivals, fromMs, beganMs) / seconds : 0,
        callsSince: one.lastMs > beganMs ? callsBetween(one.arrivals, beganMs, Infinity) : 0,
        lastMs: one.lastMs - beganMs,
        silentMs: Math.max(0, (tally.brokenMs ?? one.lastMs) - one.lastMs),
        neededMs: undefined,
      };
    });
}

function rounded(view: CallerView): CallsSeen['callers'][number] {
  const { neededMs, ...rest } = view;
  return {
    ...rest,
    perSecond: Math.round(view.perSecond * 100) / 100,
    lastMs: Math.round(view.lastMs),
    silentMs: Math.round(view.silentMs),
    ...(neededMs !== undefined && { neededMs: Math.round(neededMs) }),
  };
}

function perSecondOf(
  sources: readonly WatchedSource[],
  beganMs: number,
  nowMs: number,
): CallsSeen['perSecond'] {
  const known = sources.flatMap(({ tally }) => (tally.sinceMs === undefined ? [] : [tally]));
  if (known.length === 0) return perSecondBefore(sources, beganMs);
  const sinceMs = Math.min(nowMs, ...known.map((tally) => tally.sinceMs ?? nowMs));
  const fromSecond = Math.max(
    Math.floor((sinceMs - beganMs) / 1000),
    Math.floor((nowMs - beganMs) / 1000) - longestSeconds,
  );
  const length = Math.max(Math.ceil((nowMs - beganMs) / 1000) - fromSecond, 0);
  return { fromMs: fromSecond * 1000, counts: mostOf(known, beganMs + fromSecond * 1000, length) };
}

/** By the source that saw most. */
function mostOf(tallies: readonly CallTally[], fromMs: number, length: number): readonly number[] {
  const series = tallies.map((tally) => countsOf(tally, fromMs, length));
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  return series.toSorted((one, other) => sum(other) - sum(one))[0] ?? [];
}

/** Nothing tells of calls now: the seconds until that was so, and none after, which would look like silence. */
function perSecondBefore(sources: readonly WatchedSource[], beganMs: number): CallsSeen['perSecond'] {
  const tallies = sources.map(({ tally }) => tally);
  const arrivals = tallies.flatMap((tally) => tally.arrivals);
  const endMs = Math.max(...tallies.map(({ brokenMs }) => brokenMs ?? 0));
  if (arrivals.length === 0) return { fromMs: 0, counts: [] };
  const firstMs = Math.min(...arrivals.map(({ fromMs }) => fromMs));
  const toSecond = Math.floor((endMs - beganMs) / 1000);
  const fromSecond = Math.max(Math.floor((firstMs - beganMs) / 1000), toSecond - longestSeconds);
  return {
    fromMs: fromSecond * 1000,
    counts: mostOf(tallies, beganMs + fromSecond * 1000, toSecond - fromSecond),
  };
}

/** A reading's calls are told by its end. */
function countsOf({ arrivals }: CallTally, fromMs: number, length: number): readonly number[] {
  const counts = Array.from({ length }, () => 0);
  for (const { toMs, calls } of arrivals) {
    const second = Math.floor((toMs - 1 - fromMs) / 1000);
    if (second >= 0 && second < length) counts[second] = (counts[second] ?? 0) + calls;
  }
  return counts;
}
