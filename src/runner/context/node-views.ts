import { mayBeAt } from '../../core/registry/may-be-at.ts';
import type { Registration } from '../../core/plan/plan.ts';
import { type Listed, type Unreadable, allRead } from '../../core/registry/listed.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import {
  type Endpoint,
  type Instance,
  type ServiceId,
  endpointText,
  isSameEndpoint,
  isSameService,
  serviceKey,
} from '../../core/registry/service.ts';
import type { Registry } from '../../world/registry.ts';
import { type Twin, keepTheirWeights, twinsAt } from '../../core/registry/twins.ts';

/** What one server node says of one service: its list, and what it gives to consumers. */
export type NodeView = {
  readonly node: string;
  readonly service: ServiceId;
  readonly instances: readonly Instance[];
  readonly consumers: readonly Endpoint[];
  /** What of its list cannot be read. */
  readonly unreadable: readonly Unreadable[];
  /** What it gives to consumers, and cannot be read. */
  readonly unreadableConsumers: readonly Unreadable[];
};

/** What a node tells consumers of a service now, where that is heard. */
export type ToldLists = {
  listOf(node: string, service: ServiceId): { readonly consumers: Listed<Endpoint> } | undefined;
};

export type NodeReading =
  | ({ readonly ok: true } & NodeView)
  | { readonly ok: false; readonly node: string; readonly service: ServiceId; readonly error: RegistryError };

/** Asks every node for every service. A service that does not exist has no instances: its last one just left. */
export async function readNodes(
  registry: Registry,
  nodes: readonly string[],
  registrations: readonly Registration[],
  signal?: AbortSignal,
): Promise<readonly NodeReading[]> {
  const byService = Map.groupBy(registrations, serviceKey);
  const questions = nodes.flatMap((node) => [...byService.values()].map((known) => ({ node, known })));
  return Promise.all(questions.map(({ node, known }) => readNode(registry, node, known, { signal })));
}

/** Asks one node for the service of what is known of it; `told`: what it tells consumers, where somebody hears that. */
export async function readNode(
  registry: Registry,
  node: string,
  known: readonly Registration[],
  { signal, told }: { readonly signal?: AbortSignal | undefined; readonly told?: ToldLists | undefined },
): Promise<NodeReading> {
  const [service] = known;
  if (service === undefined) throw new Error('nothing to ask for');
  const options = signal === undefined ? { node } : { node, signal };
  const asked =
    told?.listOf(node, service) === undefined ? registry.consumerView(service, options) : undefined;
  const instances = await registry.instances(service, { ...options, known });
  if (!instances.ok) return { ok: false, node, service, error: instances.error };
  const listed: Listed<Instance> = instances.value ?? allRead([]);
  const list = asked === undefined ? told?.listOf(node, service)?.consumers : undefined;
  // Told and listed alike, consumers have what is told. Else one of them is late, or was lost.
  const consumers =
    list !== undefined && isAlike(list, listed)
      ? ({ ok: true, value: list } as const)
      : await (asked ?? registry.consumerView(service, options));
  if (!consumers.ok) return { ok: false, node, service, error: consumers.error };
  const given = consumers.value;
  return {
    ok: true,
    node,
    service,
    instances: listed.items,
    consumers: given.items,
    unreadable: listed.unreadable,
    unreadableConsumers: given.unreadable,
  };
}

/** Whether consumers are given exactly those that are listed as on. */
function isAlike(told: Listed<Endpoint>, listed: Listed<Instance>): boolean {
  if (told.unreadable.length > 0 || listed.unreadable.length > 0) return false;
  const given = new Set(told.items.map(endpointText));
  const on = new Set(listed.items.filter(({ enabled }) => enabled).map(endpointText));
  return given.size === on.size && [...on].every((one) => given.has(one));
}

/**
 * `partly`: registered more than once, and on in one place and off, or unreadable, in another. `exposed`: listed as off, and still given to
 * consumers. `unreadable`: what is listed at its address cannot be read, so that it is neither off nor gone for all that
 * anybody knows.
 */
export type Shown = 'on' | 'off' | 'absent' | 'partly' | 'exposed' | 'unreadable';

/**
 * What one node shows of the address of one registration. It is off when everything is that is registered there, and on
 * when everything is that has it spelled in the same way.
 */
export function shownBy(view: NodeView, registration: Registration): Shown {
  const listed = view.instances.filter((instance) => isSameEndpoint(instance, registration));
  const isGiven = view.consumers.some((endpoint) => isSameEndpoint(endpoint, registration));
  const spelledSo = listed.filter(({ ip }) => ip === registration.ip);
  if (listed.some(({ enabled }) => enabled)) {
    const isAll = (spelledSo.length > 0 ? spelledSo : listed).every(({ enabled }) => enabled);
    return isAll && !view.unreadable.some((record) => mayBeAt(record, registration)) ? 'on' : 'partly';
  }
  if (isGiven) return 'exposed';
  if (unreadAt(view, registration) !== undefined) return 'unreadable';
  return listed.length === 0 ? 'absent' : 'off';
}

/** Whether consumers that ask this node may call what is registered there. */
export function mayBeCalled(view: NodeView, registration: Registration): boolean {
  return ['on', 'partly', 'exposed'].includes(shownBy(view, registration));
}

/** The record at an address that cannot be read. */
export function unreadAt(view: NodeView, endpoint: Endpoint): Unreadable | undefined {
  return [...view.unreadable, ...view.unreadableConsumers].find((record) => mayBeAt(record, endpoint));
}

export function viewsOf(readings: readonly NodeReading[], registration: Registration): readonly NodeView[] {
  return readings.filter(
    (reading): reading is NodeReading & { ok: true } =>
      reading.ok && isSameService(reading.service, registration),
  );
}

/** What a write reaches and is not yet as wished; where all of it is, the record that is most like what we knew. */
export function recordsToWrite(
  readings: readonly NodeReading[],
  registration: Registration,
  enabled: boolean,
  weight?: number,
): readonly Instance[] {
  const listed = recordsOf(readings, registration);
  const open = listed.filter(
    (one) => one.enabled !== enabled || (weight !== undefined && one.weight !== weight),
  );
  return oneOfEachCluster(open.length > 0 ? open : listed.slice(0, 1));
}

/** The records that a write reaches: those that have its address spelled in the same way, in whatever cluster. Its own first. */
export function recordsInReach(
  readings: readonly NodeReading[],
  registration: Registration,
): readonly Instance[] {
  return oneOfEachCluster(recordsOf(readings, registration));
}

/** As each node shows them. */
function recordsOf(readings: readonly NodeReading[], registration: Registration): readonly Instance[] {
  return [...ownRecords(readings, registration), ...spelledAlike(readings, registration)];
}

/** Those of them that are where it was: in its cluster, too. */
export function ownRecords(
  readings: readonly NodeReading[],
  registration: Registration,
): readonly Instance[] {
  return spelledAlike(readings, registration).filter(({ cluster }) => cluster === registration.cluster);
}

function spelledAlike(readings: readonly NodeReading[], registration: Registration): readonly Instance[] {
  return viewsOf(readings, registration)
    .flatMap((view) => view.instances)
    .filter(({ ip, port }) => ip === registration.ip && port === registration.port);
}

function oneOfEachCluster(records: readonly Instance[]): readonly Instance[] {
  return records.filter((one, at) => records.findIndex(({ cluster }) => cluster === one.cluster) === at);
}

/**
 * The weight with which every one of these nodes lists it where it was, and nothing else at its address; `undefined` while
 * they differ, or where one does not answer.
 */
export function weightShown(
  readings: readonly NodeReading[],
  registration: Registration,
  nodes: readonly string[],
): number | undefined {
  const views = viewsOf(readings, registration);
  const [weight, ...others] = new Set(
    views.map((view) => {
      const [only, ...twins] = view.instances.filter((one) => isSameEndpoint(one, registration));
      const isAlone = twins.length === 0 && unreadAt(view, registration) === undefined;
      return isAlone && only?.cluster === registration.cluster ? only.weight : undefined;
    }),
  );
  return views.length === nodes.length && others.length === 0 ? weight : undefined;
}

/**
 * What a node lists at its address, where a write would be for good: one weight for two, or off what is on beside one
 * that was off before us, and is never put on.
 */
export function twinsToSpare(
  readings: readonly NodeReading[],
  registration: Registration,
  enabled: boolean,
): readonly Twin[] | undefined {
  const isOnBeside = ({ cluster, ip, ...twin }: Twin): boolean =>
    twin.enabled && (cluster !== registration.cluster || ip !== registration.ip);
  const wouldStayOff = !enabled && !registration.wasEnabled;
  return viewsOf(readings, registration)
    .map((view) => twinsAt(view.instances, registration))
    .find((twins) => !keepTheirWeights(twins) || (wouldStayOff && twins.some(isOnBeside)));
}

export function firstError(readings: readonly NodeReading[]): RegistryError | undefined {
  return readings.find((reading) => !reading.ok)?.error;
}
