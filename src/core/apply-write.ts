import type { FactOf } from './event.ts';
import { nextAttempt, stuckAt } from './apply-step.ts';
import { type Mark, type RegistrationState, type TargetState, untouched } from './rollout.ts';

type WriteFact =
  | FactOf<'write-began'>
  | FactOf<'write-ended'>
  | FactOf<'read-back'>
  | FactOf<'exposed'>
  | FactOf<'exposure-ended'>
  | FactOf<'went-away'>
  | FactOf<'came-back'>;

/** Facts about single registrations: what was written, what Nacos showed. */
export function applyWrite(target: TargetState, fact: WriteFact): TargetState {
  const changed = onRegistration(target, fact.registration, (state) => registrationAfter(state, fact));
  return fact.type === 'exposed' ? afterExposure({ ...changed, needsDrain: true }, fact) : changed;
}

function registrationAfter(state: RegistrationState, fact: WriteFact): RegistrationState {
  switch (fact.type) {
    case 'write-began':
      return { ...state, mark: markAfterBegin(state.mark, fact.enabled), isWriting: true };
    case 'write-ended':
      return {
        ...state,
        mark: fact.outcome === 'refused' ? markAfterRefusal(state, fact) : state.mark,
        isWriting: false,
        isUnsettled: state.isUnsettled || fact.outcome === 'unknown',
      };
    case 'read-back':
      return fact.enabled ? { ...untouched } : { ...state, mark: 'off' };
    case 'exposed':
      return fact.wasAway ? state : { ...state, exposures: state.exposures + 1 };
    case 'went-away':
      return { ...state, isAway: true, wasAway: true };
    case 'came-back':
      return { ...state, isAway: false };
    case 'exposure-ended':
      return state;
  }
}

function markAfterBegin(mark: Mark, enabled: boolean): Mark {
  if (enabled) return mark === 'untouched' ? mark : 'coming-on';
  return mark === 'off' ? 'off' : 'going-off';
}

function markAfterRefusal(state: RegistrationState, fact: FactOf<'write-ended'>): Mark {
  if (fact.enabled) return state.mark === 'coming-on' ? 'off' : state.mark;
  // An earlier write of unknown fate may still have taken it off.
  return state.mark === 'going-off' && !state.isUnsettled ? 'untouched' : state.mark;
}

/** Consumers may have called it again: a drain starts anew; a second time without having been away, a person wants it on. */
function afterExposure(target: TargetState, fact: FactOf<'exposed'>): TargetState {
  const isWantedOn = !fact.wasAway && (target.registrations[fact.registration]?.exposures ?? 0) >= 2;
  if (isWantedOn && target.phase !== 'ended') {
    const wantedOn = { kind: 'wanted-on', instance: target.name } as const;
    // A command that runs comes to its end first: nobody takes half a deploy back.
    return target.deploy?.isRunning === true
      ? { ...target, failure: { step: 'deploy', why: wantedOn } }
      : stuckAt(target, target.step, wantedOn);
  }
  const isBeforeDeploy = target.step === 'drain' || (target.step === 'deploy' && target.phase === 'ready');
  if (!isBeforeDeploy || target.phase === 'stuck' || target.phase === 'ended') return target;
  return { ...nextAttempt(target, 'drain'), step: 'drain', phase: 'ready', isDrainSkipped: false };
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
