import type { FactOf } from './event.ts';
import { type Rollout, type TargetState, planOf, targetOf, targetState } from './rollout.ts';
import { type InstanceId, instanceKey, isNamed } from '../registry/service.ts';

/** The process is another one now. What we keep out is kept out there; it has not been seen off yet, so it counts as away. */
export function applyIdentified(rollout: Rollout, fact: FactOf<'identified'>): Rollout {
  const before = targetOf(rollout, fact.target);
  const { registrations } = fact;
  const { planned } = rollout;
  const former = targetState(rollout, fact.target).registrations.flatMap((state, index) => {
    const registration = before.registrations[index];
    const { isWriting, isUnsettled } = state;
    return registration === undefined ? [] : [{ registration, index, isWriting, isUnsettled }];
  });
  const targets = planned.plan.targets.map((one) => (one === before ? { ...before, registrations } : one));
  return {
    ...rollout,
    planned: { ...planned, plan: { ...planned.plan, targets } },
    targets: rollout.targets.map((state) =>
      state.name === fact.target
        ? {
            ...state,
            former: [...state.former, ...former],
            registrations: state.registrations.map((one) => ({
              ...one,
              isAway: true,
              wasAway: true,
              isWriting: false,
              isUnsettled: false,
              isExposed: false,
            })),
          }
        : state,
    ),
  };
}

export function withoutFormer(target: TargetState, fact: FactOf<'mark-cleared'>): TargetState {
  // Two services may know one ip and port; they are cleared one after the other.
  const cleared = target.former.findIndex((one) => isNamed(one.registration, fact.instance));
  const former = target.former.filter((_, index) => index !== cleared);
  const marksLeft = fact.outcome === 'accepted' ? target.marksLeft : [...target.marksLeft, fact.instance];
  return { ...target, former, marksLeft };
}

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
