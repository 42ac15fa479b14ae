import type { PasswordEffect, UiEffect } from './effect.ts';
import type { Field } from './field.ts';
import type { Model } from './model.ts';
import type { ProfileField, ProfileValues } from './profile-fields.ts';

/** Where a chosen thing is, or the first line of what is read; past the last one it follows the end. */
type Cursor = { readonly cursor: number };

/** Screens fill the console. */
export type Screen =
  | ({ readonly name: 'offer'; readonly shownAtMs: number } & Cursor)
  | ({ readonly name: 'profiles' } & Cursor)
  | ({
      readonly name: 'profile-form';
      readonly values: ProfileValues;
      readonly original: string | undefined;
    } & Cursor)
  | ({ readonly name: 'services'; readonly filter: string } & Cursor)
  | ({ readonly name: 'instances' } & Cursor)
  | ({ readonly name: 'order' } & Cursor)
  | ({ readonly name: 'review' } & Cursor)
  | ({
      readonly name: 'rollout';
      /** Until a key moves it the cursor follows what is under way. */
      readonly isFollowing: boolean;
    } & Cursor);

/** Questions and lists in front of a screen. */
export type Overlay =
  | ({ readonly name: 'help' } & Cursor)
  | ({ readonly name: 'namespaces' } & Cursor)
  | { readonly name: 'filter'; readonly field: Field }
  | { readonly name: 'edit'; readonly field: Field; readonly what: ProfileField | 'setting' }
  | { readonly name: 'prompt'; readonly field: Field; readonly purpose: Purpose }
  | {
      readonly name: 'confirm';
      readonly question: Question;
      readonly about?: string;
      readonly effect: UiEffect;
    }
  | { readonly name: 'abort' }
  | { readonly name: 'quit' }
  | ({ readonly name: 'log'; readonly target: string; readonly path: string } & Cursor)
  | ({ readonly name: 'text'; readonly title: TextTitle; readonly lines: readonly string[] } & Cursor);

export type Place = Screen | Overlay;
export type PlaceName = Place['name'];
export type PlaceNamed<Name extends PlaceName> = Extract<Place, { name: Name }>;

export type TextTitle = 'requests' | 'reached';

/** What a typed text is for. */
export type Purpose =
  | { readonly kind: 'password'; readonly user: string; readonly effect: PasswordEffect }
  | { readonly kind: 'confirm-name'; readonly service: string; readonly effect: UiEffect }
  | { readonly kind: 'override'; readonly service: string }
  | { readonly kind: 'companion'; readonly service: string }
  | { readonly kind: 'metadata-key' };

export type Question =
  | 'remove-profile'
  | 'skip-drain'
  | 'retry'
  | 'retry-target'
  | 'leave-off'
  | 'put-on'
  | 'take-as-done'
  | 'roll-back'
  | 'take-new'
  | 'carry-on'
  | 'put-back'
  | 'abandon'
  | 'switch-on';

const overlays: readonly PlaceName[] = [
  'help',
  'namespaces',
  'filter',
  'edit',
  'prompt',
  'confirm',
  'abort',
  'quit',
  'log',
  'text',
];

export function isOverlay(place: Place): place is Overlay {
  return overlays.includes(place.name);
}

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

export function screenNamed<Name extends Screen['name']>(
  model: Model,
  name: Name,
): PlaceNamed<Name> | undefined {
  const screen = screenOf(model);
  return screen.name === name ? (screen as PlaceNamed<Name>) : undefined;
}

export function opened(model: Model, place: Place): Model {
  return { ...model, places: [...model.places, place] };
}

/** Without the front place; the first one stays. */
export function closed(model: Model): Model {
  const [first, ...rest] = model.places;
  return { ...model, places: [first, ...rest.slice(0, -1)] };
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
