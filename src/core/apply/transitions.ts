/** The moves of one target from step to step. Which of them a fact makes is said by apply-step.ts and its neighbours. */
import { type CommandResult, type Failure, type StepName, stepNames } from '../event/failure.ts';
import type { Rollout } from '../rollout/rollout.ts';
import type {
  Course,
  RegistrationState,
  StepState,
  TargetResult,
  TargetState,
} from '../rollout/target-state.ts';
import { isOnlyLowered } from '../rollout/warm-up.ts';

/** Journals that an older version wrote counted attempts that had never begun: what began bears the number that they say. */
export function running(target: TargetState, attempt: number, at: string): TargetState {
  const { calledOff, retried } = target.steps[target.step];
  const step = {
    attempt,
    ...(calledOff !== undefined && { calledOff }),
    ...(retried !== undefined && { retried }),
    beganAt: at,
  };
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
  return step === 'deploy' && target.needsDrain ? toDrain(next) : ready(next, step);
}

/** The same, and nobody asked for it: `retried` of these in a row before it. */
export function againByItself(target: TargetState, step: StepName): TargetState {
  const { retried = 0 } = target.steps[step];
  const next = again(target, step);
  return { ...next, steps: { ...next.steps, [step]: { ...next.steps[step], retried: retried + 1 } } };
}

/** Whether a command that ended so is run again by itself: not where a person stopped it, or has to say what it left behind. */
export function isTriedAgain(target: TargetState, retries: number, { kind }: CommandResult): boolean {
  const { retried = 0 } = target.steps[target.step];
  return retried < retries && (kind === 'exited' || kind === 'timed-out');
}

/** To a step that may have had its turn already. */
export function toStep(target: TargetState, step: StepName): TargetState {
  return ready(wasTried(target.steps[step]) ? nextAttempt(target, step) : target, step);
}

/** To another drain, and to the hook before it. */
export function toDrain(target: TargetState): TargetState {
  const next = nextAttempt({ ...target, isDrainSkipped: false }, 'drain');
  return target.hooks['after-disable'] === undefined
    ? ready(next, 'drain')
    : ready(nextAttempt(next, 'after-disable'), 'after-disable');
}

export function fromTheStart(target: TargetState): TargetState {
  let next = target;
  for (const step of stepNames) if (step !== 'before-target') next = nextAttempt(next, step);
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
  const unproven = staled({ ...target, needsDrain: true });
  const isDraining = target.step === 'drain' && (target.phase === 'ready' || target.phase === 'running');
  const isDrained = target.step === 'deploy' && target.phase === 'ready';
  if (!isDraining && !isDrained) return unproven;
  return toDrain(unproven);
}

/** A hook before a drain told consumers of what may not be so any more. */
export function staled(target: TargetState): TargetState {
  const { hook, step } = target;
  return hook?.isRunning === true && step === 'after-disable'
    ? { ...target, hook: { ...hook, isStale: true } }
    : target;
}

/** To the enable step at once, whatever the target was doing; nothing was deployed on it. */
export function putBack(target: TargetState): TargetState {
  return ready({ ...target, course: 'put-back' }, 'enable');
}

/** Back on as if nothing had been, until it is its turn. */
export function waitingAgain(target: TargetState): TargetState {
  const { decided: _settled, ...anew } = fromTheStart(target);
  return { ...anew, phase: 'waiting', isMeantOff: false, registrations: anew.registrations.map(asFound) };
}

/** Off before us, it is kept out while the target is in our hands. */
function asFound(state: RegistrationState): RegistrationState {
  return state.wasOff ? { ...state, mark: 'untouched', markBefore: 'untouched' } : state;
}

/** To all of its weight at once, and no further; it is on. */
export function givenBack(target: TargetState): TargetState {
  return ready({ ...nextAttempt(target, 'enable'), course: 'give-back' }, 'enable');
}

export const resultOfCourse = {
  forward: 'done',
  'put-back': 'put-back',
  'put-on': 'put-on',
  'roll-back': 'rolled-back',
  'take-off': 'left-off',
  'give-back': 'put-on',
} as const satisfies Readonly<Record<Course, TargetResult>>;

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
