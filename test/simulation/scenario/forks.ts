import { type Random, seededRandom } from './random.ts';

const salts = {
  soak: 0x71c3_08ab,
  warmUp: 0x19e5_c04b,
  gate: 0x6d1b_05e9,
  hook: 0x5ad1_77e3,
  occasion: 0x2d93_b16f,
};

/** Chance of its own for what was added later, so that a kept seed stays the run that it was. */
export type Forks = Readonly<Record<keyof typeof salts, Random>>;

export function forksOf(seed: number): Forks {
  return {
    soak: seededRandom(seed ^ salts.soak),
    warmUp: seededRandom(seed ^ salts.warmUp),
    gate: seededRandom(seed ^ salts.gate),
    hook: seededRandom(seed ^ salts.hook),
    occasion: seededRandom(seed ^ salts.occasion),
  };
}
