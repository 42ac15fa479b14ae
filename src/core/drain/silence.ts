/**
 * The rule of the drain by evidence: how long a caller must be silent before its silence is no chance.
 *
 * A caller that still has the instance in its list calls it at random moments, `r` a second (a Poisson process). Two
 * things can deceive us, and each gets half of the caller's share of the error:
 *
 * 1. Its rate is less than it looked. `rateBelow` is a lower bound: with probability `share` at most it is above the
 *    true rate (Chernoff's bound for the upper tail of a Poisson variable).
 * 2. It is only pausing. Watched for `T`, it has at most `1 + r·T` moments on average at which a pause can begin, and
 *    each pause lasts `s` or longer with probability `exp(-r·s)`. So some pause reaches `s` with probability
 *    `(1 + r·T)·exp(-r·s)` at most, which is `share` for `s = ln((1 + r·T) / share) / r`. (`ln(1 / share) / r` alone
 *    would be the error of one pause chosen beforehand; we stop at the first of many.)
 *
 * 3. The rate is taken from the best of several windows (`rateSeen`), which grow while we watch: their shares add up to
 *    that of one.
 *
 * With `n` callers and `share = α / 2n` the error of a target is `α` at most, whatever their rates are.
 */

/** A lower bound, in calls a millisecond, of the rate of a caller that called `calls` times in `watchedMs`. */
export function rateBelow(calls: number, watchedMs: number, share: number): number {
  if (calls <= 0 || watchedMs <= 0) return 0;
  // The largest mean at which so many calls are no likelier than `share`: exp(calls - m) · (m / calls) ^ calls.
  const target = Math.log(share);
  let low = 0;
  let high = calls;
  for (let step = 0; step < 40; step += 1) {
    const mean = (low + high) / 2;
    const log = mean === 0 ? Number.NEGATIVE_INFINITY : calls - mean + calls * Math.log(mean / calls);
    if (log <= target) low = mean;
    else high = mean;
  }
  return low / watchedMs;
}

/** How long a caller of this rate (calls a millisecond) must be silent, when it is watched for `horizonMs` at most. */
export function silenceNeededMs(rate: number, horizonMs: number, share: number): number {
  if (rate <= 0) return Number.POSITIVE_INFINITY;
  return Math.log((1 + rate * horizonMs) / share) / rate;
}

/** The shortest window, in milliseconds; each is twice as long as the one before. */
const firstWindowMs = 1000;
/** The sum of 1 / n². */
const basel = Math.PI ** 2 / 6;

/**
 * A lower bound of the rate of a caller, in calls a millisecond, whatever is known by now: the greatest of those of all
 * windows from the beginning that are over, each with its part of `share`. `callsIn` says how many calls arrived within so
 * many milliseconds from the beginning. A caller that let go within a window only looks rarer than it is.
 */
export function rateSeen(callsIn: (windowMs: number) => number, watchedMs: number, share: number): number {
  let rate = 0;
  let windowMs = firstWindowMs;
  for (let nth = 1; windowMs <= watchedMs; nth += 1) {
    rate = Math.max(rate, rateBelow(callsIn(windowMs), windowMs, share / (basel * nth ** 2)));
    windowMs *= 2;
  }
  return rate;
}
