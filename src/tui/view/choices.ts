import { isWatchedOn } from '../../core/event/failure.ts';
import type { Decision } from '../../core/event/event-parts.ts';
import { type Rollout, mayRollBack } from '../../core/rollout/rollout.ts';
import { type TargetState, isOffByUs, isTakenOff } from '../../core/rollout/target-state.ts';

/** What may be decided about a target that is stuck, the likeliest first. */
export function choicesFor(target: TargetState, rollout: Rollout | undefined): readonly Decision[] {
  const usual = usualChoices(target);
  const hasRollback = usual.length > 0 && rollout !== undefined && mayRollBack(rollout, target);
  return hasRollback ? [...usual, 'roll-back'] : usual;
}

function usualChoices(target: TargetState): readonly Decision[] {
  const { failure } = target;
  if (failure === undefined) return [];
  if (isWatchedOn(failure.step)) return ['retry', 'take-as-done', 'leave-off', 'retry-target'];
  if (failure.step === 'before-target') return ['retry', 'take-as-done', 'leave-off'];
  switch (failure.why.kind) {
    case 'hook':
      // Or it could not be started, and that was seen before anything was written.
      return failure.step === 'disable'
        ? ['retry', 'leave-off']
        : ['retry', 'take-as-done', 'retry-target', 'leave-off', 'put-on'];
    case 'wanted-on':
      return ['retry', 'leave-off', 'put-on'];
    case 'deploy-unknown':
    case 'still-called':
      return ['retry', 'take-as-done', 'leave-off', 'put-on'];
    case 'somebody-else':
      return failure.why.found === undefined
        ? ['retry', 'leave-off', 'put-on']
        : ['take-new', 'retry', 'leave-off', 'put-on'];
    case 'refused':
      return isTakenOff(target) ? ['retry', 'put-on', 'leave-off'] : ['retry', 'leave-off'];
    default:
      return isOffByUs(target) || isTakenOff(target)
        ? ['retry', 'retry-target', 'leave-off', 'put-on']
        : ['retry', 'leave-off'];
  }
}
