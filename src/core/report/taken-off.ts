import { type Rollout, isOurs, targetOf } from '../rollout/rollout.ts';
import { type NacosAddress, isSameNacos } from '../registry/same-nacos.ts';
import { type InstanceId, instanceKey } from '../registry/service.ts';

/** Which rollout of ours took an instance off and has not put it back. */
export type TakenOff = { readonly rollout: string; readonly by: string; readonly at: string };

/** Looks through journals, newest first. Only those that reached this Nacos speak of it. */
export function takenOff(
  rollouts: readonly Rollout[],
  nacos: NacosAddress,
  instance: InstanceId,
): TakenOff | undefined {
  for (const rollout of rollouts) {
    const isHere = isSameNacos(rollout.planned.reached, nacos);
    const target = isHere ? rollout.targets.find((one) => hasOff(rollout, one, instance)) : undefined;
    if (target === undefined) continue;
    const at = target.steps.disable.beganAt ?? rollout.plannedAt;
    return { rollout: rollout.id, by: rollout.planned.by, at };
  }
  return undefined;
}

function hasOff(rollout: Rollout, target: Rollout['targets'][number], instance: InstanceId): boolean {
  const planned = targetOf(rollout, target.name).registrations;
  return target.registrations.some((state, index) => {
    const registration = planned[index];
    return isOurs(state) && registration !== undefined && instanceKey(registration) === instanceKey(instance);
  });
}
