import type { InstanceId } from '../../../src/core/registry/service.ts';
import type { Random } from './random.ts';
import { type Scenario, instance, registrationOf } from './scenario.ts';

const port = 20_900;

/**
 * In some runs each process has registered a service for each of its interfaces. Drawn apart from the rest, so that a
 * kept seed that has none stays the run that it was.
 */
export function withCrowds(scenario: Scenario, random: Random): Scenario {
  if (!random.chance(0.04)) return scenario;
  const names = Array.from({ length: random.pick([6, 12, 30]) }, (_, index) => `providers:interface${index}`);
  const crowdAt = (host: string): readonly InstanceId[] =>
    names.map((name) => ({ ...instance(name, 'DUBBO_GROUP', 0, port), ip: host }));
  const foundBy = scenario.isMoving || random.chance(0.5) ? undefined : (['ip'] as const);
  const targets = scenario.plan.targets.map((target) => {
    const [main] = target.registrations;
    if (main === undefined) return target;
    const crowd = crowdAt(main.ip).map((id) => registrationOf(id, main.wasEnabled));
    return { ...target, registrations: [...target.registrations, ...crowd], ...(foundBy && { foundBy }) };
  });
  const minimums = names.map((service) => ({
    namespace: 'public',
    group: 'DUBBO_GROUP',
    service,
    minimum: 1,
  }));
  const bystanders = scenario.bystanders.map((ids) => [
    ...ids,
    ...ids.slice(0, 1).flatMap(({ ip }) => crowdAt(ip)),
  ]);
  const plan = { ...scenario.plan, targets, minimums: [...scenario.plan.minimums, ...minimums] };
  return { ...scenario, bystanders, plan };
}
