import { withCompanions } from '../../core/planning/plan-companions.ts';
import { companionIdsOf } from '../../core/planning/plan-context.ts';
import type { Listed, Unreadable } from '../../core/registry/listed.ts';
import type { PlanProblem } from '../../core/plan/plan-problem.ts';
import { type Instance, endpointText, isSameEndpoint, serviceKey } from '../../core/registry/service.ts';
import { type Companion, companionText, isRule } from '../../core/plan/companion-rules.ts';
import type { Draft } from '../draft/draft.ts';
import type { Model } from '../model/model.ts';
import type { InstanceState } from '../draw/theme.ts';
import type { TakenOff } from '../../core/event/failure.ts';
import { takenOffBy } from './left-off.ts';

export type InstanceRow = {
  readonly instance: Instance;
  readonly endpoint: string;
  readonly state: InstanceState;
  /** Who took it off, where that was us. */
  readonly takenOff: TakenOff | undefined;
  /** Its place in the order, from 1; undefined: not chosen. */
  readonly place: number | undefined;
  readonly companions: readonly CompanionRow[];
};

/** What goes with an instance, or why that cannot be told. */
export type CompanionRow =
  | { readonly kind: 'found'; readonly label: string; readonly state: InstanceState }
  | { readonly kind: 'unread'; readonly label: string }
  /** What it finds is known when the plan is made. */
  | { readonly kind: 'rule'; readonly label: string }
  | { readonly kind: 'problem'; readonly problem: PlanProblem };

/** Chosen ones first, in their order; then the others. Service by service. */
export function instanceRows(model: Model): readonly InstanceRow[] {
  const { draft } = model;
  const lists = model.instances.value;
  if (draft === undefined || lists === undefined) return [];
  return draft.services.flatMap((service) => {
    const rows = (lists[serviceKey(service)]?.items ?? []).map((instance) =>
      rowOf(model, draft, lists, instance),
    );
    return rows.toSorted((a, b) => (a.place ?? Infinity) - (b.place ?? Infinity) || 0);
  });
}

/** Who is not off and not chosen yet. */
export function openRows(model: Model): readonly InstanceRow[] {
  return instanceRows(model).filter((row) => row.place === undefined && row.state !== 'off');
}

/** What cannot be read of the services that are to be rolled. */
export function unreadableInstances(model: Model): readonly Unreadable[] {
  const lists = model.instances.value;
  return (model.draft?.services ?? []).flatMap((service) => lists?.[serviceKey(service)]?.unreadable ?? []);
}

export function stateOf(instance: Instance | undefined): InstanceState {
  if (instance === undefined) return 'absent';
  if (!instance.enabled) return 'off';
  return instance.healthy ? 'on' : 'ill';
}

type Lists = Readonly<Record<string, Listed<Instance>>>;

function rowOf(model: Model, draft: Draft, lists: Lists, instance: Instance): InstanceRow {
  const key = serviceKey(instance);
  const at = draft.order.findIndex((chosen) => chosen.service === key && isSameEndpoint(chosen, instance));
  const companions = draft.companions[key] ?? [];
  return {
    instance,
    endpoint: endpointText(instance),
    state: stateOf(instance),
    takenOff: takenOffBy(model, instance),
    place: at === -1 ? undefined : at + 1,
    companions: companions.map((companion) => companionOf(companion, lists, instance)),
  };
}

/** As the plan will have it. */
function companionOf(companion: Companion, lists: Lists, instance: Instance): CompanionRow {
  const { namespace, group, service } = instance;
  const entry = { service, group, companions: [companion] };
  if (typeof companion === 'string' || isRule(companion))
    return { kind: 'rule', label: companionText(companion, group) };
  const label = companion.service;
  if (companionIdsOf(entry, { namespace, group }).some((id) => lists[serviceKey(id)] === undefined))
    return { kind: 'unread', label };
  const together = withCompanions(entry, instance, {
    namespace,
    group,
    lists: (id) => lists[serviceKey(id)]?.items,
    unreadable: (id) => lists[serviceKey(id)]?.unreadable ?? [],
  });
  if (!together.ok) return { kind: 'problem', problem: together.problem };
  const [, found] = together.instances;
  if (found === undefined) return { kind: 'unread', label };
  return { kind: 'found', label: `${endpointText(found)} ${label}`, state: stateOf(found) };
}
