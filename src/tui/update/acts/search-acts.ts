import { scrollEnd } from '../../components/scroll.ts';
import { foundIn } from '../../components/found.ts';
import { fieldWith } from '../../model/field.ts';
import type { Model } from '../../model/model.ts';
import { closed, front, frontNamed, opened, replaceFront } from '../../model/navigation.ts';
import type { Place } from '../../model/place.ts';
import { readingRows, readingSize } from '../../screens/reading.ts';
import { type Step, noticed, stay } from './transition.ts';

type Direction = 'on' | 'back';

/** In whatever is read line by line. */
export const readingActs = {
  search: (model: Model): Step => stay(opened(model, { name: 'search', field: fieldWith('') })),
  'search-on': (model: Model): Step => stay(sought(model, textOf(front(model)), 'on')),
  'search-back': (model: Model): Step => stay(sought(model, textOf(front(model)), 'back')),
  back: (model: Model): Step => stay(closed(model)),
};

export const searchActs = {
  /** Without a text it goes on with the last one, as `less` does. */
  keep: (model: Model): Step => {
    const typed = frontNamed(model, 'search')?.field.text ?? '';
    const behind = closed(model);
    return stay(sought(behind, typed === '' ? textOf(front(behind)) : typed, 'on'));
  },
  back: (model: Model): Step => stay(closed(model)),
};

function textOf(place: Place): string {
  return 'search' in place ? (place.search?.text ?? '') : '';
}

/** To the next line that has it, and from the last one to the first. */
function sought(model: Model, text: string, direction: Direction): Model {
  const place = front(model);
  const size = readingSize(model, place);
  if (!('search' in place || 'cursor' in place) || size === undefined || text === '') return model;
  const found = foundIn(readingRows(model, place), text);
  const end = scrollEnd(size.count, size.room);
  const top = Math.min(place.cursor, end);
  const last = 'search' in place ? place.search?.at : undefined;
  // From what was found last, as long as it is seen.
  const isSeen = last !== undefined && last >= top && last < top + size.room;
  const from = isSeen ? last : direction === 'on' ? top - 1 : top + size.room;
  const at =
    direction === 'on'
      ? (found.find((line) => line > from) ?? found[0])
      : (found.findLast((line) => line < from) ?? found.at(-1));
  if (at === undefined) return noticed(model, { kind: 'not-found', text });
  // A line above it counts those that are hidden.
  const isInside = at > top && at < top + size.room - 1;
  const cursor = isInside ? top : Math.min(end, Math.max(0, at - 1));
  return replaceFront(model, { ...place, cursor, search: { text, at } } as Place);
}
