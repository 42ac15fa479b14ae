/**
 * The rule of the drain by evidence: how long a caller must be silent before its silence is no chance.
 *
 * A caller that still has the instance in its list calls it at random moments, at a rate `r` that nobody knows (a
 * Poisson process). So its pauses are independent, each longer than `s` with probability `exp(-r·s)`, and the sum `E` of
 * `k` of them has a gamma distribution, whatever went before: the next one is longer than `c·E` with probability
 * `(1 + c)^-k`, the mean of `exp(-r·c·E)`, from which `r` is gone. We look after each call, and may end at the first
 * pause that is too long: so the pause after the k-th call may have the part `1 / (S·(k + 1)·ln²(k + 1))` of the error,
 * with `S` the sum of `1 / (m·ln² m)` from 2 on: all parts together are 1, and they get smaller as slowly as they may.
 * With `n` callers and `share = α / n` the error of a target is `α` at most, whatever their rates are. Where it has several
 * registrations, or is watched by several sources, all must be silent at once: the error is no more than that of the one
 * whose callers let go last.
 *
 * A reading tells of calls in one of two ways:
 *
 * 1. A counter tells how many there were. `k` is their number, and `E` the time from the beginning to the reading: no
 *    less than the sum of their pauses. What follows the reading is no more than the pause after the k-th.
 * 2. Connections tell only how long ago the last call came. From the reading backwards the process is Poisson as well:
 *    the time to that call is exponential, and cut off at the reading before if nothing came since. Put one behind the
 *    other, these times are one Poisson process, for the times between readings do not overlap, and each begins anew
 *    where the last was stopped: `k` is how many readings told of a call, and `E` the sum of these times. What follows
 *    the k-th of these readings is independent of them, and exponential.
 *
 * So in both ways silence counts from the reading that told of the last call. An `E` that is too long, or a `k` that is
 * too small, only asks for more.
 */

/** What readings told of one caller up to its last call. */
export type Exposure = { readonly calls: number; readonly exposureMs: number };

const sumOfParts = 2.1098;

/** Which part of the error the pause after the k-th call may have, as 1 in so many. */
const partsAt = (calls: number): number => sumOfParts * (calls + 1) * Math.log(calls + 1) ** 2;

/** How long nothing may be told of a caller until it is no chance; infinite for one of which nothing was told. */
export function silenceNeededMs({ calls: counted, exposureMs }: Exposure, share: number): number {
  // Who counts parts of calls, as seconds are, is taken for one of whom little is known.
  const calls = Math.floor(counted);
  if (calls < 1) return Number.POSITIVE_INFINITY;
  return exposureMs * Math.expm1(Math.log(partsAt(calls) / share) / calls);
}

/**
 * The same for a caller whose rate is stated, in calls a millisecond. Watched for `horizonMs` at most it has `1 + r·T`
 * moments on average at which a pause can begin, and some pause reaches `s` with probability `(1 + r·T)·exp(-r·s)` at most.
 */
export function statedSilenceMs(rate: number, horizonMs: number, share: number): number {
  if (rate <= 0) return Number.POSITIVE_INFINITY;
  return Math.log((1 + rate * horizonMs) / share) / rate;
}
