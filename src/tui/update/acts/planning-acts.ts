import { rolledNames } from '../../../core/plan/plan.ts';
import { draftProblem } from '../../draft/draft.ts';
import { planFileOf } from '../../draft/draft-plan-file.ts';
import { shownSettings } from '../../draft/settings.ts';
import type { UiEffect } from '../../model/effect.ts';
import { fieldWith } from '../../model/field.ts';
import * as whyNot from '../../keys/availability.ts';
import type { Model } from '../../model/model.ts';
import { closed, frontNamed, opened } from '../../model/navigation.ts';
import { type Step, and, failed, stay } from './transition.ts';

export const orderActs = {
  'edit-field': (model: Model): Step => {
    if (model.draft === undefined) return stay(model);
    const name = shownSettings(model.draft.settings)[frontNamed(model, 'order')?.cursor ?? 0];
    if (name === undefined) return stay(model);
    const field = fieldWith(model.draft.settings[name]);
    return stay(opened(model, { name: 'edit', what: 'setting', field }));
  },
  review: reviewAsked,
  back: (model: Model) => stay(closed(model)),
};

export const reviewActs = {
  /** Production asks for the name of the service; elsewhere the key alone differs from the one that led here. */
  start: (model: Model): Step => {
    const effect = starting(model, 'real');
    if (effect === undefined) return stay(model);
    if (model.connection?.spec.isProduction !== true) return and({ ...model, waitingFor: 'runner' }, effect);
    const [service = ''] = rolledNames(effect.plan);
    const purpose = { kind: 'confirm-name', service, effect } as const;
    return stay(opened(model, { name: 'prompt', field: fieldWith(''), purpose }));
  },
  rehearse: (model: Model): Step => {
    const effect = starting(model, 'rehearsal');
    return effect === undefined ? stay(model) : and({ ...model, waitingFor: 'runner' }, effect);
  },
  'save-plan': (model: Model): Step =>
    model.reviewed === undefined ? stay(model) : and(model, { kind: 'save-plan', file: model.reviewed.file }),
  requests: (model: Model): Step =>
    model.reviewed === undefined
      ? stay(model)
      : and(model, { kind: 'list-requests', plan: model.reviewed.plan }),
  consumers: (model: Model): Step =>
    model.reviewed === undefined
      ? stay(model)
      : and(model, { kind: 'read-consumers', plan: model.reviewed.plan }),
  override: (model: Model): Step => {
    const [service] = whyNot.overridable(model);
    if (service === undefined) return stay(model);
    return stay(
      opened(model, { name: 'prompt', field: fieldWith(''), purpose: { kind: 'override', service } }),
    );
  },
  refresh: reviewAsked,
  back: (model: Model) => stay(closed({ ...model, reviewed: undefined })),
};

/** Makes the plan from what Nacos lists now, then has it reviewed. */
export function reviewAsked(model: Model): Step {
  const { draft } = model;
  if (draft === undefined) return stay(model);
  const name = draftProblem(draft);
  if (name !== undefined) return stay(failed(model, { kind: 'setting', name }));
  const file = planFileOf(draft, model.connection?.spec.profile);
  return and(
    { ...model, planned: draft, waitingFor: 'plan' },
    {
      kind: 'make-plan',
      draft,
      file,
      namespace: model.namespace,
      overrides: draft.overrides,
      language: model.setting.language,
    },
  );
}

function starting(model: Model, world: 'real' | 'rehearsal'): (UiEffect & { kind: 'start' }) | undefined {
  const review = model.reviewed?.review;
  if (review === undefined) return undefined;
  return { kind: 'start', plan: review.plan, nodes: review.nodes, world, password: undefined };
}
