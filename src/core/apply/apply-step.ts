import { hookBegun, hookEnded, afterHook, off, through } from './apply-hook.ts';
import { aborted } from './abort.ts';
import { isHookStep } from '../hooks/hook-step.ts';
import type { FactOf } from '../event/event.ts';
import type { Decision } from '../event/event-parts.ts';
import type { FactHandlers, When } from './fact-handlers.ts';
import { type CommandResult, type StepName, isWatchedOn } from '../event/failure.ts';
import type { Rollout } from '../rollout/rollout.ts';
import {
  type Look,
  type RegistrationState,
  type TargetResult,
  type TargetState,
  isStillOn,
  isUndeployed,
} from '../rollout/target-state.ts';
import { isAnyLowered, isOnlyLowered } from '../rollout/warm-up.ts';
import { takenOffBefore, unseen } from './taken-off.ts';
import {
  again,
  ended,
  expected,
  failed,
  forgiven,
  fromTheStart,
  givenBack,
  nextAttempt,
  passedOver,
  putBack,
  ready,
  running,
  took,
  againByItself,
  isTriedAgain,
  waitingAgain,
} from './transitions.ts';

/** Facts about the steps of one target. */
export const stepHandlers = {
  // Whether anything of it is off is seen anew.
  'disable-began': (target, fact, when) =>
    begun({ ...target, registrations: target.registrations.map(unseen) }, fact, when),
  'check-began': begun,
  'enable-began': begun,
  'warm-up-began': begun,
  'soak-began': begun,
  forecast: (target, { isGo }) => ({ ...target, isMeantOff: isGo }),
  'call-began': (target, { purpose }) =>
    purpose === 'leave'
      ? { ...target, hasLeft: true, registrations: target.registrations.map(leaving) }
      : // It registers by itself.
        { ...target, needsDrain: true },
  'call-ended': (target) => target,
  'drain-began': (target, { totalMs, attempt }, { at }) => ({
    ...running(target, attempt, at),
    drainTotalMs: totalMs,
  }),
  'drain-extended': (target, { byMs }) => ({ ...target, drainTotalMs: target.drainTotalMs + byMs }),
  disabled: (target, { ms }) => afterDisable(took(target, ms)),
  'drain-prolonged': asItIs,
  'evidence-lost': asItIs,
  'evidence-returned': asItIs,
  'called-after-drain': asItIs,
  // Only once it is over: one that failed is to be done again before a deploy, whatever is decided.
  'drain-ended': (target, { ms }) => ready({ ...took(target, ms), needsDrain: false }, 'deploy'),
  'drain-skipped': (target) => ready({ ...target, isDrainSkipped: true, needsDrain: false }, 'deploy'),
  'hook-began': hookBegun,
  'hook-ended': hookEnded,
  'retry-awaited': (target, { step, ms, left }, { at }) => ({
    ...target,
    steps: { ...target.steps, [step]: { ...target.steps[step], wait: { since: at, ms, left } } },
  }),
  'deploy-ended': (target, { ms, result }, { abort }) => afterDeploy(took(target, ms), result, abort),
  'check-passed': (target, { ms, isRestarted }) => ready({ ...took(target, ms), isRestarted }, 'enable'),
  enabled: (target, { ms }, { abort }) => afterEnable({ ...took(target, ms), hasLeft: false }, abort),
  'weight-set': asItIs,
  'warm-up-left-out': asItIs,
  'warm-up-passed': (target, { ms }, { abort }) => afterWarmUp(took(target, ms), abort),
  'soak-passed': (target, { ms }, { abort }) => through(took(target, ms), abort),
  'step-failed': (target, { ms, step, why }, { abort }) =>
    failed(took(takenOffBefore(target, step, why), ms), step, why, abort),
  'called-back': (target) => putBack(target),
  decided: (target, { decision }) => ({ ...afterDecision(target, decision), decided: decision }),
} satisfies FactHandlers<TargetState>;

function asItIs(target: TargetState): TargetState {
  return target;
}

/** `look`: what was listed just before. */
export function deployBegun(
  target: TargetState,
  { attempt, directory, before }: FactOf<'deploy-began'>,
  look: Look | undefined,
  { at }: Pick<When, 'at'>,
): TargetState {
  return {
    ...running(target, attempt, at),
    valueBefore: target.valueBefore ?? before,
    deploy: {
      ...target.deploy,
      directory,
      isRunning: true,
      look,
      firstLook: target.deploy?.firstLook ?? look,
    },
    output: directory,
    registrations: target.registrations.map(forgiven).map(expected),
  };
}

function begun(target: TargetState, { attempt }: { readonly attempt: number }, { at }: When): TargetState {
  return running(target, attempt, at);
}

function afterDisable(target: TargetState): TargetState {
  return off({ ...target, isMeantOff: false, registrations: target.registrations.map(heldAsFound) });
}

/** What has a part of its weight warms up; what has all of it, because it had none or somebody gave it that, does not. */
function afterEnable(target: TargetState, abort: Rollout['abort']): TargetState {
  const isForward = target.course === 'forward';
  if (!isAnyLowered(target))
    return afterWarmUp(target.hasWarmUp && isForward ? passedOver(target, 'warm-up') : target, abort);
  return abort === undefined ? ready(target, 'warm-up') : givenBack(target);
}

/** Nothing begins after this one where everything is being put back: there is nothing to soak for. */
function afterWarmUp(target: TargetState, abort: Rollout['abort']): TargetState {
  // Called back, and not for good.
  if (target.course === 'put-back' && abort === undefined) return waitingAgain(target);
  return target.hasSoak && target.course === 'forward' && abort === undefined
    ? ready(target, 'soak')
    : through(target, abort);
}

function afterDeploy(target: TargetState, result: CommandResult, abort: Rollout['abort']): TargetState {
  const isUnrun = result.kind === 'never-began' || result.kind === 'not-started';
  const ran = isUnrun ? {} : { hasRun: true };
  const still = {
    ...target,
    ...(target.deploy && { deploy: { ...target.deploy, isRunning: false, ...ran } }),
  };
  const isGood = result.kind === 'exited' && result.code === 0;
  if (target.isLeaving) return ended({ ...still, isDeployed: isGood }, 'left-off');
  if (isUnrun && abort !== undefined)
    return aborted(failed(still, 'deploy', { kind: 'command', result }, undefined), abort);
  if (result.kind === 'never-began') return again(still, 'deploy');
  if (result.kind === 'lost') return failed(still, 'deploy', { kind: 'deploy-unknown' }, abort);
  const question = target.failure?.why;
  if (!isGood) {
    const retries = target.course === 'roll-back' ? target.retries.rollback : target.retries.deploy;
    return abort === undefined && question === undefined && isTriedAgain(still, retries, result)
      ? againByItself(still, 'deploy')
      : failed(still, 'deploy', { kind: 'command', result }, abort);
  }
  const deployed = { ...still, isDeployed: true };
  return question?.kind === 'wanted-on' || question?.kind === 'registered-twice'
    ? failed(deployed, 'check', question, abort)
    : ready(deployed, 'check');
}

function afterDecision(target: TargetState, decision: Decision): TargetState {
  const step = target.failure?.step ?? target.step;
  switch (decision) {
    case 'retry':
      return isOnAgainst(target) ? fromTheStart(target) : again(target, step);
    case 'retry-target':
      return fromTheStart(target);
    case 'leave-off':
      return leftOff(target, step);
    case 'put-on':
      return ready({ ...nextAttempt(target, 'enable'), course: 'put-on' }, 'enable');
    // The next check looks at who it is now.
    case 'take-new':
      return again(target, 'check');
    case 'take-as-done':
      return takenAsDone(passedOver(target, step), step);
    case 'roll-back':
      return rollBack(target);
  }
}

function takenAsDone(target: TargetState, step: StepName): TargetState {
  if (isHookStep(step)) return afterHook(ready(target, step), step);
  if (step === 'soak') return through({ ...ready(target, step), course: 'put-on' }, undefined);
  if (step === 'warm-up') return givenBack(target);
  // Who takes a drain as done says that those who still call may be cut off.
  return step === 'drain'
    ? ready({ ...target, isDrainSkipped: true, needsDrain: false }, 'deploy')
    : ready({ ...target, isDeployed: true }, 'check');
}

/** What is on goes off first. One that may not go off, or gets no weight back, is on, and that is as good as it gets. */
function leftOff(target: TargetState, step: StepName): TargetState {
  const isWatched = isWatchedOn(step);
  if (step === 'before-target') return ended(target, 'untouched');
  if (!isWatched && !isOnlyLowered(target)) return ended(target, leftAs(target));
  if (target.course === 'give-back') return ended(target, 'put-on');
  return isWatched || step === 'enable'
    ? ready({ ...nextAttempt(target, 'disable'), course: 'take-off' }, 'disable')
    : givenBack(target);
}

/** What was never taken off, or could not be, is not left off. */
function leftAs(target: TargetState): TargetResult {
  if (!isStillOn(target)) return 'left-off';
  return isUndeployed(target) ? 'untouched' : 'put-on';
}

/** It was on when it should not have been: it goes off first, whatever comes then. */
function isOnAgainst({ failure, step }: TargetState): boolean {
  const kind = failure?.why.kind;
  return kind === 'wanted-on' || (kind === 'registered-twice' && step !== 'enable');
}

/** What is off and drained is rolled back at once; what consumers may call goes off first. */
function rollBack(target: TargetState): TargetState {
  const isOut = target.registrations.every(({ mark }) => mark === 'off') && !target.needsDrain;
  const next = isOut ? again(target, 'deploy') : fromTheStart(target);
  return { ...next, course: 'roll-back', isDeployed: false };
}

/** Whether it listens to us or not: until it is proven, it may be gone because of us. */
function leaving(state: RegistrationState): RegistrationState {
  return state.mark === 'untouched' && !state.wasOff ? { ...state, mark: 'going-off' } : state;
}

/** Off before us: from now on it is ours to keep out all the same. */
function heldAsFound(state: RegistrationState): RegistrationState {
  return state.wasOff ? { ...state, mark: 'off' } : state;
}
