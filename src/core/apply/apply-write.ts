import type { FactOf } from '../event/event.ts';
import type { FactHandlers, When } from './fact-handlers.ts';
import { drainAgain, expected, failed } from './transitions.ts';
import { type Rollout } from '../rollout/rollout.ts';
import {
  type Mark,
  type RegistrationState,
  type TargetState,
  isHeld,
  untouched,
} from '../rollout/target-state.ts';
import { type Failure } from '../event/failure.ts';

const afterOwnWrite = onRegistration<FactOf<'write-ended'>>((state, { outcome, purpose, enabled }) => ({
  // What an earlier rollout took of its weight it lacks still where it could not be taken off.
  ...(outcome === 'refused' && enabled && state.markBefore === 'untouched' ? withoutLowered(state) : state),
  mark: outcome === 'refused' ? state.markBefore : state.mark,
  isWriting: false,
  wasHeld: state.wasHeld || (purpose === 'hold-absent' && outcome !== 'refused'),
  isUnsettled: state.isUnsettled || outcome === 'unknown',
}));

const shownOn = onRegistration<FactOf<'exposed'>>((state, { wasAway, isLate, isWanted }) => ({
  ...state,
  isAway: false,
  isExposed: true,
  // What may go off is about to.
  isUnseen: state.isUnseen === true && isWanted === true,
  exposures: state.exposures + (wasAway || isLate === true ? 0 : 1),
}));

const began = onRegistration<FactOf<'write-began'>>((state, { enabled, weight, fullWeight }) => ({
  ...state,
  mark: markAfterBegin(state.mark, enabled, fullWeight !== undefined),
  markBefore: state.mark,
  isWriting: true,
  ...(fullWeight !== undefined && {
    lowered: { full: fullWeight, written: writtenWith(state, weight) },
  }),
}));

/** Facts about single registrations: what was written, what Nacos showed. */
export const writeHandlers = {
  'write-began': (target, fact, when) =>
    fact.enabled ? onItsWayBack(began(target, fact, when)) : began(target, fact, when),
  'write-ended': (target, fact, when) =>
    fact.isFormer === true ? afterFormerWrite(target, fact) : afterOwnWrite(target, fact, when),
  'read-back': onRegistration((state, { enabled, weight }, { at: readBackAt }) => ({
    ...(enabled ? provenOn(state, weight) : { ...state, mark: 'off', isExposed: false, isUnseen: false }),
    readBackAt,
    ...(enabled && weight !== undefined && { readBackWeight: weight }),
  })),
  // Noted only when no write of ours may still be applied.
  'weight-overridden': onRegistration((state) =>
    state.mark === 'lowered'
      ? { ...untouched, ...(state.readBackAt !== undefined && { readBackAt: state.readBackAt }) }
      : withoutLowered(state),
  ),
  exposed: (target, fact, when) =>
    afterExposure({ ...shownOn(target, fact, when), needsDrain: true }, fact, when.abort),
  'exposure-ended': onRegistration((state) => ({ ...state, isExposed: false })),
  unwatched: (target) => drainAgain(target),
  'went-away': onRegistration((state) => ({ ...state, isAway: true, wasAway: true })),
  // Back and on is an exposure, which is told next: a crash in between must not make a person's doing of it.
  'came-back': onRegistration((state, { isEnabled }) => ({ ...expected(state), isAway: isEnabled })),
} satisfies FactHandlers<TargetState>;

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

/** Consumers may call it from now on: it drains before the next deploy, whatever comes in between. */
function onItsWayBack(target: TargetState): TargetState {
  return { ...target, needsDrain: true };
}

/** With all of its weight it is as we found it. A part of it that may still be applied is waited for before the next write. */
function provenOn(state: RegistrationState, weight: number | undefined): RegistrationState {
  const { lowered, isUnsettled, isCutOff = false, isDropped } = state;
  if (lowered === undefined || weight === undefined || weight >= lowered.full)
    return isDropped === undefined ? untouched : { ...untouched, isDropped };
  return { ...untouched, mark: 'lowered', markBefore: 'lowered', lowered, isUnsettled, isCutOff };
}

/** The last one last. */
function writtenWith({ lowered }: RegistrationState, weight: number): readonly number[] {
  return [...(lowered?.written ?? []).filter((one) => one !== weight), weight];
}

function withoutLowered({ lowered: _gone, ...state }: RegistrationState): RegistrationState {
  return state;
}

function markAfterBegin(mark: Mark, enabled: boolean, isPart: boolean): Mark {
  if (enabled) return isHeld(mark) ? 'coming-on' : isPart ? 'lowered' : mark;
  return mark === 'off' ? 'off' : 'going-off';
}

/** Consumers may have called it again: a drain starts anew, unless a person is to be asked. */
function afterExposure(target: TargetState, fact: FactOf<'exposed'>, abort: Rollout['abort']): TargetState {
  const why = questionAfter(target, fact);
  if (why === undefined) return drainAgain(target);
  if (target.phase === 'ended') return { ...target, failure: { step: target.step, why } };
  // A command that runs comes to its end first: nobody takes half a deploy back.
  return target.deploy?.isRunning === true || target.hook?.isRunning === true
    ? { ...target, failure: { step: target.step, why } }
    : failed(target, target.step, why, abort);
}

/** Two clients have it, and one weight would be lost; or, a second time without having been away, somebody wants it on. */
function questionAfter(
  { name, registrations }: TargetState,
  { twins, wasAway, isLate, isWanted, registration }: FactOf<'exposed'>,
): Failure | undefined {
  if (twins !== undefined) return { kind: 'registered-twice', instance: name, twins };
  const isAgain = !wasAway && isLate !== true && (registrations[registration]?.exposures ?? 0) >= 2;
  if (isWanted === true) return { kind: 'wanted-on', instance: name, isFound: true };
  return isAgain ? { kind: 'wanted-on', instance: name } : undefined;
}

function onRegistration<About extends { readonly registration: number }>(
  change: (state: RegistrationState, fact: About, when: When) => RegistrationState,
): (target: TargetState, fact: About, when: When) => TargetState {
  return (target, fact, when) => {
    if (target.registrations[fact.registration] === undefined)
      throw new Error(`${target.name} has no registration ${fact.registration}`);
    const registrations = target.registrations.map((state, at) =>
      at === fact.registration ? change(state, fact, when) : state,
    );
    return { ...target, registrations };
  };
}
