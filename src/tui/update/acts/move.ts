import { scrollEnd } from '../../components/scroll.ts';
import type { Model } from '../../model/model.ts';
import type { Place } from '../../model/place.ts';
import { changed, front, replaceFront, screenNamed } from '../../model/navigation.ts';
import { profileFields } from '../../model/profile-fields.ts';
import { shownSettings } from '../../draft/settings.ts';
import { paletteEntries } from '../../palette/entries.ts';
import { paneView } from '../../panes/layouts.ts';
import type { ScrolledPane } from '../../components/panes.ts';
import { scrolledPane } from '../../screens/screens.ts';
import { readingSize } from '../../screens/reading.ts';
import { withView } from './pane-acts.ts';
import { instanceRows } from '../../view/instance-rows.ts';
import { serviceRows } from '../../view/service-rows.ts';
import { pointedTarget } from '../../keys/meant-target.ts';

const motions = ['up', 'down', 'page-up', 'page-down', 'first', 'last'] as const;
export type Motion = (typeof motions)[number];

export function isMotion(name: string): name is Motion {
  return (motions as readonly string[]).includes(name);
}

/** The cursor of the front place stays within what it moves over. */
export function moved(model: Model, motion: Motion): Model {
  const place = front(model);
  const pane = scrolledPane(model);
  if (pane !== undefined) return paneScrolled(model, pane, motion);
  if (!('cursor' in place)) return model;
  const by = lengthsOf(Math.max(1, model.size.rows - 8));
  const size = readingSize(model, place);
  const last = size === undefined ? Math.max(0, countAt(model, place) - 1) : scrollEnd(size.count, size.room);
  const at = Math.min(last, cursorOf(model, place)) + by[motion];
  // What grows is followed from its end on.
  const cursor = place.name === 'log' && at >= last ? Infinity : Math.min(last, Math.max(0, at));
  const next: Place =
    place.name === 'rollout' ? { ...place, cursor, isFollowing: false } : { ...place, cursor };
  return replaceFront(model, next);
}

function lengthsOf(page: number): Readonly<Record<Motion, number>> {
  return { up: -1, down: 1, 'page-up': -page, 'page-down': page, first: -Infinity, last: Infinity };
}

/** Of a pane that is read line by line the lines move, and no cursor. */
function paneScrolled(model: Model, pane: ScrolledPane, motion: Motion): Model {
  const { name, count, room, follows } = pane;
  const last = scrollEnd(count, room);
  const before = paneView(front(model)).scrolled[name] ?? (follows ? Infinity : 0);
  const at = Math.min(last, before) + lengthsOf(Math.max(1, room - 1))[motion];
  const from = follows && at >= last ? Infinity : Math.min(last, Math.max(0, at));
  return withView(model, ({ scrolled }) => ({ scrolled: { ...scrolled, [name]: from } }));
}

type WithCursor = Extract<Place, { cursor: number }>;

function cursorOf(model: Model, place: WithCursor): number {
  if (place.name !== 'rollout' || !place.isFollowing) return place.cursor;
  const name = pointedTarget(model)?.name;
  return Math.max(0, model.following?.rollout?.targets.findIndex((target) => target.name === name) ?? 0);
}

/** How many things the cursor of a place moves over. */
function countAt(model: Model, place: WithCursor): number {
  switch (place.name) {
    case 'offer':
      return model.openRollouts.length;
    case 'rollouts':
      return model.rollouts.length;
    case 'profiles':
      return model.profiles.value?.length ?? 0;
    case 'profile-form':
      return profileFields.length;
    case 'services':
      return serviceRows(model).length;
    case 'instances':
      return instanceRows(model).length;
    case 'order':
      return model.draft === undefined ? 0 : shownSettings(model.draft.settings).length;
    case 'rollout':
      return model.following?.rollout?.targets.length ?? 0;
    case 'palette':
      return paletteEntries(model).length;
    case 'namespaces':
      return model.namespaces.value?.items.length ?? 0;
    // They are read, and have lines.
    case 'doctor':
    case 'review':
    case 'help':
    case 'log':
    case 'callers':
    case 'registrations':
    case 'text':
      return 0;
  }
}

/** Keeps the cursor of the services screen on a row when the rows changed. */
export function withinRows(model: Model): Model {
  const screen = screenNamed(model, 'services') ?? screenNamed(model, 'instances');
  if (screen === undefined) return model;
  const last = Math.max(0, countAt(model, screen) - 1);
  if (screen.cursor <= last) return model;
  const [first, ...rest] = model.places;
  const fixed = (place: Place): Place => (place === screen ? { ...screen, cursor: last } : place);
  return { ...model, places: [fixed(first), ...rest.map(fixed)] };
}

/** The service under the cursor of the services screen, by its key. */
export function pointedService(model: Model): string | undefined {
  const screen = screenNamed(model, 'services');
  return screen && serviceRows(model)[screen.cursor]?.key;
}

/** With the cursor of the services screen on this one, wherever its row is now. */
export function pointedAt(model: Model, key: string | undefined): Model {
  const at = serviceRows(model).findIndex((row) => row.key === key);
  return at < 0 ? model : changed(model, 'services', (place) => ({ ...place, cursor: at }));
}
