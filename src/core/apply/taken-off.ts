/** What somebody else took off since the plan was made, as the guard saw it when its turn came. */
import type { Failure, StepName } from '../event/failure.ts';
import type { RegistrationState, TargetState } from '../rollout/target-state.ts';

/** Older journals do not say which of them it was: whatever we had not touched. */
export function takenOffBefore(target: TargetState, step: StepName, why: Failure): TargetState {
  if (step !== 'disable' || why.kind !== 'refused') return target;
  const places = why.refusals.flatMap((one) => (one.kind === 'taken-off' ? [one.registration] : []));
  if (places.length === 0) return target;
  const isMeant = ({ mark, wasOff }: RegistrationState, index: number): boolean =>
    places.includes(index) || (places.includes(undefined) && mark === 'untouched' && !wasOff);
  const registrations = target.registrations.map((state, index) =>
    isMeant(state, index) ? { ...state, isTakenOff: true as const } : state,
  );
  return { ...target, registrations };
}

export function unseen({ isTakenOff: _told, ...state }: RegistrationState): RegistrationState {
  return state;
}
