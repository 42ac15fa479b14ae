import { seededRandom } from './random.ts';

/** Chance of its own, so that every other is as it was; the seeds that were kept do not meet with it. */
const systemSalt = 1308;

export type System = { refuses(): boolean };

/** A system that now and then does not start a command: a full environment, a directory that is gone. */
export function drawSystem(seed: number): System {
  const random = seededRandom(seed ^ systemSalt);
  const share = random.chance(0.08) ? random.pick([0.1, 0.4]) : 0;
  return { refuses: () => share > 0 && random.chance(share) };
}
