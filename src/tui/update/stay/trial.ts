import type { UiEffect } from '../../model/effect.ts';
import type { Model } from '../../model/model.ts';
import { changed, frontNamed } from '../../model/navigation.ts';
import type { PlaceNamed } from '../../model/place.ts';
import { type Tried, trialKey, triedOf, valuesOf } from '../../model/profile-fields.ts';
import type { Step } from '../acts/transition.ts';

/** A form is tried whenever it says anew how a Nacos is reached. */
export function withTrial(model: Model, effects: readonly UiEffect[]): Step {
  const form = model.places.find((place) => place.name === 'profile-form');
  if (form?.name !== 'profile-form') return [model, effects];
  const tried = triedIn(model, form);
  const of = tried && trialKey(tried);
  if (of === form.trial?.of) return [model, effects];
  const trial = of === undefined ? undefined : { of };
  const effect: UiEffect =
    tried === undefined || of === undefined ? { kind: 'forget-trial' } : { kind: 'try-profile', of, tried };
  return [changed(model, 'profile-form', (place) => ({ ...place, trial })), [...effects, effect]];
}

function triedIn(model: Model, { values, typedAt, original }: PlaceNamed<'profile-form'>): Tried | undefined {
  const edit = frontNamed(model, 'edit');
  const typed =
    edit === undefined || edit.what === 'setting' ? undefined : { name: edit.what, text: edit.field.text };
  const saved = model.profiles.value?.find(({ name }) => name === original);
  return triedOf({ values, typedAt, saved: saved && valuesOf(saved) }, typed);
}
