import type { Evidence } from '../../core/drain/evidence.ts';
import type { EvidenceReading } from '../../world/world.ts';
import { keptMs } from '../../core/drain/caller-tally.ts';
import { type CallsSeen, callsSeen } from '../../core/drain/calls-seen.ts';
import type { Consumers, DrainState, DrainVerdict, WatchedSource } from '../../core/drain/drain-verdict.ts';
import { drainVerdict } from '../../core/drain/drain-verdict.ts';
import type { OwnRequest } from '../../core/drain/own-requests.ts';
import type { Clock } from '../../world/clock.ts';
import type { Subscriber } from '../../world/registry.ts';
import { SharedReads } from './shared-reads.ts';

/** Which source of a target, read at which of its registrations. */
export type Source = {
  readonly evidence: Evidence;
  readonly source: string;
  readonly registration: number;
};

/** What is known of the calls to one target. Kept in memory: what a runner did not see itself is no evidence. */
export type CallWatch = {
  sources: readonly WatchedSource[];
  /** Who subscribes, by registration. */
  consumers: readonly Consumers[];
  /** When `consumers` was asked for last. */
  consumersMs?: number | undefined;
  /** Requests of ours to the instance that are no probe and no reading. */
  own?: readonly OwnRequest[];
  /** Told of every reading. */
  heard?: (source: Source, reading: EvidenceReading) => void;
  /** While it drains: since when, and what the rule said last. */
  drain?: { readonly beganMs: number; readonly atMs: number; readonly verdict: DrainVerdict } | undefined;
};

/** What all targets' sources told, by the target's name. */
export class CallBook extends Map<string, CallWatch> {
  /** Who subscribes, read once for all targets of a service; `undefined` where connections are not told. */
  readonly consumers = new SharedReads<readonly Subscriber[] | undefined>();
}

/** Asks an instance that is watched: whatever counts its calls, this is nobody's. */
export async function askAsOurselves<Told>(
  book: CallBook,
  target: string,
  clock: Clock,
  ask: () => Promise<Told>,
): Promise<Told> {
  const watch = book.get(target);
  const before = watch?.own ?? [];
  const fromMs = clock.monotonic();
  if (watch !== undefined) watch.own = [...before, { fromMs, toMs: Infinity }];
  const told = await ask();
  if (watch !== undefined) watch.own = [...before, { fromMs, toMs: clock.monotonic() }];
  return told;
}

type Limits = Omit<DrainState, 'sources' | 'consumers'>;

/** Asks the rule, and keeps its answer for who looks on. A target that nobody watched has no evidence. */
export function judgeDrain(
  book: CallBook,
  target: string,
  registrations: number,
  limits: Limits,
): DrainVerdict {
  const watch = book.get(target);
  const sources = watch?.sources ?? [];
  // Who came between the last look and the disable holds a list with the instance in it, too.
  const isKnown = watch?.consumersMs !== undefined && watch.consumersMs >= limits.beganMs;
  const consumers = isKnown ? watch.consumers : Array.from({ length: registrations }, () => undefined);
  const verdict = drainVerdict({ ...limits, sources, consumers });
  if (watch !== undefined) watch.drain = { beganMs: limits.beganMs, atMs: limits.nowMs, verdict };
  return verdict;
}

/** For the journal and for people. */
export function callsOf(
  book: CallBook,
  target: string,
  verdict: DrainVerdict,
  beganMs: number,
  nowMs: number,
): CallsSeen {
  return callsSeen(verdict, book.get(target)?.sources ?? [], beganMs, nowMs);
}

const mostAskedEarly = 100;

/** What is told of one target while it is watched. */
export type WatchedCalls = CallsSeen & {
  readonly target: string;
  readonly waitsFor?: (DrainVerdict & { kind: 'wait' })['for'];
  readonly untilMs?: number;
};

/** For who looks on, all targets that are watched. Before its drain a target's calls are told as of now. */
export function watchedCalls(book: CallBook, nowMs: number): readonly WatchedCalls[] {
  return [...book].map(([target, { sources, consumers, drain }]): WatchedCalls => {
    const beganMs = drain?.beganMs ?? nowMs;
    const limits = { nowMs, beganMs, floorMs: 0, presetMs: keptMs, ceilingMs: keptMs, certainty: 0.5 };
    const callerCount = sources.reduce((sum, { tally }) => sum + tally.callers.length, 0);
    // To ask the rule of very many takes the runner's time, and nothing hangs on it yet.
    const isAsked = callerCount <= mostAskedEarly;
    const verdict = drain?.verdict ?? drainVerdict({ ...limits, sources: isAsked ? sources : [], consumers });
    const waits =
      drain !== undefined && verdict.kind === 'wait'
        ? { waitsFor: verdict.for, untilMs: Math.round(verdict.untilMs) }
        : {};
    return { target, ...callsSeen(verdict, sources, beganMs, nowMs), ...waits };
  });
}
