import { type Instance, endpointText, isSameEndpoint, serviceKey } from '../../core/service.ts';
import type { Companion, Draft } from '../draft.ts';
import type { Model } from '../model.ts';
import type { InstanceState } from '../theme.ts';

export type InstanceRow = {
  readonly instance: Instance;
  readonly endpoint: string;
  readonly state: InstanceState;
  /** Its place in the order, from 1; undefined: not chosen. */
  readonly place: number | undefined;
  readonly companions: readonly { readonly label: string; readonly state: InstanceState }[];
};

/** Chosen ones first, in their order; then the others. Service by service. */
export function instanceRows(model: Model): readonly InstanceRow[] {
  const { draft } = model;
  const lists = model.instances.value;
  if (draft === undefined || lists === undefined) return [];
  return draft.services.flatMap((service) => {
    const rows = (lists[serviceKey(service)] ?? []).map((instance) => rowOf(draft, lists, instance));
    return rows.toSorted((a, b) => (a.place ?? Infinity) - (b.place ?? Infinity) || 0);
  });
}

export function stateOf(instance: Instance | undefined): InstanceState {
  if (instance === undefined) return 'absent';
  if (!instance.enabled) return 'off';
  return instance.healthy ? 'on' : 'ill';
}

type Lists = Readonly<Record<string, readonly Instance[]>>;

function rowOf(draft: Draft, lists: Lists, instance: Instance): InstanceRow {
  const key = serviceKey(instance);
  const at = draft.order.findIndex((chosen) => chosen.service === key && isSameEndpoint(chosen, instance));
  const companions = draft.companions[key] ?? [];
  return {
    instance,
    endpoint: endpointText(instance),
    state: stateOf(instance),
    place: at === -1 ? undefined : at + 1,
    companions: companions.map((companion) => companionOf(companion, lists, instance)),
  };
}

function companionOf(
  companion: Companion,
  lists: Lists,
  instance: Instance,
): { label: string; state: InstanceState } {
  const group = companion.group ?? instance.group;
  const key = serviceKey({ namespace: instance.namespace, group, service: companion.service });
  const found = (lists[key] ?? []).filter(
    (other) => other.ip === instance.ip && (companion.port === undefined || other.port === companion.port),
  );
  const [only] = found;
  const port = found.length === 1 && only !== undefined ? `:${only.port}` : `×${found.length}`;
  return { label: `${port} ${companion.service}`, state: stateOf(found.length === 1 ? only : undefined) };
}
