import type { ConnectionSpec } from '../../../core/registry/connection-spec.ts';
import { serviceNamed } from '../../../core/registry/service-name.ts';
import { type ServiceId, defaultGroup, isSameService, serviceKey } from '../../../core/registry/service.ts';
import { type Draft, beginDraft } from '../../draft/draft.ts';
import type { SettingName } from '../../draft/settings.ts';
import type { ProfileEntry } from '../../model/profile-fields.ts';
import { fieldWith } from '../../model/field.ts';
import type { Model, Visit } from '../../model/model.ts';
import {
  arrivedAt,
  backTo,
  changed,
  closed,
  hereKey,
  isReached,
  leavingHere,
  opened,
  screenNamed,
  specOfVisit,
  visitsElsewhere,
} from '../../model/navigation.ts';
import { serviceRows } from '../../view/service-rows.ts';
import { connectingTo } from './connecting-acts.ts';
import { moved } from './move.ts';
import { type Step, and, noticed, stay } from './transition.ts';

export const serviceActs = {
  choose: (model: Model): Step => {
    const row = pointed(model);
    return row === undefined ? stay(model) : openedInstances(model, [row], false);
  },
  'release-marked': (model: Model): Step =>
    openedInstances(
      model,
      (model.services.value?.items ?? []).filter((service) => model.marks.includes(serviceKey(service))),
      true,
    ),
  filter: (model: Model): Step => {
    const filter = screenNamed(model, 'services')?.filter ?? '';
    return stay(opened(model, { name: 'filter', field: fieldWith(filter) }));
  },
  mark: (model: Model): Step => {
    const row = pointed(model);
    if (row === undefined) return stay(model);
    const marks = row.isMarked ? model.marks.filter((key) => key !== row.key) : [...model.marks, row.key];
    return stay(moved({ ...model, marks }, 'down'));
  },
  namespaces: (model: Model): Step =>
    and(
      opened(
        { ...model, namespaces: { ...model.namespaces, isLoading: true } },
        { name: 'namespaces', cursor: 0 },
      ),
      { kind: 'read-namespaces' },
    ),
  'last-visit': (model: Model): Step => {
    const [visit] = visitsElsewhere(model);
    return visit === undefined ? stay(model) : visited(model, visit);
  },
  refresh: (model: Model): Step =>
    and(
      { ...model, services: { ...model.services, isLoading: true, isAsked: true } },
      { kind: 'read-services', namespace: model.namespace },
    ),
  /** Leaves the filter before it leaves the screen. */
  back: (model: Model): Step => {
    const screen = screenNamed(model, 'services');
    if (screen !== undefined && screen.filter !== '')
      return stay(changed(model, 'services', (place) => ({ ...place, filter: '', cursor: 0 })));
    return stay(closed(leavingHere(model)));
  },
};

/** The services of another namespace of this Nacos. */
export function toNamespace(model: Model, namespace: string): Step {
  const { connection } = model;
  if (connection === undefined) return stay(model);
  const there = arrivedAt(leavingHere(model), connection, namespace);
  return and(there, { kind: 'read-services', namespace });
}

/** Back where one was, over the connection that there is or over a new one. */
export function visited(model: Model, visit: Visit): Step {
  const { profile, namespace } = visit.spec;
  const spec = specOfVisit(model, visit);
  if (isReached(model, visit.spec) || (spec !== undefined && isReached(model, spec)))
    return toNamespace(backTo(model, { name: 'services', filter: '', cursor: 0 }), namespace);
  if (spec === undefined) return stay(noticed(model, { kind: 'profile-gone', name: profile ?? '' }));
  const cursor = (model.profiles.value ?? []).findIndex(({ name }) => name === profile);
  return toNacos(model, spec, Math.max(0, cursor));
}

/** To another Nacos, from its place among the profiles. */
export function toNacos(model: Model, spec: ConnectionSpec, cursor: number): Step {
  const there = backTo(leavingHere(model), { name: 'profiles', cursor });
  const at = changed(there, 'profiles', (place) => ({ ...place, cursor }));
  return connectingTo(at, spec, { isGiven: false });
}

function pointed(model: Model): ReturnType<typeof serviceRows>[number] | undefined {
  return serviceRows(model)[screenNamed(model, 'services')?.cursor ?? 0];
}

/** Who asks to roll marked services has chosen: all that is on there. */
export function openedInstances(model: Model, services: readonly ServiceId[], isRelease: boolean): Step {
  const ids = services.map(({ namespace, group, service }) => ({ namespace, group, service }));
  const at = hereKey(model);
  const keys = ids.map(serviceKey).join('\n');
  const isSame = model.draft?.at === at && model.draft.services.map(serviceKey).join('\n') === keys;
  const next: Model = {
    ...model,
    // Who went back and returns finds the order and the companions again.
    draft: isSame ? again(model.draft, isRelease) : newDraft(at, ids, isRelease, profileHere(model)),
    instances: { isLoading: true },
  };
  return and(
    opened(next, { name: 'instances', cursor: 0 }),
    { kind: 'read-instances', services: ids },
    { kind: 'read-open-rollouts' },
  );
}

function again(draft: Draft | undefined, isRelease: boolean): Draft | undefined {
  return draft && { ...draft, isAllWanted: isRelease && draft.order.length === 0 };
}

/** The profile that leads to where one is. */
function profileHere({ profiles, connection }: Model): ProfileEntry | undefined {
  return profiles.value?.find((entry) => entry.name === connection?.spec.profile);
}

/** With what the profile knows: of one service as if it had been typed, of several each for itself. */
function newDraft(
  at: string,
  ids: readonly ServiceId[],
  isAllWanted: boolean,
  profile: ProfileEntry | undefined,
): Draft {
  const { services = {}, group = defaultGroup, defaults = {}, kept } = profile ?? {};
  const named = Object.entries(services);
  const found = ids.flatMap((id) => {
    const [, known] = named.find(([name]) => isSameService(serviceNamed(name, { ...id, group }), id)) ?? [];
    return known === undefined ? [] : [{ key: serviceKey(id), ...known }];
  });
  const known = Object.fromEntries(found.map(({ key, settings }) => [key, settings]));
  const [only] = ids.length === 1 ? found : [];
  return beginDraft(at, ids, only?.texts ?? defaults, isAllWanted, kept, known);
}

/** With what the profile says by now, over what it said before; what a person chose or typed stays. */
export function withProfileNow(model: Model): Model {
  const { draft } = model;
  const profile = profileHere(model);
  if (draft === undefined || profile === undefined || draft.at !== hereKey(model)) return model;
  const fresh = newDraft(draft.at, draft.services, draft.isAllWanted, profile);
  const { given, kept, known, givenCompanions } = fresh;
  if (isSame([given, kept, known, givenCompanions], saidBefore(draft))) return model;
  const names = Object.keys(given) as SettingName[];
  const taken = names.filter((name) => draft.settings[name] === draft.given[name]);
  const settings = { ...draft.settings, ...Object.fromEntries(taken.map((name) => [name, given[name]])) };
  const changes = names
    .filter((name) => settings[name] !== draft.settings[name])
    .map((name) => ({ name, before: draft.settings[name], now: settings[name] }));
  const companions = companionsNow(draft, givenCompanions);
  const next = { ...draft, settings, companions, given, kept, known, givenCompanions };
  return noticed({ ...model, draft: next }, { kind: 'profile-changed', name: profile.name, changes });
}

function saidBefore({ given, kept, known, givenCompanions }: Draft): readonly unknown[] {
  return [given, kept, known, givenCompanions];
}

function companionsNow(draft: Draft, given: Draft['companions']): Draft['companions'] {
  const keys = draft.services.map(serviceKey);
  const own = keys.flatMap((key) => {
    const chosen = draft.companions[key];
    const taken = isSame(chosen, draft.givenCompanions[key]) ? given[key] : chosen;
    return taken === undefined ? [] : [[key, taken] as const];
  });
  return Object.fromEntries(own);
}

/** Of the same file the keys come in the same order. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
