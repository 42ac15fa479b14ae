import { offered } from '../../keys/on-offer.ts';
import type { Model } from '../../model/model.ts';
import { closed, opened } from '../../model/navigation.ts';
import { offerActs } from '../acts/offer-acts.ts';
import { type Step, and, stay } from '../acts/transition.ts';

/** The rollouts of this machine, in front of what was there. */
export function withRollouts(model: Model): Step {
  return and(opened(model, { name: 'rollouts', cursor: 0 }), { kind: 'read-open-rollouts', isAgain: true });
}

const { 'carry-on': carryOn, 'put-back': putBack, abandon, watch } = offerActs;

export const rolloutsActs = {
  /** One that runs is only watched: to decide there is another key. */
  'open-rollout': (model: Model): Step => (offered(model)?.isRunning === true ? watch(model) : report(model)),
  'carry-on': carryOn,
  'put-back': putBack,
  abandon,
  report,
  refresh: (model: Model): Step => and(model, { kind: 'read-open-rollouts', isAgain: true }),
  back: (model: Model): Step => stay(closed(model)),
};

function report(model: Model): Step {
  const open = offered(model);
  return open === undefined
    ? stay(model)
    : and(model, { kind: 'read-report', id: open.id, language: model.setting.language });
}
