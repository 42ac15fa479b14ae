import { mayPause } from '../../../core/rollout/rollout.ts';
import type { UiEffect } from '../../model/effect.ts';
import { exitOf, leavingAfter, plainExit } from '../../view/leaving.ts';
import { heldOn, isLive } from '../../model/following.ts';
import type { Model } from '../../model/model.ts';
import type { ConsoleExit } from '../../model/exit-summary.ts';
import { opened } from '../../model/navigation.ts';
import { leavingUndecided, leavingUnreached } from './connecting-acts.ts';
import { type Step, and, noticed, stay } from './transition.ts';

/** `q`: asks where a rollout would go on without its face. */
export function quitAsked(model: Model): Step {
  return isAnswering(model) ? stay(opened(model, { name: 'quit' })) : and(model, exit(model));
}

/** Ctrl-C. In a run: pause, then stop, then leave. Anywhere else: leave. */
export function interrupted(model: Model): Step {
  const { following } = model;
  const undecided = (following ?? model.leaving) ? undefined : leavingUndecided(model);
  if (undecided !== undefined) return and(model, { kind: 'exit', ...undecided });
  if (following === undefined || !isAnswering(model)) return and(model, exit(model));
  const counted: Model = {
    ...model,
    following: { ...heldOn(following), interrupts: following.interrupts + 1 },
  };
  if (following.interrupts === 0) {
    const said = noticed(counted, { kind: 'pausing' });
    return following.rollout === undefined || mayPause(following.rollout)
      ? and(said, { kind: 'submit', order: { type: 'pause' } })
      : stay(said);
  }
  if (following.interrupts === 1)
    return and(noticed(counted, { kind: 'stopping' }), { kind: 'submit', order: { type: 'stop' } });
  return and(counted, exit(model));
}

export function exit(model: Model): UiEffect {
  const leaving = leavingNow(model);
  return { kind: 'exit', exitCode: leaving.exitCode, exitSummary: leaving.exitSummary };
}

function leavingNow(model: Model): ConsoleExit {
  const { following, leaving, gateway } = model;
  if (following !== undefined) return leavingAfter(leaving, exitOf(following, gateway));
  return leaving ?? leavingUnreached(model) ?? plainExit;
}

/** Whether a rollout goes on that would miss this console. */
function isAnswering(model: Model): boolean {
  const { following } = model;
  return following !== undefined && following.mayDecide && isLive(following);
}
