import { usualSpellings } from '../../../src/core/registry/address.ts';
import type { Registration } from '../../../src/core/plan/plan.ts';
import type { InstanceId } from '../../../src/core/registry/service.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenario.ts';

/**
 * In some runs the addresses are of IPv6, and each registration spells its own as it likes; in some of these the next
 * version spells it otherwise. Drawn apart from the rest, so that a kept seed stays the run that it was.
 */
export function withSpellings(scenario: Scenario, random: Random): Scenario {
  if (scenario.isMoving || !random.chance(0.15)) return scenario;
  const spelled = <Id extends InstanceId | Registration>(id: Id): Id => ({
    ...id,
    ip: random.pick(usualSpellings(`2001:db8::${id.ip.split('.').at(-1)}`)),
  });
  const targets = scenario.plan.targets.map((target) => ({
    ...target,
    registrations: target.registrations.map(spelled),
  }));
  const bystanders = scenario.bystanders.map((ids) => ids.map(spelled));
  const isRespelling = random.chance(0.5);
  return { ...scenario, plan: { ...scenario.plan, targets }, bystanders, isRespelling };
}
