import { type CallTally, longestGapMs } from './call-tally.ts';
import { type CallerTally, callsBetween } from './caller-tally.ts';
import { type Exposure, silenceNeededMs, statedSilenceMs } from './silence.ts';

/** One source as it watches one registration of the target. */
export type WatchedSource = {
  /** As `evidenceText` names it. */
  readonly source: string;
  /** Index into the target's registrations. */
  readonly registration: number;
  readonly tally: CallTally;
};

/** Who subscribes to the service of a registration, one entry a subscription; undefined where that cannot be known. */
export type Consumers = readonly { readonly address: string }[] | undefined;

export type DrainState = {
  readonly nowMs: number;
  /** When consumers were last told that it is off: everything that is waited for counts from here. */
  readonly beganMs: number;
  readonly floorMs: number;
  /** What is waited without evidence, and never shortened by evidence of something else. */
  readonly presetMs: number;
  readonly ceilingMs: number;
  readonly certainty: number;
  readonly slowestPerSecond?: number | undefined;
  readonly sources: readonly WatchedSource[];
  /** By registration. */
  readonly consumers: readonly Consumers[];
};

/** Why silence before the preset's time is no proof. */
export type Doubt =
  /** A source failed, went back, or has not been watching since before the disable. */
  | 'not-watched'
  | 'unknown-consumers'
  /** They cannot be told apart, and a rare one hides behind a busy one. */
  | 'several-consumers'
  /** Somebody subscribes whose calls were not seen, or too few to know how often it calls. */
  | 'unseen-consumer'
  /** No source tells of one of the registrations. */
  | 'uncovered';

/** How one caller looks now. Times are relative to the beginning of the drain. */
export type CallerView = {
  readonly source: string;
  readonly registration: number;
  readonly caller: string;
  readonly perSecond: number;
  readonly callsSince: number;
  /** Negative: before the drain began. */
  readonly lastMs: number;
  readonly silentMs: number;
  /** How long its silence must last; undefined where its rate is not known. */
  readonly neededMs: number | undefined;
};

export type DrainVerdict = {
  readonly callers: readonly CallerView[];
  readonly doubts: readonly Doubt[];
} & (
  | {
      readonly kind: 'wait';
      readonly for: 'floor' | 'active' | 'calls' | 'silence' | 'preset';
      readonly untilMs: number;
    }
  /** Everybody has been silent for long enough: as certain as was asked for. */
  | { readonly kind: 'quiet' }
  /** The preset's time is over, and nothing says that calls still arrive. */
  | { readonly kind: 'over' }
  /** Calls arrive at the ceiling. */
  | { readonly kind: 'still-called' }
);

/** A pause this many times longer than the longest seen is one that a caller who comes in bursts does not make. */
const pauseFactor = 2;

/** Of connections: a call may come in in many parts. */
const leastSilenceMs = 1000;

/**
 * Whether a drain may end. Never before the floor; before the preset's time only when every caller's silence is no
 * chance (`silence.ts`) and every consumer is among the callers; at the preset's time unless calls still arrive, and
 * then not before they end, or the ceiling is reached. The probability that a target whose callers call at random
 * moments is called after `quiet` is at most `1 - certainty`.
 */
export function drainVerdict(state: DrainState): DrainVerdict {
  const passedMs = state.nowMs - state.beganMs;
  const callers = state.sources.flatMap((one) => viewsOf(state, one));
  const doubts = doubtsOf(state, callers);
  const told = { callers, doubts };
  const isActive = state.sources.some(({ tally }) => (tally.active ?? 0) > 0);
  const isLate = passedMs >= state.presetMs;
  const open = callers.filter((caller) => (isLate ? isStillCalling(state, caller) : !isSilent(caller)));
  const isCalledLate = isLate && (open.length > 0 || state.sources.some((one) => hasLost(state, one)));
  if (passedMs >= state.ceilingMs && (isActive || isCalledLate)) return { ...told, kind: 'still-called' };
  if (passedMs < state.floorMs) return { ...told, kind: 'wait', for: 'floor', untilMs: state.floorMs };
  if (isActive) return { ...told, kind: 'wait', for: 'active', untilMs: state.ceilingMs };
  if (isLate) {
    if (isCalledLate) return { ...told, kind: 'wait', for: 'calls', untilMs: state.ceilingMs };
    return { ...told, kind: doubts.length === 0 && callers.every(isSilent) ? 'quiet' : 'over' };
  }
  if (doubts.length > 0) return { ...told, kind: 'wait', for: 'preset', untilMs: state.presetMs };
  if (open.length === 0) return { ...told, kind: 'quiet' };
  const isCalled = open.some(({ lastMs, silentMs }) => lastMs > 0 && silentMs < recentMs);
  const neededMs = open.reduce((most, one) => Math.max(most, one.lastMs + (one.neededMs ?? Infinity)), 0);
  const untilMs = Math.min(neededMs, state.presetMs);
  return { ...told, kind: 'wait', for: isCalled ? 'calls' : 'silence', untilMs };
}

/** For the words only: a call this long ago is one that just arrived. */
const recentMs = 1000;

function isSilent({ silentMs, neededMs }: CallerView): boolean {
  return neededMs !== undefined && silentMs >= neededMs;
}

/**
 * After the preset's time. A caller that called since then has a list that lives longer than was assumed: only a silence
 * that is no chance proves that it has let go. One whose last call lies before has the preset on its side, and is waited
 * for only as long as it may be pausing, half the preset at most.
 */
function isStillCalling({ presetMs }: DrainState, caller: CallerView): boolean {
  if (caller.lastMs > presetMs) return !isSilent(caller);
  return caller.lastMs > 0 && caller.silentMs < Math.min(caller.neededMs ?? presetMs / 2, presetMs / 2);
}

/**
 * Whether somebody called after the disable whom the source has not seen again since it broke: that it broke is no sign
 * that they let go. After the preset's time they are waited for as others are, but only what was watched since is
 * silence. Where that cannot be watched, half the preset's time after a last call that came in time is enough.
 */
function hasLost({ nowMs, beganMs, presetMs, certainty }: DrainState, { tally }: WatchedSource): boolean {
  const { sinceMs = 0, readMs = sinceMs, earlier } = tally;
  const seen = new Set(tally.callers.map(({ caller }) => caller));
  const share = (1 - certainty) / Math.max(earlier.length, 1);
  const fromMs = beganMs - presetMs;
  return earlier.some((one) => {
    const lastMs = one.lastMs - beganMs;
    if (lastMs <= 0 || seen.has(one.caller)) return false;
    if (lastMs <= presetMs && nowMs - one.lastMs >= presetMs / 2) return false;
    const neededMs = neededBy(one, silenceNeededMs(exposureSince(one, fromMs), share), tally);
    return readMs - sinceMs < Math.min(neededMs, presetMs / 2);
  });
}

function viewsOf(state: DrainState, { source, registration, tally }: WatchedSource): readonly CallerView[] {
  const { beganMs, presetMs } = state;
  const { sinceMs, readMs } = tally;
  if (sinceMs === undefined || readMs === undefined) return [];
  const share = (1 - state.certainty) / Math.max(tally.callers.length, 1);
  const horizonMs = readMs - beganMs < presetMs ? presetMs : state.ceilingMs;
  const fromMs = Math.max(sinceMs, beganMs - presetMs);
  const watchedMs = beganMs - fromMs;
  const { slowestPerSecond } = state;
  const statedMs = slowestPerSecond && statedSilenceMs(slowestPerSecond / 1000, horizonMs, share);
  return tally.callers.map((one): CallerView => {
    const calls = callsBetween(one.arrivals, fromMs, beganMs);
    const neededMs = neededBy(one, statedMs ?? silenceNeededMs(exposureSince(one, fromMs), share), tally);
    return {
      source,
      registration,
      caller: one.caller,
      perSecond: watchedMs > 0 ? (calls / watchedMs) * 1000 : 0,
      // What is read after the beginning may have arrived just before it.
      callsSince: one.lastMs > beganMs ? callsBetween(one.arrivals, beganMs, Infinity) : 0,
      lastMs: one.lastMs - beganMs,
      silentMs: Math.max(0, readMs - one.lastMs),
      neededMs: Number.isFinite(neededMs) ? neededMs : undefined,
    };
  });
}

function exposureSince({ arrivals }: CallerTally, fromMs: number): Exposure {
  let calls = 0;
  let exposureMs = 0;
  for (const one of arrivals)
    if (one.toMs > fromMs) {
      calls += one.seen;
      exposureMs += one.exposureMs;
    }
  return { calls, exposureMs };
}

/**
 * From its last call on. What a source is slow to tell is no silence; and what came in over a connection may be parts of
 * very few calls.
 */
function neededBy(
  { arrivals, lastMs, longestPauseMs }: CallerTally,
  silenceMs: number,
  { unit, lag }: CallTally,
): number {
  const sinceLastMs = (arrivals.at(-1)?.toMs ?? lastMs) - lastMs + silenceMs;
  const toldMs = unit === 'calls' ? sinceLastMs + lag.mostMs : Math.max(sinceLastMs, leastSilenceMs);
  return Math.max(toldMs, longestPauseMs * pauseFactor);
}

function doubtsOf(state: DrainState, callers: readonly CallerView[]): readonly Doubt[] {
  const doubts = new Set<Doubt>();
  for (const [registration, consumers] of state.consumers.entries()) {
    const sources = state.sources.filter((one) => one.registration === registration);
    const found = sources.map((one) => doubtOf(state, one, consumers, callers));
    if (found.some((doubt) => doubt === undefined)) continue;
    for (const doubt of found) if (doubt !== undefined) doubts.add(doubt);
    if (found.length === 0) doubts.add('uncovered');
  }
  // Another source does not answer for what this one saw.
  if (state.sources.some((one) => hasLost(state, one))) doubts.add('not-watched');
  return [...doubts];
}

/** Why one source cannot prove that every consumer of a registration has let go; undefined when it can. */
function doubtOf(
  { beganMs, nowMs, slowestPerSecond }: DrainState,
  { source, registration, tally }: WatchedSource,
  consumers: Consumers,
  all: readonly CallerView[],
): Doubt | undefined {
  const { sinceMs, readMs } = tally;
  if (sinceMs === undefined || readMs === undefined) return 'not-watched';
  if (sinceMs > beganMs || nowMs - readMs > longestGapMs) return 'not-watched';
  if (consumers === undefined) return 'unknown-consumers';
  const known = new Set(
    all
      .filter((one) => one.source === source && one.registration === registration)
      .filter(({ neededMs }) => neededMs !== undefined)
      .map(({ caller }) => caller),
  );
  const addresses = consumers.map(({ address }) => address);
  if (known.size === 0 || addresses.length === 0) return 'unseen-consumer';
  // Nobody else can be meant, under whatever address it calls.
  if (addresses.length === 1 && tally.callers.length === 1) return undefined;
  const areApart = tally.isPerCaller && new Set(addresses).size === addresses.length;
  if (!areApart && slowestPerSecond === undefined) return 'several-consumers';
  const isUnseen = addresses.some((address) => !known.has(address));
  return tally.isPerCaller && isUnseen ? 'unseen-consumer' : undefined;
}
