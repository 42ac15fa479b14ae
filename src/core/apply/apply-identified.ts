import type { FactOf } from '../event/event.ts';
import type { Registration } from '../plan/plan.ts';
import { type Rollout, targetOf, targetState } from '../rollout/rollout.ts';
import { type Former, type RegistrationState, type TargetState, untouched } from '../rollout/target-state.ts';
import { isNamed, isSamePlace } from '../registry/service.ts';

/**
 * The process is another one now, or registers in another spelling. What we keep out is kept out there; it has not been
 * seen off yet, so it counts as away.
 */
export function applyIdentified(rollout: Rollout, fact: FactOf<'identified'>): Rollout {
  const before = targetOf(rollout, fact.target);
  const { planned } = rollout;
  const registrations = fact.registrations.map((one, index) => {
    const registration = before.registrations[index];
    return registration !== undefined && isSamePlace(one, registration) ? registration : one;
  });
  const hasMoved = (index: number): boolean => registrations[index] !== before.registrations[index];
  const former = targetState(rollout, fact.target).registrations.flatMap(
    (state, index): readonly Former[] => {
      const registration = before.registrations[index];
      const { mark, isWriting, isUnsettled } = state;
      // Where nothing was ever written no mark of ours is left.
      const isUntouched = mark === 'untouched' && !isWriting && !isUnsettled;
      if (registration === undefined || !hasMoved(index) || isUntouched) return [];
      return [{ registration, index, isWriting, isUnsettled }];
    },
  );
  const targets = planned.plan.targets.map((one) => (one === before ? { ...before, registrations } : one));
  return {
    ...rollout,
    planned: { ...planned, plan: { ...planned.plan, targets } },
    targets: rollout.targets.map((state) =>
      state.name === fact.target
        ? {
            ...state,
            // Where it is again, nothing is to be taken back.
            former: [...state.former, ...former].filter(
              (one) => !registrations.some((now) => isSamePlace(now, one.registration)),
            ),
            registrations: state.registrations.map((one, index) =>
              hasMoved(index) ? movedFrom(one, formerAt(state, registrations[index])) : one,
            ),
          }
        : state,
    ),
  };
}

function formerAt(state: TargetState, registration: Registration | undefined): Former | undefined {
  return state.former.find(
    (one) => registration !== undefined && isSamePlace(one.registration, registration),
  );
}

/** `before`: the writes to where it is now, if it was there before. */
function movedFrom(
  { lowered: _there, readBackAt: _then, readBackWeight: _with, ...state }: RegistrationState,
  before: Former | undefined,
): RegistrationState {
  // Its weight was lowered where it was.
  const mark = state.mark === 'lowered' ? 'untouched' : state.mark;
  const isOut = mark !== 'untouched';
  return {
    ...state,
    mark,
    isAway: isOut,
    wasAway: state.wasAway || isOut,
    isWriting: before?.isWriting ?? false,
    isUnsettled: before?.isUnsettled ?? false,
    isExposed: false,
  };
}

/** Ours to keep out, and not seen off yet: as one whose process came back under another address, it counts as away. */
const newcomer: RegistrationState = {
  ...untouched,
  mark: 'off',
  markBefore: 'off',
  isAway: true,
  wasAway: true,
};

/** What registered beside a target is its own from now on, behind what it has. */
export function applyJoined(rollout: Rollout, fact: FactOf<'joined'>): Rollout {
  const before = targetOf(rollout, fact.target);
  const { planned } = rollout;
  const after = { ...before, registrations: [...before.registrations, ...fact.registrations] };
  const targets = planned.plan.targets.map((one) => (one === before ? after : one));
  return {
    ...rollout,
    planned: { ...planned, plan: { ...planned.plan, targets } },
    targets: rollout.targets.map((state) =>
      state.name === fact.target
        ? { ...state, registrations: [...state.registrations, ...fact.registrations.map(() => newcomer)] }
        : state,
    ),
  };
}

export function withDropped(target: TargetState, { registrations }: FactOf<'dropped'>): TargetState {
  return {
    ...target,
    registrations: target.registrations.map((state, index) =>
      registrations.includes(index) ? { ...state, isDropped: true } : state,
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
