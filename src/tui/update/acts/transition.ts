import type { UiEffect } from '../../model/effect.ts';
import type { Model } from '../../model/model.ts';
import type { Notice, Problem } from '../../model/notice.ts';

/** The next model, and what is asked of outside because of it. */
export type Step = readonly [Model, readonly UiEffect[]];
export type Act = (model: Model) => Step;

/** Nothing is asked of outside. */
export function stay(model: Model): Step {
  return [model, []];
}

/** Asks something of outside. */
export function and(model: Model, ...effects: readonly UiEffect[]): Step {
  return [model, effects];
}

/** Says something at the foot of the screen; `undefined`: nothing any more. */
export function noticed(model: Model, notice: Notice | undefined): Model {
  return { ...model, notice, noticedAtMs: model.now.monotonicMs };
}

/** Says what went wrong; nobody is waited for any more. */
export function failed(model: Model, problem: Problem): Model {
  return noticed({ ...model, waitingFor: undefined }, { kind: 'problem', problem });
}

/** Nothing is looked at, and nothing else mended, until it has answered. */
export function mending(model: Model, gone: readonly string[]): Step {
  return and({ ...model, waitingFor: 'switch', isMending: true }, { kind: 'mend', gone });
}
