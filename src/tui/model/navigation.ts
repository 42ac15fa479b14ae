import { type ConnectionSpec } from '../../core/registry/connection-spec.ts';
import { connectionKey } from '../../core/registry/same-nacos.ts';
import type { Connection, Model, Visit } from './model.ts';
import type { ProfileEntry } from './profile-fields.ts';
import { type Place, type PlaceName, type PlaceNamed, type Screen, isOverlay } from './place.ts';

/** The place that gets the keys. */
export function front(model: Model): Place {
  return model.places.at(-1) ?? model.places[0];
}

/** The screen that is seen, behind overlays or in front. */
export function screenOf(model: Model): Screen {
  const found = model.places.findLast((place) => !isOverlay(place));
  return (found ?? model.places[0]) as Screen;
}

/** The front place where it is the one asked for. */
export function frontNamed<Name extends PlaceName>(model: Model, name: Name): PlaceNamed<Name> | undefined {
  const place = front(model);
  return place.name === name ? (place as PlaceNamed<Name>) : undefined;
}

/** The screen that is seen, in front or behind overlays, where it is the one asked for. */
export function screenNamed<Name extends Screen['name']>(
  model: Model,
  name: Name,
): PlaceNamed<Name> | undefined {
  const screen = screenOf(model);
  return screen.name === name ? (screen as PlaceNamed<Name>) : undefined;
}

/** With another place in front. */
export function opened(model: Model, place: Place): Model {
  return { ...model, places: [...model.places, place] };
}

/** Without the front place; the first one stays. */
export function closed(model: Model): Model {
  const [first, ...rest] = model.places;
  return { ...model, places: [first, ...rest.slice(0, -1)] };
}

/** With another place instead of the one in front. */
export function replaceFront(model: Model, place: Place): Model {
  const [first, ...rest] = model.places;
  return { ...model, places: rest.length === 0 ? [place] : [first, ...rest.slice(0, -1), place] };
}

/** Replaces every place of that name by what `change` makes of it. */
export function changed<Name extends PlaceName>(
  model: Model,
  name: Name,
  change: (place: PlaceNamed<Name>) => Place,
): Model {
  const apply = (place: Place): Place => (place.name === name ? change(place as PlaceNamed<Name>) : place);
  const [first, ...rest] = model.places;
  return { ...model, places: [apply(first), ...rest.map(apply)] };
}

/** Back to the screen of that name, or with it in place of everything where there is none. */
export function backTo(model: Model, screen: Screen): Model {
  const at = model.places.findIndex((place) => place.name === screen.name);
  const [first, ...rest] = model.places;
  return { ...model, places: at === -1 ? [screen] : [first, ...rest.slice(0, at)] };
}

const visitsMax = 8;

/** Keeps what is shown of this namespace, to be found again by who comes back. */
export function leavingHere(model: Model): Model {
  const { connection, namespace, services, marks, visits } = model;
  const screen = screenNamed(model, 'services');
  if (connection === undefined || screen === undefined) return model;
  const spec = { ...connection.spec, namespace };
  const before = visits.find((one) => visitKey(one.spec) === visitKey(spec));
  // A part of a list says nothing of what is not in it. What was marked in it is marked all the same.
  const isWhole = services.value !== undefined && services.expected === undefined;
  if (!isWhole && before === undefined && marks.length === 0) return model;
  const { value, valueAtMs } = services;
  const kept = isWhole ? { value, valueAtMs, isLoading: true, isKept: true } : before?.services;
  const { filter, cursor } = screen;
  const saved = profileNamed(model, spec.profile)?.spec;
  const visit: Visit = { spec, saved, services: kept ?? { isLoading: true }, filter, cursor, marks };
  const others = visits.filter((one) => one !== before);
  return { ...model, visits: [visit, ...others].slice(0, visitsMax) };
}

/** How a place where one was is reached now; `undefined` where its profile is gone. */
export function specOfVisit(model: Model, { spec, saved }: Visit): ConnectionSpec | undefined {
  if (saved === undefined) return spec;
  const now = profileNamed(model, spec.profile)?.spec;
  if (now === undefined || JSON.stringify(now) === JSON.stringify(saved)) return now && spec;
  return { ...now, namespace: spec.namespace };
}

function profileNamed({ profiles }: Model, name: string | undefined): ProfileEntry | undefined {
  return profiles.value?.find((entry) => entry.name === name);
}

/** At the services of another namespace, or of another Nacos: as they were, where one was there before. */
export function arrivedAt(model: Model, connection: Connection, namespace: string): Model {
  const key = visitKey({ ...connection.spec, namespace });
  const visit = model.visits.find(({ spec }) => visitKey(spec) === key);
  const there: Model = {
    ...model,
    connection,
    namespace,
    marks: visit?.marks ?? [],
    services: visit?.services ?? { isLoading: true },
  };
  const { filter = '', cursor = 0 } = visit ?? {};
  return changed(there, 'services', (place) => ({ ...place, filter, cursor }));
}

/** Where one was before one came here, the last first. */
export function visitsElsewhere(model: Model): readonly Visit[] {
  const { connection, namespace, visits } = model;
  const here = connection && visitKey({ ...connection.spec, namespace });
  return visits.filter((visit) =>
    [visit.spec, specOfVisit(model, visit)].every((spec) => spec === undefined || visitKey(spec) !== here),
  );
}

/** The same as long as one stays: by profile, user, Nacos and namespace. */
export function hereKey({ connection, namespace }: Model): string {
  return connection === undefined ? '' : visitKey({ ...connection.spec, namespace });
}

function visitKey(spec: ConnectionSpec): string {
  return JSON.stringify([spec.profile, spec.username, connectionKey(spec)]);
}

/** Whether it is reached over the connection that there is. */
export function isReached({ connection, namespace }: Model, spec: ConnectionSpec): boolean {
  return (
    connection !== undefined &&
    visitKey({ ...spec, namespace }) === visitKey({ ...connection.spec, namespace })
  );
}
