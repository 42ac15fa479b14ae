import { type Rollout, planOf } from './rollout.ts';
import { fellShort } from './target-state.ts';

/** How many targets are not on with what was to be released, whoever decided so; those that wait for a decision too. */
export function failureCount({ targets }: Rollout): number {
  return targets.filter(
    (target) => target.phase === 'stuck' || target.result === 'left-off' || fellShort(target),
  ).length;
}

/** Whether more failed than the plan goes on with. */
export function isBeyondFailures(rollout: Rollout): boolean {
  const { maxFailures } = planOf(rollout);
  return maxFailures !== undefined && failureCount(rollout) > maxFailures;
}
