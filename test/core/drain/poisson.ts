import type { Random } from '../../simulation/scenario/random.ts';

/** The time to the next call of a caller that calls at random moments, `rate` a millisecond. */
export function nextPauseMs(random: Random, rate: number): number {
  return -Math.log(1 - random.float()) / rate;
}

/** How many calls arrive where `mean` are expected. */
export function poissonCount(random: Random, mean: number): number {
  let count = 0;
  for (let at = nextPauseMs(random, 1); at < mean; at += nextPauseMs(random, 1)) count += 1;
  return count;
}
