import type { FactOf } from './event.ts';
import { type Rollout, type TargetState, targetOf } from './rollout.ts';
import { endpointText } from './service.ts';

/** The process is another one now. What we keep out is kept out there; it has not been seen off yet, so it counts as away. */
export function applyIdentified(rollout: Rollout, fact: FactOf<'identified'>): Rollout {
  const before = targetOf(rollout, fact.target);
  const { registrations } = fact;
  const { planned } = rollout;
  const targets = planned.plan.targets.map((one) => (one === before ? { ...before, registrations } : one));
  return {
    ...rollout,
    planned: { ...planned, plan: { ...planned.plan, targets } },
    targets: rollout.targets.map((state) =>
      state.name === fact.target
        ? {
            ...state,
            former: [...state.former, ...before.registrations],
            registrations: state.registrations.map((one) => ({
              ...one,
              isAway: true,
              wasAway: true,
              isUnsettled: false,
            })),
          }
        : state,
    ),
  };
}

export function withoutFormer(target: TargetState, fact: FactOf<'mark-cleared'>): TargetState {
  const former = target.former.filter((one) => endpointText(one) !== fact.instance);
  const marksLeft = fact.outcome === 'accepted' ? target.marksLeft : [...target.marksLeft, fact.instance];
  return { ...target, former, marksLeft };
}
