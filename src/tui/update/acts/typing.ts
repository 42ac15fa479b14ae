import { edited, insert, type Field } from '../../model/field.ts';
import type { KeyPress } from '../../model/key-press.ts';
import type { Model } from '../../model/model.ts';
import type { Overlay } from '../../model/place.ts';
import { changed, front, replaceFront } from '../../model/navigation.ts';
import { withinRows } from './move.ts';
import { type Step, noticed, stay } from './transition.ts';

type Typing = Extract<Overlay, { field: Field }>;

/** A key goes into the field of the front place, where it has one. */
export function typed(model: Model, press: KeyPress): Step {
  const place = front(model);
  return 'field' in place ? stay(withField(model, place, edited(place.field, press))) : stay(model);
}

/** A paste fires no keys: outside a field it is dropped, and that is said. */
export function pasted(model: Model, text: string): Step {
  const place = front(model);
  return 'field' in place
    ? stay(withField(model, place, insert(place.field, text)))
    : stay(noticed(model, { kind: 'paste-dropped' }));
}

function withField(model: Model, place: Typing, field: Field): Model {
  const next = replaceFront(noticed(model, undefined), { ...place, field });
  if (place.name === 'palette') return replaceFront(next, { ...place, field, cursor: 0 });
  if (place.name !== 'filter') return next;
  return withinRows(changed(next, 'services', (screen) => ({ ...screen, filter: field.text, cursor: 0 })));
}
