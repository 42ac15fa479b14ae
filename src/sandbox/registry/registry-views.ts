import type { Instance, ServiceId } from '../../core/registry/service.ts';
import { refresh, serviceOf, type RegistryState, type ServiceState } from './registry-state.ts';

/** Every instance as lists show it now, disabled ones included; `undefined` without such a service. */
export function listed(state: RegistryState, id: ServiceId): readonly Instance[] | undefined {
  const service = serviceOf(state, id);
  return service && (service.shown ?? refresh(state, service));
}

/** The clusters that lists know; none until the service was first pushed or asked for. */
export function clustersOf(service: ServiceState): readonly string[] {
  return [...new Set((service.shown ?? []).map(({ cluster }) => cluster))];
}

export type ConsumerView = { readonly hosts: readonly Instance[]; readonly isProtected: boolean };

/** What a consumer is given: nobody who is disabled, and everybody else as healthy once the threshold is reached. */
export function consumerView(
  state: RegistryState,
  id: ServiceId,
  options: { clusters: readonly string[]; isHealthyOnly: boolean },
): ConsumerView {
  const service = serviceOf(state, id);
  const all = listed(state, id) ?? [];
  const enabled = all.filter(
    ({ enabled, cluster }) =>
      enabled && (options.clusters.length === 0 || options.clusters.includes(cluster)),
  );
  const healthy = enabled.filter((one) => one.healthy);
  if (options.isHealthyOnly) return { hosts: healthy, isProtected: false };
  // 1.4 counts the disabled ones as well, so they can trip the protection for others.
  const counted = state.kind === '1.4' ? all.length : enabled.length;
  const isProtected =
    service?.isEdited === true && counted > 0 && healthy.length / counted <= service.protectThreshold;
  return isProtected
    ? { hosts: enabled.map((one) => ({ ...one, healthy: true })), isProtected }
    : { hosts: enabled, isProtected };
}

export type ServiceFilter = {
  readonly namespace: string;
  readonly name: string;
  readonly group: string;
  readonly isHidingEmpty: boolean;
};

/** Services whose name and group contain what is asked for; like Nacos, in no promised order. */
export function servicesMatching(state: RegistryState, filter: ServiceFilter): readonly ServiceState[] {
  return [...state.services.values()].filter(
    ({ id, registrations }) =>
      id.namespace === filter.namespace &&
      id.service.includes(filter.name) &&
      id.group.includes(filter.group) &&
      (registrations.size > 0 || !filter.isHidingEmpty),
  );
}
