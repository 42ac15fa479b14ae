import type { Plan } from '../../core/plan/plan.ts';
import { type Instance, endpointText, instanceKey } from '../../core/registry/service.ts';
import { shortName } from '../../core/registry/service-name.ts';
import { twinsAt } from '../../core/registry/twins.ts';
import type { ServiceView } from '../../core/rollout/service-view.ts';
import type { Finding } from './review.ts';

/** Names what is registered more than once beside the plan: the guard speaks of the plan's own, and counts these once. */
export function reviewTwins(plan: Plan, views: readonly ServiceView[]): readonly Finding[] {
  const planned = new Set(plan.targets.flatMap(({ registrations }) => registrations.map(instanceKey)));
  const found = new Map<string, Finding>();
  for (const { instances } of views)
    for (const instance of instances) {
      const key = instanceKey(instance);
      if (!planned.has(key) && !found.has(key) && twinsAt(instances, instance).length > 0)
        found.set(key, findingOf(instance, instances));
    }
  return [...found.values()];
}

function findingOf(instance: Instance, listed: readonly Instance[]): Finding {
  return {
    level: 'warning',
    kind: 'registered-twice',
    service: shortName(instance),
    instance: endpointText(instance),
    twins: twinsAt(listed, instance),
  };
}
