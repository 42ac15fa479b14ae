import { registrationId } from '../../../src/core/plan/plan.ts';
import type { Random } from './random.ts';
import type { Scenario, TwinSpell } from './scenario.ts';

export const twinWeight = 7;

/**
 * In some runs an address of the plan, or of a bystander, is registered a second time for a while. Drawn apart from the
 * rest, so that a kept seed stays the run that it was.
 */
export function withTwins(scenario: Scenario, random: Random): Scenario {
  if (scenario.isMoving || scenario.isRespelling || !random.chance(0.15)) return scenario;
  const { plan, bystanders } = scenario;
  const planned = plan.targets.flatMap(({ registrations }) => registrations.map(registrationId));
  const twins = Array.from({ length: random.int(1, 3) }, (_, index): TwinSpell => {
    const id = random.pick([...planned, ...planned, ...bystanders.flat()]);
    const fromMs = random.pick([0, random.int(0, 60_000), random.int(0, 200_000)]);
    const toMs = fromMs + random.pick([500, random.int(1000, 30_000), random.int(10_000, 600_000)]);
    return { id: { ...id, cluster: `C${index + 1}` }, fromMs, toMs };
  });
  return { ...scenario, twins };
}
