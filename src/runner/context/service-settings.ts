import type { Plan } from '../../core/plan/plan.ts';
import { touchedServices } from '../../core/plan/plan.ts';
import { type ServiceDetail, serviceKey } from '../../core/registry/service.ts';
import type { Registry } from '../../world/registry.ts';
import type { Context } from './context.ts';
import { shortName } from '../../core/registry/service-name.ts';

/** What Nacos keeps about each touched service; those that cannot be read are left out. */
export async function readServiceSettings(registry: Registry, plan: Plan): Promise<readonly ServiceDetail[]> {
  const answers = await Promise.all(
    touchedServices(plan).map(({ namespace, group, service }) =>
      registry.service({ namespace, group, service }),
    ),
  );
  return answers.flatMap((answer) => (answer.ok && answer.value !== undefined ? [answer.value] : []));
}

/**
 * Names what a service lost since. Before 2.5.0 Nacos drops protect threshold and selector of a service with the last
 * mark of its instances, and a restart that takes longer than its memory is enough for that.
 */
export async function compareServiceSettings(context: Context): Promise<void> {
  const { registry } = context.world;
  const { services, planned } = context.rollout();
  if (services.length === 0) return;
  const after = await readServiceSettings(registry, planned.plan);
  for (const before of services) {
    const now = after.find((one) => serviceKey(one) === serviceKey(before));
    if (now === undefined) continue;
    const request = registry.serviceUpdateRequest(before);
    for (const difference of differences(before, now))
      context.record({ type: 'service-changed', service: shortName(before), ...difference, request });
  }
}

function differences(
  before: ServiceDetail,
  after: ServiceDetail,
): readonly { what: string; before: string; after: string }[] {
  const pairs: readonly [string, string, string][] = [
    ['protectThreshold', String(before.protectThreshold), String(after.protectThreshold)],
    ['selector', before.selector, after.selector],
    ['metadata', sortedText(before.metadata), sortedText(after.metadata)],
  ];
  return pairs.filter(([, a, b]) => a !== b).map(([what, a, b]) => ({ what, before: a, after: b }));
}

function sortedText(metadata: Readonly<Record<string, string>> = {}): string {
  return JSON.stringify(Object.fromEntries(Object.entries(metadata).sort(([a], [b]) => a.localeCompare(b))));
}
