import { isSameAddress } from '../../core/registry/address.ts';
import { withCompanions } from '../../core/planning/plan-companions.ts';
import { type Plan, type Registration, mainRegistration, registrationId } from '../../core/plan/plan.ts';
import { endpointText, instanceKey, serviceKey } from '../../core/registry/service.ts';
import type { Registry } from '../../world/registry.ts';
import type { Finding } from './review.ts';
import { fullName, shortName } from '../../core/registry/service-name.ts';

/**
 * Two services of the plan whose registrations belong to the same processes: each would be deployed twice, and the
 * first deploy restarts what is still on. One finding for two services.
 */
export async function reviewTogether(registry: Registry, plan: Plan): Promise<readonly Finding[]> {
  const mains = plan.targets.map(mainRegistration);
  const found = new Map<string, Finding>();
  for (const [index, one] of mains.entries()) {
    const beside = mains
      .slice(index + 1)
      .filter((other) => isSameAddress(other.ip, one.ip) && serviceKey(other) !== serviceKey(one));
    const open = beside.filter((other) => !found.has(pairOf(one, other)));
    if (open.length === 0) continue;
    const answer = await registry.sameProcess(registrationId(one));
    const same = new Set(((answer.ok ? answer.value : undefined) ?? []).map(instanceKey));
    for (const other of open) {
      const isKnown = same.has(instanceKey(other));
      if (!isKnown && !isPartner(one, other, mains)) continue;
      found.set(pairOf(one, other), {
        level: 'warning',
        kind: 'apart',
        service: shortName(one),
        companion: fullName(other),
        instances: [endpointText(one), endpointText(other)],
        isKnown,
      });
    }
  }
  return [...found.values()];
}

function pairOf(one: Registration, other: Registration): string {
  return `${serviceKey(one)} ${serviceKey(other)}`;
}

/** Whether it would be found as the companion of the other, were it named as one, and each has one. */
function isPartner(one: Registration, other: Registration, mains: readonly Registration[]): boolean {
  const countBeside = (of: Registration): number =>
    mains.filter(({ ip, ...rest }) => isSameAddress(ip, of.ip) && serviceKey(rest) === serviceKey(of)).length;
  if (countBeside(one) !== countBeside(other)) return false;
  const { namespace, group, service } = one;
  const entry = { service, group, companions: [{ service: other.service, group: other.group }] };
  const instances = mains.map((each) => ({
    ...each,
    enabled: each.wasEnabled,
    healthy: true,
    ephemeral: true,
  }));
  const [instance] = instances.filter((each) => instanceKey(each) === instanceKey(one));
  if (instance === undefined) return false;
  const together = withCompanions(entry, instance, {
    namespace,
    group,
    lists: (id) => instances.filter((each) => serviceKey(each) === serviceKey(id)),
  });
  return together.ok && together.instances.some((each) => instanceKey(each) === instanceKey(other));
}
