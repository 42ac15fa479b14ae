import { type HookStep, hookOf, hookSteps } from '../hooks/hook-step.ts';
import type { Registration, Target } from '../plan/plan.ts';
import {
  type StepState,
  type HookRule,
  type TargetState,
  type RegistrationState,
  untouched,
} from './target-state.ts';

/** A target of which nothing has happened yet. */
export function waitingTarget(target: Target): TargetState {
  const first: StepState = { attempt: 1 };
  return {
    name: target.name,
    phase: 'waiting',
    step: target.hooks?.beforeTarget === undefined ? 'disable' : 'before-target',
    steps: {
      'before-target': first,
      disable: first,
      'after-disable': first,
      drain: first,
      deploy: first,
      check: first,
      enable: first,
      'warm-up': first,
      soak: first,
      'after-target': first,
    },
    course: 'forward',
    registrations: target.registrations.map(foundState),
    ...(target.registrations.some(({ left }) => left !== undefined) && { isLeft: true as const }),
    isMeantOff: false,
    drainTotalMs: target.drain.ms,
    isDrainSkipped: false,
    needsDrain: true,
    hooks: hookRulesOf(target),
    retries: { deploy: target.deploy.retries ?? 0, rollback: target.rollback?.retries ?? 0 },
    isDeployed: false,
    hasWarmUp: target.warmUp !== undefined,
    hasSoak: target.soak !== undefined,
    hasLeft: false,
    former: [],
    marksLeft: [],
    isLeaving: false,
  };
}

function hookRulesOf(target: Target): TargetState['hooks'] {
  const rules = hookSteps.flatMap((step): readonly (readonly [HookStep, HookRule])[] => {
    const hook = hookOf(target, step);
    return hook === undefined
      ? []
      : [[step, { retries: hook.retries ?? 0, mayFail: hook.onFailure === 'continue' }]];
  });
  return Object.fromEntries(rules);
}

/** What an earlier rollout left off is ours from the beginning; a part of its weight that one left, once we write to it. */
function foundState(registration: Registration): RegistrationState {
  const { wasEnabled, left, isUnsettled, weight: full, parts: written } = registration;
  const whole = written === undefined ? untouched : { ...untouched, lowered: { full, written } };
  // Its runner is gone: nobody knows how much of its time-out that write had before it.
  const found = isUnsettled ? { ...whole, isUnsettled, isCutOff: true } : whole;
  if (left === undefined) return { ...found, wasOff: !wasEnabled };
  return { ...found, mark: 'off', markBefore: 'off', isAway: left === 'away' };
}
