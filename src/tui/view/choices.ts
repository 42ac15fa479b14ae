import type { Decision } from '../../core/event.ts';
import type { TargetState } from '../../core/rollout.ts';
import { isOffByUs } from '../../core/rollout.ts';

/** What may be decided about a target that is stuck, the likeliest first. */
export function choicesFor(target: TargetState): readonly Decision[] {
  const { failure } = target;
  if (failure === undefined) return [];
  switch (failure.why.kind) {
    case 'wanted-on':
      return ['retry', 'leave-off', 'put-on'];
    case 'deploy-unknown':
      return ['retry', 'take-as-done', 'leave-off', 'put-on'];
    case 'refused':
      return ['retry', 'leave-off'];
    default:
      return isOffByUs(target) ? ['retry', 'retry-target', 'leave-off', 'put-on'] : ['retry', 'leave-off'];
  }
}
