import {
  type ServiceId,
  byEndpoint,
  instanceId,
  isSameEndpoint,
  serviceId,
  serviceKey,
} from '../../../core/registry/service.ts';
import type { Companion } from '../../../core/plan/companion-rules.ts';
import { companionIdsOf } from '../../../core/planning/plan-context.ts';
import type { Chosen, Draft } from '../../draft/draft.ts';
import { fieldWith } from '../../model/field.ts';
import type { Model } from '../../model/model.ts';
import { changed, closed, opened, screenNamed } from '../../model/navigation.ts';
import { type InstanceRow, instanceRows, openRows } from '../../view/instance-rows.ts';
import { leftOffWith, offNames } from '../../view/left-off.ts';
import { moved } from './move.ts';
import { type Act, type Step, and, stay } from './transition.ts';

/** In so many services is looked for what shares the ip. */
const besideMax = 60;

export const instanceActs = {
  mark: onRow((model, draft, row) => {
    const isChosen = row.place !== undefined;
    const order = isChosen ? draft.order.filter((each) => !isRow(each, row)) : [...draft.order, chosen(row)];
    return pointAt(withOrder(model, order), row, !isChosen);
  }),
  'mark-all': onRow((model, draft) => {
    const open = openRows(model);
    return withOrder(model, open.length === 0 ? [] : [...draft.order, ...open.map(chosen)]);
  }),
  'move-down': onRow((model, draft, row) => shifted(model, draft, row, 1)),
  'move-up': onRow((model, draft, row) => shifted(model, draft, row, -1)),
  sort: (model: Model): Step => stay(sorted(model, () => [])),
  'sort-by-metadata': (model: Model): Step =>
    stay(opened(model, { name: 'prompt', field: fieldWith(''), purpose: { kind: 'metadata-key' } })),
  companions: (model: Model): Step => {
    const row = instanceRows(model)[screenNamed(model, 'instances')?.cursor ?? 0];
    if (row === undefined) return stay(model);
    const purpose = { kind: 'companion', service: serviceKey(row.instance) } as const;
    const asked = opened({ ...model, beside: {} }, { name: 'prompt', field: fieldWith(''), purpose });
    const services = (model.services.value?.items ?? []).slice(0, besideMax);
    return and(asked, { kind: 'read-beside', instance: instanceId(row.instance), services });
  },
  'whole-process': onRow((model, draft, row) => {
    const key = serviceKey(row.instance);
    const before = draft.companions[key] ?? [];
    const named = before.filter((one) => one !== 'process' && one !== 'ip');
    const after = [...named, ...nextRule(before)];
    return { ...model, draft: { ...draft, companions: { ...draft.companions, [key]: after } } };
  }),
  'no-companions': onRow((model, draft, row) => {
    const { [serviceKey(row.instance)]: _gone, ...companions } = draft.companions;
    return { ...model, draft: { ...draft, companions } };
  }),
  'switch-on': (model: Model): Step => {
    const row = instanceRows(model)[screenNamed(model, 'instances')?.cursor ?? 0];
    const found = row && leftOffWith(model, row.instance);
    if (found === undefined) return stay(model);
    const { open, target } = found;
    const effect = { kind: 'switch-on', rollout: open.rollout, target } as const;
    const about = offNames(open.rollout, target).join(', ');
    return stay(opened(model, { name: 'confirm', question: 'switch-on', about, effect }));
  },
  settings: (model: Model): Step =>
    and(opened(model, { name: 'order', cursor: 0 }), { kind: 'read-profiles', isAgain: true }),
  refresh: (model: Model): Step =>
    model.draft === undefined
      ? stay(model)
      : and(
          model,
          { kind: 'read-instances', services: companionServices(model.draft) },
          { kind: 'read-open-rollouts' },
        ),
  back: (model: Model): Step => and(closed(model), { kind: 'read-services', namespace: model.namespace }),
};

/** What its client registered, then all at its ip, then neither. */
function nextRule(companions: readonly Companion[]): readonly Companion[] {
  if (companions.includes('process')) return ['ip'];
  return companions.includes('ip') ? [] : ['process'];
}

/** What was asked for before it was known who is there. */
export function withAllWanted(model: Model): Model {
  const { draft } = model;
  if (draft?.isAllWanted !== true) return model;
  return withOrder({ ...model, draft: { ...draft, isAllWanted: false } }, openRows(model).map(chosen));
}

/** Every service whose instances the screen shows: those to roll, and their companions as far as they are named. */
export function companionServices(draft: Draft): readonly ServiceId[] {
  const all = draft.services.flatMap((service) => [
    service,
    ...companionIdsOf(
      { ...service, companions: [...(draft.companions[serviceKey(service)] ?? [])] },
      service,
    ),
  ]);
  return [...new Map(all.map((service) => [serviceKey(service), serviceId(service)])).values()];
}

/** The chosen ones in the order of a key that is read from each, then of their addresses. */
export function sorted(model: Model, keyOf: (row: InstanceRow) => readonly (string | number)[]): Model {
  const rows = instanceRows(model).filter((row) => row.place !== undefined);
  const compared = rows.toSorted((a, b) => compare(keyOf(a), keyOf(b)) || byEndpoint(a.instance, b.instance));
  return withOrder(model, compared.map(chosen));
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [index, value] of a.entries()) {
    const order = String(value).localeCompare(String(b[index]), 'en', { numeric: true });
    if (order !== 0) return order;
  }
  return 0;
}

function onRow(change: (model: Model, draft: Draft, row: InstanceRow) => Model): Act {
  return (model) => {
    const row = instanceRows(model)[screenNamed(model, 'instances')?.cursor ?? 0];
    return stay(model.draft === undefined || row === undefined ? model : change(model, model.draft, row));
  };
}

function chosen(row: InstanceRow): Chosen {
  const { ip, port } = row.instance;
  return { service: serviceKey(row.instance), ip, port };
}

function isRow(each: Chosen, row: InstanceRow): boolean {
  return each.service === serviceKey(row.instance) && isSameEndpoint(each, row.instance);
}

/** An address that is registered more than once has several rows, and is chosen once. */
function withOrder(model: Model, chosenRows: readonly Chosen[]): Model {
  const isSame = (a: Chosen, b: Chosen): boolean => a.service === b.service && isSameEndpoint(a, b);
  const order = chosenRows.filter((each, at) => chosenRows.findIndex((one) => isSame(one, each)) === at);
  return model.draft === undefined ? model : { ...model, draft: { ...model.draft, order } };
}

/** Past the nearest one of the same service: services are worked through one after the other. */
function shifted(model: Model, draft: Draft, row: InstanceRow, by: 1 | -1): Model {
  const at = draft.order.findIndex((each) => isRow(each, row));
  const own = [...draft.order.keys()].filter(
    (index) => draft.order[index]?.service === serviceKey(row.instance),
  );
  const other = own[own.indexOf(at) + by];
  const [here, there] = [draft.order[at], other === undefined ? undefined : draft.order[other]];
  if (other === undefined || here === undefined || there === undefined) return model;
  return pointAt(withOrder(model, draft.order.with(at, there).with(other, here)), row, false);
}

/** The cursor stays with the row, or goes on to the next one that is not chosen. */
function pointAt(model: Model, row: InstanceRow, isOnward: boolean): Model {
  const at = instanceRows(model).findIndex((each) => each.endpoint === row.endpoint && isSame(each, row));
  const there = changed(model, 'instances', (place) => ({ ...place, cursor: Math.max(0, at) }));
  return isOnward ? moved(there, 'down') : there;
}

function isSame(a: InstanceRow, b: InstanceRow): boolean {
  return serviceKey(a.instance) === serviceKey(b.instance);
}
