import {
  type TargetState,
  isActive,
  isBeforeCheck,
  isHeldOff,
  isOffByUs,
  isTakenOff,
  isUndeployed,
} from '../rollout/target-state.ts';
import { ended, givenBack, putBack, resultOfCourse } from './transitions.ts';
import { isOnlyLowered } from '../rollout/warm-up.ts';

/** What becomes of a target when the rollout is to end. What is under way and nobody can take back ends first. */
export function aborted(target: TargetState, how: 'put-back' | 'leave'): TargetState {
  if (target.phase === 'waiting') return ended(target, 'untouched');
  if (!isActive(target)) return target;
  // Nobody takes half a command back.
  if (target.hook?.isRunning === true) return target;
  if (target.step === 'before-target') return ended(target, 'untouched');
  // It is on, and only waited for.
  if (target.step === 'soak' || target.step === 'after-target')
    return ended(target, target.phase === 'stuck' ? 'put-on' : resultOfCourse[target.course]);
  // On too: what we took of its weight we give back, well or not.
  if (isOnlyLowered(target)) return givenBack(target);
  if (target.deploy?.isRunning === true) return how === 'leave' ? { ...target, isLeaving: true } : target;
  // Somebody else took it off, and it is not ours to put back; what a person has put on comes on.
  if (isTakenOff(target)) return target.course === 'put-on' ? target : ended(target, 'left-off');
  if (how === 'leave') return ended(target, isLeftOff(target) ? 'left-off' : 'untouched');
  // What an earlier rollout left off runs what failed, until a command of ours is through.
  if (isUndeployed(target)) return target.isLeft === true ? ended(target, 'left-off') : putBack(target);
  if (isBeforeCheck(target)) return ended(target, 'left-off');
  // Something was deployed: only a check that passes brings it back; a person was asked and said no more than "abort".
  return target.phase === 'stuck' ? ended(target, 'left-off') : target;
}

/** By us; or it was off before us, and what may have been deployed on it is to stay off. */
function isLeftOff(target: TargetState): boolean {
  return isOffByUs(target) || (isHeldOff(target) && target.deploy !== undefined);
}
