import { hookOf } from '../../core/hooks/hook-step.ts';
import type { StepName } from '../../core/event/failure.ts';
import { type Rollout, targetOf } from '../../core/rollout/rollout.ts';
import { type TargetState } from '../../core/rollout/target-state.ts';
import type { Target } from '../../core/plan/plan.ts';
import { stampMs } from '../../core/text/stamp.ts';

/** What one target is doing now, for how long, and until when at most. */
export type Timer = {
  readonly target: Target;
  readonly step: StepName;
  readonly elapsedMs: number;
  /** Where there is an end: the drain's, or the time limit. */
  readonly totalMs: number | undefined;
  /** In a warm-up: the part of its weight that it has now, of all. */
  readonly share: { readonly weight: number; readonly full: number } | undefined;
  /** It failed, and is waited for to be tried again by itself, so often at the most. */
  readonly triesLeft: number | undefined;
};

/** `wallMs`: now, by the clock of the runner. Undefined where it does nothing. */
export function timerOf(rollout: Rollout, state: TargetState, wallMs: number): Timer | undefined {
  const { beganAt, wait } = state.steps[state.step];
  const target = targetOf(rollout, state.name);
  const { step } = state;
  if (state.phase === 'ready' && wait !== undefined) {
    const elapsedMs = Math.min(wait.ms, Math.max(0, wallMs - stampMs(wait.since)));
    return { target, step, elapsedMs, totalMs: wait.ms, share: undefined, triesLeft: wait.left };
  }
  if (state.phase !== 'running' || beganAt === undefined) return undefined;
  return {
    target,
    step,
    elapsedMs: Math.max(0, wallMs - stampMs(beganAt)),
    totalMs: totalOf(state, target),
    share: shareOf(state),
    triesLeft: undefined,
  };
}

function shareOf({ registrations }: TargetState): Timer['share'] {
  const lowered = registrations.find((one) => one.mark === 'lowered')?.lowered;
  const weight = lowered?.written.at(-1);
  return lowered === undefined || weight === undefined ? undefined : { weight, full: lowered.full };
}

function totalOf(state: TargetState, target: Target): number | undefined {
  switch (state.step) {
    case 'drain':
      return state.drainTotalMs;
    case 'deploy':
      return target.deploy.timeoutMs;
    case 'before-target':
    case 'after-disable':
    case 'after-target':
      return hookOf(target, state.step)?.timeoutMs;
    case 'check':
      return target.check.withinMs;
    case 'warm-up':
      return target.warmUp?.ms;
    case 'soak':
      return target.soak?.ms;
    case 'disable':
    case 'enable':
      return undefined;
  }
}
