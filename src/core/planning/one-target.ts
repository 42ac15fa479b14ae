import type { PlanProblem } from '../plan/plan-problem.ts';
import { type Settings } from '../plan/plan-settings.ts';
import type { Registration, Target } from '../plan/plan.ts';
import { type Instance, endpointText, instanceId, instanceKey } from '../registry/service.ts';
import { fullName } from '../registry/service-name.ts';
import { type PlanContext } from './plan-context.ts';
import { isRule } from '../plan/companion-rules.ts';
import type { PlanFileService } from '../plan/plan-file.ts';

export const isAlso =
  (instance: Instance) =>
  (registration: Registration): boolean =>
    instanceKey(registration) === instanceKey(instance);

/** It is not said yet which of them go at once. */
export type UnbatchedTarget = Omit<Target, 'batch'>;

export function targetOf(
  instances: readonly Instance[],
  settings: Settings,
  deploy: NonNullable<Settings['deploy']>,
  stage: string,
): UnbatchedTarget {
  const { drain, rollback, hooks, leave, back, check, warmUp, soak, drainAhead, anyNew } = settings;
  return {
    name: instances[0] === undefined ? '' : endpointText(instances[0]),
    stage,
    registrations: instances.map(registrationOf),
    drain,
    deploy,
    ...(rollback && { rollback }),
    ...(hooks && { hooks }),
    ...(leave && { leave }),
    ...(back && { back }),
    check,
    ...(warmUp && warmUp.ms > 0 && { warmUp }),
    ...(soak && soak.ms > 0 && { soak }),
    ...(drainAhead && { drainAhead }),
    ...(anyNew && { anyNew }),
  };
}

function registrationOf(instance: Instance): Registration {
  const { weight, metadata, ephemeral, enabled } = instance;
  return { ...instanceId(instance), weight, metadata: { ...metadata }, ephemeral, wasEnabled: enabled };
}

/** `ip:port`; with the service, and then the group, where two targets would bear the same name. */
export function withUniqueNames(targets: readonly Target[]): readonly Target[] {
  return targets.map((target) => {
    const [main] = target.registrations;
    const same = targets.filter((other) => other.name === target.name);
    if (main === undefined || same.length === 1) return target;
    const isServiceEnough =
      same.filter((other) => other.registrations[0]?.service === main.service).length === 1;
    return { ...target, name: `${target.name} ${isServiceEnough ? main.service : fullName(main)}` };
  });
}

export function inTwoTargets(targets: readonly Target[]): PlanProblem | undefined {
  const owners = new Map<string, string>();
  for (const target of targets) {
    for (const registration of target.registrations) {
      const key = instanceKey(registration);
      const owner = owners.get(key);
      if (owner !== undefined) {
        const instance = endpointText(registration);
        return {
          kind: 'in-two-targets',
          service: fullName(registration),
          instance,
          targets: [owner, target.name],
        };
      }
      owners.set(key, target.name);
    }
  }
  return undefined;
}

/** How companions are found that are not named, each with its group. */
export function rulesOf(entry: PlanFileService, context: PlanContext): NonNullable<Target['foundBy']> {
  return (entry.companions ?? [])
    .filter(isRule)
    .map((one) =>
      typeof one === 'string' ? one : { ...one, group: one.group ?? entry.group ?? context.group },
    );
}
