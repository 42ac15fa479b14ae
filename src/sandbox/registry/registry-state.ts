import {
  defaultNamespace,
  serviceKey,
  type Endpoint,
  type Instance,
  type InstanceId,
  type ServiceId,
} from '../../core/registry/service.ts';

/** 3.2 is 3.x without v1 and v2. */
export type SandboxKind = '1.4' | '2.x' | '3.x' | '3.2';

export function isThree(kind: SandboxKind): boolean {
  return kind === '3.x' || kind === '3.2';
}

/** Which client API applications find there. */
export function clientApiOf(kind: SandboxKind): 'v1' | 'v3' {
  return kind === '3.2' ? 'v3' : 'v1';
}

/** What the client itself registered, before any override is laid over it. */
export type Registration = Endpoint & {
  /** Each client has one registration of a service: another one of the same client takes its place. */
  readonly client: string;
  readonly cluster: string;
  readonly enabled: boolean;
  readonly weight: number;
  readonly ephemeral: boolean;
  readonly metadata: Readonly<Record<string, string>>;
  healthy: boolean;
  /** Undefined for a connection, which needs no beats. */
  beatAtMs: number | undefined;
};

/** What an update left behind: it wins over the registration until it is forgotten. */
export type Override = {
  readonly enabled: boolean;
  readonly weight: number;
  readonly metadata: Readonly<Record<string, string>>;
  /** When the instance left; the memory counts from here. A mark for one that never came has none. */
  goneSinceMs: number | undefined;
};

export type ServiceState = {
  readonly id: ServiceId;
  /** By client. */
  readonly registrations: Map<string, Registration>;
  protectThreshold: number;
  /** Only a service that was edited once has a protect threshold that works, even at 0. */
  isEdited: boolean;
  emptySinceMs: number | undefined;
  /** What lists answer. It lags behind the truth and is absent until first asked for or pushed. */
  shown: readonly Instance[] | undefined;
  refreshAtMs: number | undefined;
};

export type RegistrySubscriber = { service: ServiceId; address: string; agent: string; app: string };

export type RegistryState = {
  readonly kind: SandboxKind;
  readonly services: Map<string, ServiceState>;
  readonly overrides: Map<string, Override>;
  readonly namespaces: Map<string, string>;
  readonly subscribers: RegistrySubscriber[];
  sweepAtMs: number;
  emptySweepAtMs: number;
};

/** How the generations differ: 1.4 keeps no overrides, so it remembers nothing about who left. */
const lagMsOf: Record<SandboxKind, number> = { '1.4': 50, '2.x': 550, '3.x': 550, '3.2': 550 };
const sweepEveryMs = 5_000;
const unhealthyAfterMs = 15_000;
const removedAfterMs = 30_000;
const rememberedMs = 60_000;
const emptyEveryMs = 60_000;

export function newRegistryState(kind: SandboxKind, nowMs: number): RegistryState {
  return {
    kind,
    services: new Map(),
    overrides: new Map(),
    namespaces: new Map([[defaultNamespace, 'public']]),
    subscribers: [],
    sweepAtMs: nowMs + sweepEveryMs,
    emptySweepAtMs: nowMs + emptyEveryMs,
  };
}

/** Nacos compares texts: two spellings of one address are two instances. */
export function placeOf({ ip, port }: Endpoint): string {
  return `${ip}:${port}`;
}

/** Who registers by HTTP is a client that is named after its address, whatever its cluster. */
export function httpClientOf(endpoint: Endpoint): string {
  return `${placeOf(endpoint)}#true`;
}

/** Overrides belong to an address in a cluster: a wrong cluster leaves a mark that nothing claims. */
export function overrideKey(id: InstanceId): string {
  return `${serviceKey(id)}#${placeOf(id)}:${id.cluster}`;
}

export function serviceOf(state: RegistryState, id: ServiceId): ServiceState | undefined {
  return state.services.get(serviceKey(id));
}

/** Lists show a change one push later; changes in between go with the first. */
export function changed(state: RegistryState, service: ServiceState, nowMs: number): void {
  service.refreshAtMs ??= nowMs + lagMsOf[state.kind];
}

/** Takes an instance out and starts the memory of its override, even where another client still has one at its address. */
export function remove(state: RegistryState, service: ServiceState, gone: Registration, nowMs: number): void {
  service.registrations.delete(gone.client);
  if (service.registrations.size === 0) service.emptySinceMs = nowMs;
  const override = state.overrides.get(overrideKey({ ...service.id, ...gone }));
  if (override) override.goneSinceMs ??= nowMs;
  changed(state, service, nowMs);
}

/** Recomputes what lists answer from what is true now. */
export function refresh(state: RegistryState, service: ServiceState): readonly Instance[] {
  const each = [...service.registrations.values()].map((registration): Instance => {
    const { ip, port, cluster, enabled, weight, ephemeral, healthy, metadata } = registration;
    const id = { ...service.id, ip, port, cluster };
    const override = state.overrides.get(overrideKey(id));
    return {
      ...id,
      healthy,
      ephemeral,
      enabled: override?.enabled ?? enabled,
      weight: override?.weight ?? weight,
      metadata: { ...metadata, ...override?.metadata },
    };
  });
  // Equal ones are one: the servers keep a set.
  const shown =
    state.kind === '1.4' ? each : [...new Map(each.map((one) => [JSON.stringify(one), one])).values()];
  service.shown = shown;
  service.refreshAtMs = undefined;
  return shown;
}

/** Lets everything happen that was due by `nowMs`, in order. Every other function expects it to have run. */
export function settle(state: RegistryState, nowMs: number): void {
  for (let dueMs = nextDueMs(state); dueMs <= nowMs; dueMs = nextDueMs(state)) {
    for (const service of state.services.values()) {
      if (service.refreshAtMs !== undefined && service.refreshAtMs <= dueMs) refresh(state, service);
    }
    if (state.sweepAtMs <= dueMs) sweep(state, dueMs);
    if (state.emptySweepAtMs <= dueMs) sweepEmpty(state, dueMs);
  }
}

function nextDueMs(state: RegistryState): number {
  const refreshes = [...state.services.values()].map(({ refreshAtMs }) => refreshAtMs ?? Infinity);
  return Math.min(state.sweepAtMs, state.emptySweepAtMs, ...refreshes);
}

function sweep(state: RegistryState, nowMs: number): void {
  state.sweepAtMs = nowMs + sweepEveryMs;
  for (const service of state.services.values()) {
    for (const registration of service.registrations.values()) checkBeat(state, service, registration, nowMs);
  }
  // No list is refreshed for this: a forgotten override shows only with the next change of its service.
  for (const [key, { goneSinceMs }] of state.overrides) {
    if (goneSinceMs !== undefined && nowMs - goneSinceMs > rememberedMs) state.overrides.delete(key);
  }
}

function checkBeat(
  state: RegistryState,
  service: ServiceState,
  registration: Registration,
  nowMs: number,
): void {
  if (!registration.ephemeral || registration.beatAtMs === undefined) return;
  const silentMs = nowMs - registration.beatAtMs;
  if (silentMs > removedAfterMs) remove(state, service, registration, nowMs);
  else if (silentMs > unhealthyAfterMs && registration.healthy) {
    registration.healthy = false;
    changed(state, service, nowMs);
  }
}

function sweepEmpty(state: RegistryState, nowMs: number): void {
  state.emptySweepAtMs = nowMs + emptyEveryMs;
  if (state.kind === '1.4') return;
  for (const [key, { emptySinceMs }] of state.services) {
    if (emptySinceMs !== undefined && nowMs - emptySinceMs > emptyEveryMs) state.services.delete(key);
  }
}
