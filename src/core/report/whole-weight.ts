/** What a warm-up took of a weight and did not give back, as journals tell it: whoever writes to it next gives it back. */
import type { Plan, Registration } from '../plan/plan.ts';
import { type NacosAddress, isSameNacos } from '../registry/same-nacos.ts';
import { type InstanceId, instanceKey } from '../registry/service.ts';
import { type Rollout, targetOf } from '../rollout/rollout.ts';
import { type Lowered, type RegistrationState, isOurs } from '../rollout/target-state.ts';
import { answersFor } from '../rollout/warm-up.ts';

/** With the rollout that left it so. */
export type PartLeft = Lowered & { readonly rollout: string };

/** Looks through journals, newest first. Only those that reached this Nacos speak of it. */
export function partLeft(
  rollouts: readonly Rollout[],
  nacos: NacosAddress,
  instance: InstanceId,
): PartLeft | undefined {
  const key = instanceKey(instance);
  const later: RegistrationState[] = [];
  for (const rollout of rollouts.filter(({ planned }) => isSameNacos(planned.reached, nacos)))
    for (const { name, registrations } of rollout.targets) {
      const planned = targetOf(rollout, name).registrations;
      const at = planned.findIndex((one) => instanceKey(one) === key);
      const state = registrations[at];
      if (state === undefined) continue;
      const { lowered, readBackAt: seenAt = '' } = state;
      const isGivenBack = (one: RegistrationState): boolean =>
        lowered !== undefined && answersFor(one, lowered, (one.readBackAt ?? '') > seenAt);
      if (lowered !== undefined && isOurs(state) && !later.some(isGivenBack))
        return { ...lowered, rollout: rollout.id };
      later.push(state);
    }
  return undefined;
}

/** To be put on with the whole of it. */
export function withWhole(registration: Registration, part: Lowered | undefined): Registration {
  return part === undefined ? registration : { ...registration, weight: part.full, parts: [...part.written] };
}

/** A plan of what is listed now: a weight that is such a part is not taken for the whole. */
export function planWhole(plan: Plan, partOf: (instance: InstanceId) => Lowered | undefined): Plan {
  const whole = (one: Registration): Registration => {
    const part = partOf(one);
    return part?.written.includes(one.weight) === true ? withWhole(one, part) : one;
  };
  return {
    ...plan,
    targets: plan.targets.map((target) => ({ ...target, registrations: target.registrations.map(whole) })),
  };
}
