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
  /** Calls a millisecond. */
  readonly rate: number;
  readonly fromMs: number;
  readonly toMs: number;
};

export type Case = {
  readonly callers: readonly Caller[];
  readonly isPerCaller: boolean;
  readonly watchedMs: number;
  readonly certainty: number;
  readonly slowestPerSecond?: number;
};

export type Outcome = {
  readonly verdict: DrainVerdict;
  readonly tookMs: number;
  readonly lastCallMs: number;
  readonly callsAfter: number;
};

export const presetMs = 40_000;
export const limits = { floorMs: 5000, presetMs, ceilingMs: 180_000 } as const;
const sampleMs = 1000;
/** Callers as they are met, from one call in a hundred seconds to ten a second; some begin late. */
export function drawCallers(random: Random, count: number): readonly Caller[] {
  return Array.from(
    { length: count },
    (_, index): Caller => ({
      address: `10.0.0.${index + 1}`,
      rate: 10 ** (-5 + 3 * random.float()),
      fromMs: random.chance(0.1) ? -random.float() * 5000 : Number.NEGATIVE_INFINITY,
      // Its list may have been fetched just before the disable, or long before.
      toMs: random.chance(0.5) ? presetMs : random.float() * presetMs,
    }),
  );
}

function callTimes(random: Random, { rate, fromMs, toMs }: Caller, watchedMs: number): readonly number[] {
  const times: number[] = [];
  const beganMs = Math.max(fromMs, -watchedMs);
  for (let at = beganMs + nextPauseMs(random, rate); at < toMs; at += nextPauseMs(random, rate))
    times.push(at);
  return times;
}

/** Plays one drain, with the rule asked at each sample, and counts what arrived after its end. */
export function playDrain(random: Random, one: Case): Outcome {
  const times = one.callers.map((caller) => callTimes(random, caller, one.watchedMs));
  const seen = times.map(() => 0);
  const consumers = [one.callers.map(({ address }) => ({ address }))];
  let tally: CallTally = emptyTally;
  for (let nowMs = -one.watchedMs; ; nowMs += sampleMs) {
    let isCalled = false;
    for (const [index, list] of times.entries()) {
      let count = seen[index] ?? 0;
      while ((list[count] ?? Infinity) <= nowMs) count += 1;
      isCalled ||= count > (seen[index] ?? 0);
      seen[index] = count;
    }
    tally = tallyRead(tally, readingOf(one, seen), nowMs);
    // Nothing ends while calls arrive, but for the ceiling.
    if (nowMs < limits.floorMs || (isCalled && nowMs < limits.ceilingMs)) continue;
    const sources = [{ source: 'test', registration: 0, tally }];
    const verdict = drainVerdict({ ...limits, ...one, nowMs, beganMs: 0, sources, consumers });
    if (verdict.kind === 'wait') continue;
    const lastCallMs = Math.max(...times.map((list) => list.at(-1) ?? 0));
    const callsAfter = times.flat().filter((at) => at > nowMs).length;
    return { verdict, tookMs: nowMs, lastCallMs, callsAfter };
  }
}

function readingOf({ callers, isPerCaller }: Case, seen: readonly number[]): CallReading {
  const unit = 'calls';
  if (!isPerCaller) {
    const value = seen.reduce((sum, count) => sum + count, 0);
    return { unit, isPerCaller, counters: [{ caller: 'all', key: '', value }] };
  }
  const counters = callers.map(({ address }, index) => ({
    caller: address,
    key: '',
    value: seen[index] ?? 0,
  }));
  return { unit, isPerCaller, counters: counters.filter(({ value }) => value > 0) };
}
