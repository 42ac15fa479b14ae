import type { Model } from './model.ts';
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
