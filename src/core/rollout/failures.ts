import { type Rollout, planOf } from './rollout.ts';
import { type TargetState, failedSteps, fellShort, isActive } from './target-state.ts';

/** How many targets are not on with what was to be released, whoever decided so; those that wait for a decision too. */
export function failureCount({ targets }: Rollout): number {
  return targets.filter(
    (target) =>
      target.phase === 'stuck' || target.result === 'left-off' || fellShort(target) || isGivenUp(target),
  ).length;
}

/** It was decided that it will not be on with what was to be released, and is on its way there. */
function isGivenUp(target: TargetState): boolean {
  const { course } = target;
  if (!isActive(target)) return false;
  if (course === 'put-on' || course === 'give-back') return failedSteps(target).length > 0;
  return course === 'take-off' || course === 'roll-back';
}

/** Whether more failed than the plan goes on with. */
export function isBeyondFailures(rollout: Rollout): boolean {
  const { maxFailures } = planOf(rollout);
  return maxFailures !== undefined && failureCount(rollout) > maxFailures;
}
