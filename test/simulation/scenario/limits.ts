import type { Random } from './random.ts';
import type { Scenario } from './scenario.ts';

/** In some runs the plan says how many may fail, or when nothing new begins any more. Drawn apart from the rest. */
export function withLimits(scenario: Scenario, random: Random): Scenario {
  const { plan } = scenario;
  const hasMost = random.chance(0.2);
  const hasDeadline = random.chance(0.2);
  const maxFailures = random.int(0, 2);
  const afterMs = random.pick([1, 5000, 30_000, 90_000, 300_000]);
  return {
    ...scenario,
    plan: {
      ...plan,
      ...(hasMost && { onFailure: 'continue', maxFailures }),
      ...(hasDeadline && { deadline: { afterMs } }),
    },
  };
}
