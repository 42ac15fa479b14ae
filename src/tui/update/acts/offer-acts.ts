import type { UiEffect } from '../../model/effect.ts';
import { offered } from '../../keys/on-offer.ts';
import type { Model } from '../../model/model.ts';
import { closed, opened } from '../../model/navigation.ts';
import { type Step, and, stay } from './transition.ts';

export const offerActs = {
  /** One that runs is not begun anew: this console answers for it. */
  'carry-on': (model: Model) => {
    const question = offered(model)?.isRunning === true ? 'take-over' : 'carry-on';
    return asked(model, question, takeUp(model, 'continue'));
  },
  'put-back': (model: Model) => asked(model, 'put-back', takeUp(model, 'put-back')),
  watch: (model: Model): Step => {
    const offer = offered(model);
    if (offer === undefined) return stay(model);
    const effect = { kind: 'attach', id: offer.id, mayDecide: false, firstOrder: undefined } as const;
    return and({ ...model, waitingFor: 'runner' }, effect);
  },
  abandon: (model: Model) => {
    const offer = offered(model);
    return asked(model, 'abandon', offer && { kind: 'abandon', id: offer.id });
  },
  leave: (model: Model) => stay(closed(model)),
};

function asked(
  model: Model,
  question: 'carry-on' | 'take-over' | 'put-back' | 'abandon',
  effect: UiEffect | undefined,
): Step {
  return stay(effect === undefined ? model : opened(model, { name: 'confirm', question, effect }));
}

function takeUp(model: Model, firstOrder: 'continue' | 'put-back'): UiEffect | undefined {
  const offer = offered(model);
  if (offer === undefined) return undefined;
  const { id, rollout } = offer;
  return offer.isRunning
    ? { kind: 'attach', id, mayDecide: true, firstOrder }
    : { kind: 'resume', id, at: rollout.planned.reached, password: undefined, firstOrder };
}
