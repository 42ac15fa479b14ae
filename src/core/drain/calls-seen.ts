import { z } from 'zod';
import type { CallTally } from './call-tally.ts';
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
  const latest = callers.toSorted((one, other) => other.lastMs - one.lastMs).slice(0, mostCallers);
  const others = callers.length - latest.length;
  return {
    callers: latest.map(rounded),
    ...(others > 0 && { otherCallers: others }),
    doubts: [...found],
    perSecond: perSecondOf(sources, beganMs, nowMs),
  };
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
  const sinceMs = Math.min(nowMs, ...known.map((tally) => tally.sinceMs ?? nowMs));
  const fromSecond = Math.max(
    Math.floor((sinceMs - beganMs) / 1000),
    Math.floor((nowMs - beganMs) / 1000) - longestSeconds,
  );
  const length = Math.max(Math.ceil((nowMs - beganMs) / 1000) - fromSecond, 0);
  const series = known.map((tally) => countsOf(tally, beganMs + fromSecond * 1000, length));
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  const most = series.toSorted((one, other) => sum(other) - sum(one))[0] ?? [];
  return { fromMs: fromSecond * 1000, counts: most };
}

/** A reading's calls lie evenly between it and the one before. */
function countsOf({ callers }: CallTally, fromMs: number, length: number): readonly number[] {
  const counts = Array.from({ length }, () => 0);
  for (const { arrivals } of callers)
    for (const { toMs, calls } of arrivals) {
      const second = Math.floor((toMs - 1 - fromMs) / 1000);
      if (second >= 0 && second < length) counts[second] = (counts[second] ?? 0) + calls;
    }
  return counts;
}
