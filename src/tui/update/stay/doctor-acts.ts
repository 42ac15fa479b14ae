import { fieldWith } from '../../model/field.ts';
import type { MessageOf } from '../../model/message.ts';
import type { Model } from '../../model/model.ts';
import { closed, opened } from '../../model/navigation.ts';
import { type Step, and, stay } from '../acts/transition.ts';

/** What is off and why, what was left behind, what is unfit. */
export function withDoctor(model: Model): Step {
  const { mended: _before, ...kept } = model.doctor.value ?? { mended: [] };
  const value = 'found' in kept ? { ...kept, mended: [] } : undefined;
  const shown = opened({ ...model, doctor: { ...model.doctor, value } }, { name: 'doctor', cursor: 0 });
  // It is looked at when that is done: to look now would close what mends.
  return model.isMending === true ? stay(shown) : examining(shown);
}

export const doctorActs = {
  mend: (model: Model): Step =>
    stay(opened(model, { name: 'confirm', question: 'mend', effect: { kind: 'mend', gone: [] } })),
  gone: (model: Model): Step =>
    stay(opened(model, { name: 'prompt', field: fieldWith(''), purpose: { kind: 'gone' } })),
  refresh: (model: Model): Step => examining(model),
  back: (model: Model): Step => stay(closed(model)),
};

export function examined(model: Model, { found, canMend, isReadOnly }: MessageOf<'examined'>): Step {
  const mended = model.doctor.value?.mended ?? [];
  return stay({ ...model, doctor: { isLoading: false, value: { found, canMend, isReadOnly, mended } } });
}

/** What is so now is looked at again, and what Nacos shows on the other screens too. */
export function mended(model: Model, { results }: MessageOf<'mended'>): Step {
  const { value } = model.doctor;
  const told = value && { ...value, mended: results };
  const [next, effects] = examining({
    ...model,
    waitingFor: undefined,
    isMending: false,
    doctor: { ...model.doctor, value: told },
  });
  return and(next, ...effects, { kind: 'read-open-rollouts', isAgain: true });
}

function examining(model: Model): Step {
  return and({ ...model, doctor: { ...model.doctor, isLoading: true } }, { kind: 'examine' });
}
