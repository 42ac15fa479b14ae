import { type HookStep, hookOf, hookSteps } from '../hooks/hook-step.ts';
import type { Target } from '../plan/plan.ts';
import { type StepState, type HookRule, type TargetState, foundState } from './target-state.ts';

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
