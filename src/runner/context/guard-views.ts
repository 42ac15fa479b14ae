import type { Registration } from '../../core/plan/plan.ts';
import { serviceId, serviceKey, nodeServiceKey } from '../../core/registry/service.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { ServiceView } from '../../core/rollout/service-view.ts';
import { mapBounded } from '../../world/map-bounded.ts';
import type { Answer, Registry } from '../../world/registry.ts';
import { type NodeReading, firstError, readNodes } from './node-views.ts';

/** How many services are asked for at once. */
const askedAtOnce = 8;

export type GuardViews =
  | { readonly ok: true; readonly views: readonly ServiceView[] }
  | { readonly ok: false; readonly error: RegistryError };

/** The guard's views: lists with the protect threshold of each service. */
export async function readGuardViews(
  registry: Registry,
  nodes: readonly string[],
  registrations: readonly Registration[],
): Promise<GuardViews> {
  const readings = await readNodes(registry, nodes, registrations);
  if (firstError(readings) !== undefined) return guardViews(readings, { ok: true, value: new Map() });
  return guardViews(readings, await readThresholds(registry, nodes, registrations));
}

/** By node and service. */
export async function readThresholds(
  registry: Pick<Registry, 'service'>,
  nodes: readonly string[],
  registrations: readonly Registration[],
): Promise<Answer<ReadonlyMap<string, number>>> {
  const services = new Map(registrations.map((one) => [serviceKey(one), one]));
  const questions = nodes.flatMap((node) => [...services.values()].map((service) => ({ node, service })));
  const thresholds = new Map<string, number>();
  const answers = await mapBounded(questions, askedAtOnce, async ({ node, service }) => {
    const detail = await registry.service(serviceId(service), { node });
    if (detail.ok) thresholds.set(nodeServiceKey(node, service), detail.value?.protectThreshold ?? 0);
    return detail;
  });
  const failed = answers.find((answer) => !answer.ok);
  return failed === undefined || failed.ok ? { ok: true, value: thresholds } : failed;
}

export function guardViews(
  readings: readonly NodeReading[],
  thresholds: Answer<ReadonlyMap<string, number>>,
): GuardViews {
  const error = firstError(readings);
  if (error !== undefined) return { ok: false, error };
  if (!thresholds.ok) return thresholds;
  const views = readings.flatMap((reading): readonly ServiceView[] => {
    if (!reading.ok) return [];
    const { node, service, instances, unreadable, consumers: given } = reading;
    const protectThreshold = thresholds.value.get(nodeServiceKey(node, service)) ?? 0;
    return [{ node, service, instances, unreadable, given, protectThreshold }];
  });
  return { ok: true, views };
}
