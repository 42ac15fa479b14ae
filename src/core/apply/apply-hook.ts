import { aborted } from './abort.ts';
import type { FactOf } from '../event/event.ts';
import type { When } from './fact-handlers.ts';
import type { Rollout } from '../rollout/rollout.ts';
import type { TargetState } from '../rollout/target-state.ts';
import {
  again,
  againByItself,
  ended,
  failed,
  isTriedAgain,
  passedOver,
  ready,
  resultOfCourse,
  running,
  took,
  toStep,
} from './transitions.ts';

export function hookBegun(
  target: TargetState,
  { attempt, directory }: FactOf<'hook-began'>,
  { at }: When,
): TargetState {
  return {
    ...running(target, attempt, at),
    hook: { directory, isRunning: true, isStale: false },
    output: directory,
  };
}

export function hookEnded(
  target: TargetState,
  { step, ms, result }: FactOf<'hook-ended'>,
  { abort }: When,
): TargetState {
  const { hook } = target;
  const still = { ...took(target, ms), ...(hook && { hook: { ...hook, isRunning: false } }) };
  const isGood = result.kind === 'exited' && result.code === 0;
  // It had to come to its end first.
  if (abort !== undefined)
    return aborted(
      isGood ? ready(still, step) : failed(still, step, { kind: 'hook', result }, undefined),
      abort,
    );
  const question = target.failure?.why;
  if (question !== undefined) return failed(still, step, question, undefined);
  if (result.kind === 'never-began') return again(still, step);
  if (!isGood) return afterBadHook(still, step, result);
  return hook?.isStale === true ? again(still, step) : afterHook(still, step);
}

function afterBadHook(
  target: TargetState,
  step: FactOf<'hook-ended'>['step'],
  result: FactOf<'hook-ended'>['result'],
): TargetState {
  const { retries = 0, mayFail = false } = target.hooks[step] ?? {};
  if (isTriedAgain(target, retries, result)) return againByItself(target, step);
  // Who stopped it wants nothing to go on.
  if (!mayFail || result.kind === 'killed') return failed(target, step, { kind: 'hook', result }, undefined);
  return target.hook?.isStale === true ? again(target, step) : afterHook(passedOver(target, step), step);
}

/** What a hook stood before. */
export function afterHook(target: TargetState, step: FactOf<'hook-ended'>['step']): TargetState {
  switch (step) {
    case 'before-target':
      return ready(target, 'disable');
    case 'after-disable':
      return target.course === 'take-off' ? ended(target, 'left-off') : ready(target, 'drain');
    case 'after-target':
      return ended(target, resultOfCourse[target.course]);
  }
}

/** It is off: consumers may be told before it drains. */
export function off(target: TargetState): TargetState {
  return target.hooks['after-disable'] === undefined
    ? afterHook(target, 'after-disable')
    : toStep(target, 'after-disable');
}

/** It is on, and nothing of it is to be watched any more. Nothing begins after this where everything is being put back. */
export function through(target: TargetState, abort: Rollout['abort']): TargetState {
  const isThrough = target.course !== 'put-back' && target.course !== 'give-back';
  return isThrough && abort === undefined && target.hooks['after-target'] !== undefined
    ? toStep(target, 'after-target')
    : ended(target, resultOfCourse[target.course]);
}
