/** The moves of one target from step to step. Which of them a fact makes is said by apply-step.ts and its neighbours. */
import { type Failure, type StepName, stepNames } from '../event/failure.ts';
import type { Rollout } from '../rollout/rollout.ts';
import type { RegistrationState, StepState, TargetResult, TargetState } from '../rollout/target-state.ts';
import { isOnlyLowered } from '../rollout/warm-up.ts';

/** Journals that an older version wrote counted attempts that had never begun: what began bears the number that they say. */
export function running(target: TargetState, attempt: number, at: string): TargetState {
  const { calledOff } = target.steps[target.step];
  const step = { attempt, ...(calledOff !== undefined && { calledOff }), beganAt: at };
  return { ...target, phase: 'running', steps: { ...target.steps, [target.step]: step } };
}

export function ready(target: TargetState, step: StepName): TargetState {
  const { failure: _gone, ...rest } = target;
  return { ...rest, step, phase: 'ready' };
}

export function took(target: TargetState, tookMs: number): TargetState {
  return { ...target, steps: { ...target.steps, [target.step]: { ...target.steps[target.step], tookMs } } };
}

export function nextAttempt(target: TargetState, step: StepName): TargetState {
  const state = target.steps[step];
  const { attempt, calledOff = 0 } = state;
  const next = wasTried(state) ? { attempt: attempt + 1 } : { attempt, calledOff: calledOff + 1 };
  return { ...target, steps: { ...target.steps, [step]: next } };
}

/** What was called off before it had begun is no attempt. */
function wasTried({ beganAt, tookMs, verdict }: StepState): boolean {
  return beganAt !== undefined || tookMs !== undefined || verdict !== undefined;
}

/** A person takes it as done though it failed, or it is left out. */
export function passedOver(target: TargetState, step: StepName): TargetState {
  return judged(target, step, 'passed-over');
}

function judged(
  target: TargetState,
  step: StepName,
  verdict: NonNullable<StepState['verdict']>,
): TargetState {
  return { ...target, steps: { ...target.steps, [step]: { ...target.steps[step], verdict } } };
}

export function again(target: TargetState, step: StepName): TargetState {
  const next = nextAttempt(target, step);
  return step === 'deploy' && target.needsDrain
    ? ready(nextAttempt(next, 'drain'), 'drain')
    : ready(next, step);
}

export function fromTheStart(target: TargetState): TargetState {
  let next = target;
  for (const step of stepNames) next = nextAttempt(next, step);
  return ready(
    {
      ...next,
      registrations: next.registrations.map(forgiven),
      course: 'forward',
      isDeployed: false,
      isDrainSkipped: false,
    },
    'disable',
  );
}

/** Consumers may have called it: what is not deployed yet drains once more. */
export function drainAgain(target: TargetState): TargetState {
  const unproven = { ...target, needsDrain: true };
  const isDraining = target.step === 'drain' && (target.phase === 'ready' || target.phase === 'running');
  const isDrained = target.step === 'deploy' && target.phase === 'ready';
  if (!isDraining && !isDrained) return unproven;
  return { ...nextAttempt(unproven, 'drain'), step: 'drain', phase: 'ready', isDrainSkipped: false };
}

/** To the enable step at once, whatever the target was doing; nothing was deployed on it. */
export function putBack(target: TargetState): TargetState {
  return ready({ ...target, course: 'put-back' }, 'enable');
}

/** To all of its weight at once, and no further; it is on. */
export function givenBack(target: TargetState): TargetState {
  return ready({ ...nextAttempt(target, 'enable'), course: 'give-back' }, 'enable');
}

export function ended(target: TargetState, result: TargetResult): TargetState {
  return { ...target, phase: 'ended', isMeantOff: false, result };
}

/** Where everything is being put back, a failure asks nobody: what may have been changed is left off, and named. */
export function failed(
  target: TargetState,
  step: StepName,
  why: Failure,
  abort: Rollout['abort'],
): TargetState {
  const stuck = stuckAt(target, step, why);
  return abort === undefined ? stuck : ended(stuck, isOnlyLowered(target) ? 'put-on' : 'left-off');
}

function stuckAt(target: TargetState, step: StepName, why: Failure): TargetState {
  const { decided: _settled, ...open } = judged(target, step, 'failed');
  return { ...open, step, phase: 'stuck', isMeantOff: false, failure: { step, why } };
}

/** A restart that is quicker than our looks is no person who wants it on. */
export function forgiven(state: RegistrationState): RegistrationState {
  return { ...state, exposures: 0 };
}

/** Another command may bring back what the last one did without. */
export function expected({ isDropped: _told, ...state }: RegistrationState): RegistrationState {
  return state;
}
