import { type Target, mainRegistration } from '../../core/plan/plan.ts';
import type { CommandOrder } from '../../world/world.ts';
import { endpointText } from '../../core/registry/service.ts';
import type { Context } from '../context/context.ts';

/** What a command of ours is told by its environment: registries' words reach it in no other way. */
export function commandEnvironment(
  context: Context,
  target: Target,
  step: 'deploy' | 'rollback' | 'leave' | 'back',
  attempt: number,
): CommandOrder['environment'] {
  const { id, planned } = context.rollout();
  const main = mainRegistration(target);
  const companions = target.registrations.slice(1);
  return {
    NACOS_ROLLOUT_ID: id,
    NACOS_ROLLOUT_STEP: step,
    NACOS_ROLLOUT_ATTEMPT: String(attempt),
    NACOS_ROLLOUT_INDEX: String(indexOf(context, target.name) + 1),
    NACOS_ROLLOUT_COUNT: String(planned.plan.targets.length),
    NACOS_ROLLOUT_SERVICE: main.service,
    NACOS_ROLLOUT_GROUP: main.group,
    NACOS_ROLLOUT_NAMESPACE: main.namespace,
    NACOS_ROLLOUT_CLUSTER: main.cluster,
    NACOS_ROLLOUT_IP: main.ip,
    NACOS_ROLLOUT_PORT: String(main.port),
    NACOS_ROLLOUT_INSTANCE: endpointText(main),
    NACOS_ROLLOUT_COMPANIONS: JSON.stringify(
      companions.map(({ group, service, cluster, ip, port }) => ({ group, service, cluster, ip, port })),
    ),
    NACOS_ROLLOUT_METADATA: JSON.stringify(main.metadata),
    ...(planned.reached.profile === undefined ? {} : { NACOS_ROLLOUT_PROFILE: planned.reached.profile }),
  };
}

/** The place of a target in its plan, from 0. */
export function indexOf(context: Context, name: string): number {
  return context.rollout().planned.plan.targets.findIndex((target) => target.name === name);
}
