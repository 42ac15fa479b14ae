/** What a warm-up took of a weight and did not give back, as journals tell it: whoever writes to it next gives it back. */
import type { Plan, Registration } from '../plan/plan.ts';
import { type NacosAddress, isSameNacos } from '../registry/same-nacos.ts';
import { type InstanceId, instanceKey } from '../registry/service.ts';
import { type Rollout, targetOf } from '../rollout/rollout.ts';
import { type Lowered, isOurs } from '../rollout/target-state.ts';

/** Looks through journals, newest first. Only those that reached this Nacos speak of it. */
export function partLeft(
  rollouts: readonly Rollout[],
  nacos: NacosAddress,
  instance: InstanceId,
): Lowered | undefined {
  const key = instanceKey(instance);
  for (const rollout of rollouts.filter(({ planned }) => isSameNacos(planned.reached, nacos)))
    for (const { name, registrations } of rollout.targets) {
      const planned = targetOf(rollout, name).registrations;
      const state = registrations.find((one, index) => {
        const registration = planned[index];
        return registration !== undefined && isOurs(one) && instanceKey(registration) === key;
      });
      if (state?.lowered !== undefined) return state.lowered;
    }
  return undefined;
}

/** To be put on with the whole of it. */
export function withWhole(registration: Registration, part: Lowered | undefined): Registration {
  return part === undefined ? registration : { ...registration, weight: part.full, parts: [...part.written] };
}

/** A plan of what is listed now: a weight that is such a part is not taken for the whole. */
export function planWhole(plan: Plan, rollouts: readonly Rollout[], nacos: NacosAddress): Plan {
  const whole = (one: Registration): Registration => {
    const part = partLeft(rollouts, nacos, one);
    return part?.written.includes(one.weight) === true ? withWhole(one, part) : one;
  };
  return {
    ...plan,
    targets: plan.targets.map((target) => ({ ...target, registrations: target.registrations.map(whole) })),
  };
}
