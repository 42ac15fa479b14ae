import { type Rollout, planOf } from './rollout.ts';
import { type InstanceId, instanceKey } from '../registry/service.ts';

/** Whether it is a target's, or was and a mark of ours may still be there: nobody new. */
export function isKnown(rollout: Rollout, instance: InstanceId): boolean {
  const key = instanceKey(instance);
  return (
    planOf(rollout).targets.some(({ registrations }) =>
      registrations.some((one) => instanceKey(one) === key),
    ) ||
    rollout.targets.some(({ former }) => former.some(({ registration }) => instanceKey(registration) === key))
  );
}
