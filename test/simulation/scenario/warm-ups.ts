import type { Target } from '../../../src/core/plan/plan.ts';
import { type GroundTruth, type Slot, seenOf } from '../world/ground-truth.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenario.ts';

type Later = { after(ms: number, act: () => void): void };

/** In some runs targets are put on with a part of their weight. Drawn apart from the rest, as soaks are. */
export function withWarmUps(scenario: Scenario, random: Random): Scenario {
  if (!random.chance(0.25)) return scenario;
  const warmUp = {
    ms: random.pick([2000, 15_000, 60_000]),
    percents: random.pick([[10, 50], [20], [1, 10, 99]]),
  };
  const targets = scenario.plan.targets.map((target) =>
    random.chance(0.8) ? { ...target, warmUp } : target,
  );
  return { ...scenario, plan: { ...scenario.plan, targets } };
}

/** Somebody may give one that warms up another weight in the console, or the server may forget what was written. */
export function isMeddledWith(
  slots: readonly Slot[],
  random: Random,
  clock: Later,
  truth: GroundTruth,
): void {
  const slot = slots[0];
  if (slot === undefined || !random.chance(0.2)) return;
  const isForgotten = random.chance(0.3);
  const weight = random.pick([7, 100]);
  clock.after(random.int(0, 60_000), () => {
    const seen = seenOf(slot);
    if (seen?.enabled !== true) return;
    if (isForgotten && slot.override?.by === 'us') truth.forget(slot);
    else truth.write(slot, { enabled: true, weight }, 'person', 'weighed');
  });
}

/** The parts of a weight that a plan asks for, in hundredths, reckoned anew. */
export function partsOf({ warmUp }: Pick<Target, 'warmUp'>, full: number): readonly number[] {
  return (warmUp?.percents ?? []).map((percent) => Math.max(1, Math.round(full * percent)) / 100);
}
