import type { FactOf } from './event.ts';
import { drainAgain, failed } from './apply-step.ts';
import { type Mark, type RegistrationState, type Rollout, type TargetState, untouched } from './rollout.ts';

type WriteFact =
  | FactOf<'write-began'>
  | FactOf<'write-ended'>
  | FactOf<'read-back'>
  | FactOf<'exposed'>
  | FactOf<'exposure-ended'>
  | FactOf<'went-away'>
  | FactOf<'came-back'>;

/** Facts about single registrations: what was written, what Nacos showed. */
export function applyWrite(target: TargetState, fact: WriteFact, abort: Rollout['abort']): TargetState {
  if (fact.type === 'write-ended' && fact.isFormer === true) return afterFormerWrite(target, fact);
  const changed = onRegistration(target, fact.registration, (state) => registrationAfter(state, fact));
  return fact.type === 'exposed' ? afterExposure({ ...changed, needsDrain: true }, fact, abort) : changed;
}

/** What it is now has nothing to do with a write to where it was. */
function afterFormerWrite(target: TargetState, fact: FactOf<'write-ended'>): TargetState {
  const isUnknown = fact.outcome === 'unknown';
  const former = target.former.map((one) =>
    one.index === fact.registration && one.isWriting
      ? { ...one, isWriting: false, isUnsettled: one.isUnsettled || isUnknown }
      : one,
  );
  return { ...target, former };
}

function registrationAfter(state: RegistrationState, fact: WriteFact): RegistrationState {
  switch (fact.type) {
    case 'write-began':
      return {
        ...state,
        mark: markAfterBegin(state.mark, fact.enabled),
        markBefore: state.mark,
        isWriting: true,
      };
    case 'write-ended':
      return {
        ...state,
        mark: fact.outcome === 'refused' ? state.markBefore : state.mark,
        isWriting: false,
        wasHeld: state.wasHeld || (fact.purpose === 'hold-absent' && fact.outcome !== 'refused'),
        isUnsettled: state.isUnsettled || fact.outcome === 'unknown',
      };
    case 'read-back':
      return fact.enabled ? { ...untouched } : { ...state, mark: 'off', isExposed: false };
    case 'exposed':
      return {
        ...state,
        isAway: false,
        isExposed: true,
        exposures: state.exposures + (fact.wasAway ? 0 : 1),
      };
    case 'went-away':
      return { ...state, isAway: true, wasAway: true };
    case 'came-back':
      // Back and on is an exposure, which is told next: a crash in between must not make a person's doing of it.
      return { ...state, isAway: fact.isEnabled };
    case 'exposure-ended':
      return { ...state, isExposed: false };
  }
}

function markAfterBegin(mark: Mark, enabled: boolean): Mark {
  if (enabled) return mark === 'untouched' ? mark : 'coming-on';
  return mark === 'off' ? 'off' : 'going-off';
}

/** Consumers may have called it again: a drain starts anew; a second time without having been away, a person wants it on. */
function afterExposure(target: TargetState, fact: FactOf<'exposed'>, abort: Rollout['abort']): TargetState {
  const isWantedOn = !fact.wasAway && (target.registrations[fact.registration]?.exposures ?? 0) >= 2;
  if (isWantedOn) {
    const wantedOn = { kind: 'wanted-on', instance: target.name } as const;
    if (target.phase === 'ended') return { ...target, failure: { step: target.step, why: wantedOn } };
    // A command that runs comes to its end first: nobody takes half a deploy back.
    return target.deploy?.isRunning === true
      ? { ...target, failure: { step: 'deploy', why: wantedOn } }
      : failed(target, target.step, wantedOn, abort);
  }
  return drainAgain(target);
}

function onRegistration(
  target: TargetState,
  index: number,
  change: (state: RegistrationState) => RegistrationState,
): TargetState {
  if (target.registrations[index] === undefined)
    throw new Error(`${target.name} has no registration ${index}`);
  return {
    ...target,
    registrations: target.registrations.map((state, at) => (at === index ? change(state) : state)),
  };
}
