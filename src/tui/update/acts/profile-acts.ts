import type { UiEffect } from '../../model/effect.ts';
import { fieldWith } from '../../model/field.ts';
import type { Model } from '../../model/model.ts';
import { changed, closed, frontNamed, opened, screenNamed } from '../../model/navigation.ts';
import type { PlaceNamed } from '../../model/place.ts';
import { emptyProfile, profileFields, switches, valuesOf } from '../../model/profile-fields.ts';
import type { ProfileEntry } from '../../model/profile-fields.ts';
import { connectingTo } from './connecting-acts.ts';
import { type Step, and, stay } from './transition.ts';

export const profileActs = {
  choose: (model: Model) => connecting(model, false),
  'test-profile': (model: Model) => connecting(model, true),
  'make-profile': (model: Model) => opening(model, { values: emptyProfile, original: undefined }),
  'edit-profile': (model: Model) => {
    const entry = pointed(model);
    if (entry === undefined) return stay(model);
    return opening(model, { values: valuesOf(entry), original: entry.name });
  },
  'remove-profile': (model: Model) => {
    const entry = pointed(model);
    if (entry === undefined) return stay(model);
    const effect = { kind: 'remove-profile', name: entry.name } as const;
    return stay(opened(model, { name: 'confirm', question: 'remove-profile', effect }));
  },
  refresh: (model: Model) => and(model, { kind: 'read-profiles' }),
  sandbox: (model: Model) => and(model, { kind: 'exit', exitCode: 0, exitSummary: { kind: 'to-sandbox' } }),
};

export const formActs = {
  'edit-field': (model: Model): Step => {
    const form = frontNamed(model, 'profile-form');
    const name = profileFields[form?.cursor ?? 0];
    if (form === undefined || name === undefined) return stay(model);
    if (switches.includes(name)) {
      const turned = form.values[name] === 'yes' ? 'no' : 'yes';
      return stay(
        changed(model, 'profile-form', (place) => ({
          ...place,
          values: { ...place.values, [name]: turned },
        })),
      );
    }
    return stay(opened(model, { name: 'edit', what: name, field: fieldWith(form.values[name]) }));
  },
  save: (model: Model): Step => {
    const form = frontNamed(model, 'profile-form');
    if (form === undefined) return stay(model);
    return and(model, { kind: 'save-profile', values: form.values, original: form.original });
  },
  back: (model: Model) => and(closed(model), { kind: 'forget-trial' }),
};

function opening(model: Model, form: Pick<PlaceNamed<'profile-form'>, 'values' | 'original'>): Step {
  return stay(opened(model, { name: 'profile-form', ...form, typedAt: {}, cursor: 0 }));
}

function pointed(model: Model): ProfileEntry | undefined {
  return model.profiles.value?.[screenNamed(model, 'profiles')?.cursor ?? 0];
}

function connecting(model: Model, isTest: boolean): Step {
  const entry = pointed(model);
  if (entry === undefined) return stay(model);
  if (!isTest) return connectingTo(model, entry.spec, { isGiven: false });
  const effect: UiEffect = { kind: 'connect', spec: entry.spec, password: undefined, isTest, isGiven: false };
  return and({ ...model, waitingFor: 'connection' }, effect);
}
