import { serviceKey, type InstanceId, type ServiceId } from '../../core/registry/service.ts';
import {
  changed,
  httpClientOf,
  isThree,
  overrideKey,
  placeOf,
  refresh,
  remove,
  serviceOf,
  type RegistryState,
  type ServiceState,
} from './registry-state.ts';

export type InstanceFields = {
  readonly enabled: boolean;
  readonly weight: number;
  readonly metadata: Readonly<Record<string, string>>;
};

/** What is `undefined` was not sent. */
export type InstanceChange = { readonly [Field in keyof InstanceFields]: InstanceFields[Field] | undefined };

export type UpdateOutcome = 'ok' | 'service-missing' | 'no-instances' | 'instance-missing';

/** Registers or replaces what this client registered before: by HTTP an ip and port is one client, whatever its cluster. */
export function register(
  state: RegistryState,
  id: InstanceId,
  fields: InstanceFields & { readonly ephemeral: boolean },
  nowMs: number,
  client = httpClientOf(id),
): void {
  const service = serviceOf(state, id) ?? newService(state, id);
  const { ip, port, cluster } = id;
  service.registrations.set(client, {
    client,
    ip,
    port,
    cluster,
    ...fields,
    // 3.x takes a weight that is no number for none.
    weight: isThree(state.kind) && Number.isNaN(fields.weight) ? 1 : fields.weight,
    healthy: true,
    beatAtMs: client === httpClientOf(id) ? nowMs : undefined,
  });
  service.emptySinceMs = undefined;
  const override = state.overrides.get(overrideKey(id));
  if (override) override.goneSinceMs = undefined;
  changed(state, service, nowMs);
}

/** Answers ok for the absent, too, as Nacos does. */
export function deregister(
  state: RegistryState,
  id: InstanceId,
  nowMs: number,
  client = httpClientOf(id),
): void {
  const service = serviceOf(state, id);
  const registration = service?.registrations.get(client);
  if (service && registration) remove(state, service, registration, nowMs);
}

/** Whether the instance is known; its heart beats on if so. */
export function beat(state: RegistryState, id: InstanceId, nowMs: number): boolean {
  const service = serviceOf(state, id);
  const registration = service?.registrations.get(httpClientOf(id));
  if (!service || !registration) return false;
  registration.beatAtMs = nowMs;
  if (!registration.healthy) {
    registration.healthy = true;
    changed(state, service, nowMs);
  }
  return true;
}

/** `PUT`: replaces the whole override, for absent instances too; what was not sent becomes the default. */
export function update(
  state: RegistryState,
  id: InstanceId,
  change: InstanceChange,
  nowMs: number,
): UpdateOutcome {
  const service = serviceOf(state, id);
  if (!service) return 'service-missing';
  const fields = {
    enabled: change.enabled ?? true,
    weight: change.weight ?? 1,
    metadata: change.metadata ?? {},
  };
  if (state.kind === '1.4') return replaceRegistration(state, service, id, fields, nowMs);
  const goneSinceMs = state.overrides.get(overrideKey(id))?.goneSinceMs;
  state.overrides.set(overrideKey(id), { ...fields, goneSinceMs });
  changed(state, service, nowMs);
  return 'ok';
}

/** `PATCH` and `partial`: the instance must be listed; an override keeps what was not sent. */
export function patch(
  state: RegistryState,
  id: InstanceId,
  change: InstanceChange,
  nowMs: number,
): UpdateOutcome {
  const service = serviceOf(state, id);
  const listed = service && (service.shown ?? refresh(state, service));
  if (!service || !listed || listed.length === 0) return 'no-instances';
  const current = listed.find((one) => placeOf(one) === placeOf(id) && one.cluster === id.cluster);
  if (!current) return 'instance-missing';
  if (state.kind === '1.4') {
    const { enabled, weight, metadata } = current;
    const merged = {
      enabled: change.enabled ?? enabled,
      weight: change.weight ?? weight,
      metadata: change.metadata ?? metadata,
    };
    return replaceRegistration(state, service, id, merged, nowMs);
  }
  const before = state.overrides.get(overrideKey(id));
  const merged = {
    enabled: change.enabled ?? before?.enabled,
    weight: change.weight ?? before?.weight,
    metadata: change.metadata ?? before?.metadata,
  };
  return update(state, id, merged, nowMs);
}

/** The service API: from now on its protect threshold counts, even at 0. */
export function editService(
  state: RegistryState,
  id: ServiceId,
  protectThreshold: number,
  nowMs: number,
): boolean {
  const service = serviceOf(state, id);
  if (!service) return false;
  service.protectThreshold = protectThreshold;
  service.isEdited = true;
  changed(state, service, nowMs);
  return true;
}

/** 1.4 has no overrides: an update changes what the client registered. */
function replaceRegistration(
  state: RegistryState,
  service: ServiceState,
  id: InstanceId,
  fields: InstanceFields,
  nowMs: number,
): UpdateOutcome {
  const key = httpClientOf(id);
  const registration = service.registrations.get(key);
  if (!registration) return 'instance-missing';
  service.registrations.set(key, { ...registration, ...fields });
  changed(state, service, nowMs);
  return 'ok';
}

function newService(state: RegistryState, { namespace, group, service }: ServiceId): ServiceState {
  const created: ServiceState = {
    id: { namespace, group, service },
    registrations: new Map(),
    protectThreshold: 0,
    isEdited: false,
    emptySinceMs: undefined,
    shown: undefined,
    refreshAtMs: undefined,
  };
  state.services.set(serviceKey(created.id), created);
  return created;
}
