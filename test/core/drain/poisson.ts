import type { Random } from '../../simulation/scenario/random.ts';

/** The time to the next call of a caller that calls at random moments, `rate` a millisecond. */
export function nextPauseMs(random: Random, rate: number): number {
  return -Math.log(1 - random.float()) / rate;
}
