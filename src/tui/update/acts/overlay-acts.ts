import { exitOf, leavingAfter } from '../../view/leaving.ts';
import { settingProblem, shownSettings } from '../../draft/settings.ts';
import type { Model } from '../../model/model.ts';
import { fieldWith } from '../../model/field.ts';
import { changed, closed, frontNamed, opened, replaceFront, screenNamed } from '../../model/navigation.ts';
import { filledWith, profileFields } from '../../model/profile-fields.ts';
import { companionCompleted } from './companion-acts.ts';
import { kept as promptKept } from './prompt.ts';
import { readingActs, searchActs } from './search-acts.ts';
import { toNamespace } from './service-acts.ts';
import { type Step, and, failed, mending, stay } from './transition.ts';

const shut = (model: Model): Step => stay(closed(model));

export const overlayActs = {
  namespaces: {
    choose: (model: Model): Step => {
      const namespace = model.namespaces.value?.items[frontNamed(model, 'namespaces')?.cursor ?? 0]?.id;
      if (namespace === undefined) return shut(model);
      return toNamespace(closed(model), namespace);
    },
    back: shut,
  },
  palette: { back: shut },
  filter: {
    keep: shut,
    back: (model: Model): Step =>
      stay(changed(closed(model), 'services', (place) => ({ ...place, filter: '', cursor: 0 }))),
  },
  edit: { keep: editKept, clear: editCleared, back: shut },
  prompt: { keep: promptKept, complete: companionCompleted, back: shut },
  confirm: {
    yes: (model: Model): Step => {
      const effect = frontNamed(model, 'confirm')?.effect;
      if (effect === undefined) return shut(model);
      if (effect.kind === 'mend') return mending(closed(model), effect.gone);
      const isLaunch = effect.kind === 'attach' || effect.kind === 'resume';
      const waitingFor = isLaunch ? 'runner' : effect.kind === 'switch-on' ? 'switch' : model.waitingFor;
      return and({ ...closed(model), waitingFor }, effect);
    },
    back: shut,
  },
  abort: {
    'put-back': (model: Model): Step =>
      and(closed(model), { kind: 'submit', order: { type: 'abort', how: 'put-back' } }),
    leave: (model: Model): Step =>
      and(closed(model), { kind: 'submit', order: { type: 'abort', how: 'leave' } }),
    back: shut,
  },
  quit: { detach: detached, stay: detachedStaying, back: shut },
  help: readingActs,
  search: searchActs,
  log: readingActs,
  callers: readingActs,
  registrations: readingActs,
  text: readingActs,
};

/** The rollout goes on, and the console ends. */
export function detached(model: Model): Step {
  if (model.following === undefined) return stay(model);
  const { exitCode, exitSummary } = leavingAfter(model.leaving, exitOf(model.following, model.gateway));
  return and(
    closed(model),
    { kind: 'submit', order: { type: 'detach' } },
    { kind: 'exit', exitCode, exitSummary },
  );
}

/** The rollout goes on, and the console shows what there is on this machine. */
function detachedStaying(model: Model): Step {
  if (model.following === undefined) return shut(model);
  const [first, ...rest] = closed(model).places;
  // A review is of what was before.
  const isOver = ['rollout', 'review', 'order'];
  const places = [first, ...rest.filter(({ name }) => !isOver.includes(name))] as const;
  const leaving = leavingAfter(model.leaving, exitOf(model.following, model.gateway));
  // The newest comes first, and none of those that were read before is pointed at.
  const left: Model = {
    ...model,
    places,
    following: undefined,
    leaving,
    rollouts: [],
    rolloutsReadAtMs: undefined,
  };
  return and(opened(left, { name: 'rollouts', cursor: 0 }), { kind: 'detach' });
}

function editCleared(model: Model): Step {
  const edit = frontNamed(model, 'edit');
  return stay(edit === undefined ? model : replaceFront(model, { ...edit, field: fieldWith('') }));
}

function editKept(model: Model): Step {
  const edit = frontNamed(model, 'edit');
  if (edit === undefined) return stay(model);
  const text = edit.field.text.trim();
  if (edit.what !== 'setting') {
    const name = edit.what;
    return stay(
      changed(closed(model), 'profile-form', (place) => ({
        ...place,
        ...filledWith(place, name, text),
        // The next one is what most go to.
        cursor: Math.min(place.cursor + 1, profileFields.length - 1),
      })),
    );
  }
  if (model.draft === undefined) return shut(model);
  const name = shownSettings(model.draft.settings)[screenNamed(model, 'order')?.cursor ?? 0];
  if (name === undefined) return shut(model);
  if (settingProblem(name, text) !== undefined) return stay(failed(model, { kind: 'setting', name }));
  const settings = { ...model.draft.settings, [name]: text };
  return shut({ ...model, draft: { ...model.draft, settings } });
}
