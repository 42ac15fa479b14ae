import {
  type CallReading,
  type CallTally,
  emptyTally,
  tallyRead,
} from '../../../src/core/drain/call-tally.ts';
import { type DrainVerdict, drainVerdict } from '../../../src/core/drain/drain-verdict.ts';
import type { Random } from '../../simulation/scenario/random.ts';
import { nextPauseMs } from './poisson.ts';

/** One consumer. Times are relative to the disable; it lets go at `toMs`. */
export type Caller = {
  readonly address: string;
  /** Calls a millisecond, or bursts. */
  readonly rate: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Calls at random moments where there is none. */
  readonly rhythm?: Rhythm | undefined;
};

/** The pauses of a `regular` one are all the same, but for up to `jitter` of them. A burst lasts `burstMs`. */
export type Rhythm = {
  readonly isRegular: boolean;
  readonly jitter: number;
  readonly burst: number;
  readonly burstMs: number;
};

/** How a source tells of the calls. */
export type Source =
  | { readonly kind: 'callers' | 'total' }
  /** A total that is counted anew every `everyMs`. */
  | { readonly kind: 'cached'; readonly everyMs: number }
  /** Connections: when data last came in, in ticks of the system. */
  | { readonly kind: 'ages'; readonly tickMs: number };

export type Case = {
  readonly callers: readonly Caller[];
  readonly source: Source;
  readonly watchedMs: number;
  readonly certainty: number;
  readonly slowestPerSecond?: number;
  /** From one reading to the next; each is late by up to half of it. */
  readonly pollMs?: number;
};

export type Outcome = {
  readonly verdict: DrainVerdict;
  readonly tookMs: number;
  readonly lastCallMs: number;
  readonly callsAfter: number;
};

export const presetMs = 40_000;
export const limits = { floorMs: 5000, presetMs, ceilingMs: 180_000 } as const;
const usualPollMs = 1000;

/** Callers as they are met, from one call in a hundred seconds to ten a second; some begin late. */
export function drawCallers(random: Random, count: number, rhythm?: () => Rhythm): readonly Caller[] {
  return Array.from(
    { length: count },
    (_, index): Caller => ({
      address: `10.0.0.${index + 1}`,
      rate: 10 ** (-5 + 3 * random.float()),
      fromMs: random.chance(0.1) ? -random.float() * 5000 : Number.NEGATIVE_INFINITY,
      // Its list may have been fetched just before the disable, or long before.
      toMs: random.chance(0.5) ? presetMs : random.float() * presetMs,
      rhythm: rhythm?.(),
    }),
  );
}

function callTimes(
  random: Random,
  { rate, fromMs, toMs, rhythm }: Caller,
  watchedMs: number,
): readonly number[] {
  const { isRegular = false, jitter = 0, burst = 1, burstMs = 0 } = rhythm ?? {};
  const pause = (): number =>
    isRegular ? (1 + jitter * (random.float() - 0.5)) / rate : nextPauseMs(random, rate);
  const times: number[] = [];
  const beganMs = Math.max(fromMs, -watchedMs);
  for (let at = beganMs + (isRegular ? random.float() / rate : pause()); at < toMs; at += pause()) {
    times.push(at);
    for (let more = 1; more < burst; more += 1) times.push(at + random.float() * burstMs);
  }
  return burst === 1 ? times : times.filter((at) => at < toMs).sort((one, other) => one - other);
}

type Played = { readonly nowMs: number; readonly verdict: DrainVerdict; readonly times: readonly number[] };

/** Plays one drain, with the rule asked at each reading, until it ends or may be given up. */
function play(random: Random, one: Case, isEnough: (nowMs: number, lastCallMs: number) => boolean): Played {
  const { source, watchedMs, pollMs = usualPollMs } = one;
  const times = one.callers.map((caller) => callTimes(random, caller, watchedMs));
  const lastCallMs = Math.max(...times.map((list) => list.at(-1) ?? -Infinity));
  const consumers = [one.callers.map(({ address }) => ({ address }))];
  const seen = times.map(() => 0);
  let tally: CallTally = emptyTally;
  for (let nowMs = -watchedMs; ; nowMs += pollMs * (1 + random.float() / 2)) {
    const countedMs = source.kind === 'cached' ? Math.floor(nowMs / source.everyMs) * source.everyMs : nowMs;
    let isCalled = false;
    for (const [index, list] of times.entries()) {
      const before = seen[index] ?? 0;
      let count = before;
      while ((list[count] ?? Infinity) <= countedMs) count += 1;
      isCalled ||= count > before;
      seen[index] = count;
    }
    tally = tallyRead(tally, readingOf(one, times, seen, nowMs), nowMs);
    const isOver = isEnough(nowMs, lastCallMs);
    // Nothing ends while calls arrive, but for the ceiling.
    if (!isOver && (nowMs < limits.floorMs || (isCalled && nowMs < limits.ceilingMs))) continue;
    const sources = [{ source: 'test', registration: 0, tally }];
    const verdict = drainVerdict({ ...limits, ...one, nowMs, beganMs: 0, sources, consumers });
    if (isOver || verdict.kind !== 'wait') return { nowMs, verdict, times: times.flat() };
  }
}

export function playDrain(random: Random, one: Case): Outcome {
  const { nowMs, verdict, times } = play(random, one, () => false);
  const lastCallMs = Math.max(0, ...times);
  return { verdict, tookMs: nowMs, lastCallMs, callsAfter: times.filter((at) => at > nowMs).length };
}

/** Whether a call arrives after "quiet". What would follow the last call is not played. */
export function isCalledAfterQuiet(random: Random, one: Case): boolean {
  const { nowMs, verdict, times } = play(random, one, (now, lastCallMs) => now >= lastCallMs);
  return verdict.kind === 'quiet' && times.some((at) => at > nowMs);
}

function readingOf(
  { callers, source }: Case,
  times: readonly (readonly number[])[],
  seen: readonly number[],
  nowMs: number,
): CallReading {
  if (source.kind === 'total' || source.kind === 'cached') {
    const value = seen.reduce((sum, count) => sum + count, 0);
    return { unit: 'calls', isPerCaller: false, counters: [{ caller: 'all', key: '', value }] };
  }
  const ticks = (ms: number): number =>
    source.kind === 'ages' ? Math.floor(ms / source.tickMs) * source.tickMs : 0;
  const counters = callers.flatMap(({ address: caller, fromMs }, index) => {
    const value = seen[index] ?? 0;
    // Who has always called has been counted before; the others appear with their first call.
    const isCounted = source.kind === 'callers' && fromMs === Number.NEGATIVE_INFINITY;
    if (value === 0 && !isCounted) return [];
    if (source.kind !== 'ages') return [{ caller, key: '', value }];
    return [{ caller, key: '', value, idleMs: ticks(nowMs) - ticks(times[index]?.[value - 1] ?? nowMs) }];
  });
  return { unit: source.kind === 'ages' ? 'bursts' : 'calls', isPerCaller: true, counters };
}
