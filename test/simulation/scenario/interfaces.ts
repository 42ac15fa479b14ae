import { type Registration, mainRegistration } from '../../../src/core/plan/plan.ts';
import type { InstanceId } from '../../../src/core/registry/service.ts';
import type { Random } from './random.ts';
import { type Scenario, registrationOf } from './scenario.ts';

const port = 20_900;

export function interfaceAt({ ip }: Pick<InstanceId, 'ip'>, name: 'kept' | 'dropped' | 'added'): InstanceId {
  return {
    namespace: 'public',
    group: 'DUBBO_GROUP',
    service: `providers:${name}`,
    cluster: 'DEFAULT',
    ip,
    port,
  };
}

/**
 * In some runs the plan looks for what goes with its instances, and each new version registers other interfaces than
 * the one before. Drawn apart from the rest, so that a kept seed that has none stays the run that it was.
 */
export function withNewInterfaces(scenario: Scenario, random: Random): Scenario {
  const { plan, isMoving, isRespelling } = scenario;
  const isFound = plan.targets.some(({ foundBy }) => foundBy !== undefined);
  if (isMoving || isRespelling || isFound || !random.chance(0.05)) return scenario;
  const pattern = { group: 'DUBBO_GROUP', service: 'providers:*' };
  const rule = random.pick(['ip', 'process', pattern] as const);
  const beside = (main: Pick<InstanceId, 'ip'>): readonly InstanceId[] => [
    interfaceAt(main, 'kept'),
    interfaceAt(main, 'dropped'),
  ];
  const targets = plan.targets.map((target) => {
    const main = mainRegistration(target);
    const found: readonly Registration[] = beside(main).map((id) => registrationOf(id, main.wasEnabled));
    return { ...target, registrations: [...target.registrations, ...found], foundBy: [rule] };
  });
  const bystanders = scenario.bystanders.map((ids) => [...ids, ...ids.slice(0, 1).flatMap(beside)]);
  const newInterfaces = { hasAdded: random.chance(0.8), hasDropped: random.chance(0.6) };
  // All of a machine has to come back.
  const isMachine = rule === 'ip' && !newInterfaces.hasDropped && random.chance(0.7);
  const rolled = isMachine ? targets.map((target) => ({ ...target, isMachine: true as const })) : targets;
  return { ...scenario, plan: { ...plan, targets: rolled }, bystanders, newInterfaces };
}
