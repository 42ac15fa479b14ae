import { frame } from '../screens/frame.ts';
import { type CommandName, type CommandOf, commandFor, isTypingPlace, keyOf } from '../keys/keymap.ts';
import { type KeyPress, isChunk } from '../model/key-press.ts';
import type { Model } from '../model/model.ts';
import type { Notice } from '../model/notice.ts';
import { focusedPane, paneView } from '../panes/layouts.ts';
import { type Place, type PlaceName, isOverlay } from '../model/place.ts';
import { front, opened } from '../model/navigation.ts';
import { connectingActs } from './acts/connecting-acts.ts';
import { instanceActs } from './acts/instance-acts.ts';
import { interrupted, quitAsked } from './acts/leave.ts';
import { type Motion, isMotion, moved } from './acts/move.ts';
import { paneActs } from './acts/pane-acts.ts';
import { offerActs } from './acts/offer-acts.ts';
import { orderActs, reviewActs } from './acts/planning-acts.ts';
import { formActs, profileActs } from './acts/profile-acts.ts';
import { overlayActs } from './acts/overlay-acts.ts';
import { chosen, paletteOpened } from './palette-acts.ts';
import { rolloutActs } from './acts/rollout-acts.ts';
import { doctorActs, withDoctor } from './stay/doctor-acts.ts';
import { rolloutsActs, withRollouts } from './stay/rollouts-acts.ts';
import { serviceActs } from './acts/service-acts.ts';
import { type Act, type Step, and, noticed, stay } from './acts/transition.ts';
import { typed } from './acts/typing.ts';
import { copyable } from '../keys/copyable.ts';

type Common =
  | Motion
  | keyof typeof paneActs
  | 'rollouts'
  | 'doctor'
  | 'tour'
  | 'palette'
  | 'go'
  | 'help'
  | 'copy'
  | 'freeze'
  | 'language'
  | 'quit'
  | 'interrupt';

/** What each command does, for every place. A command of the keymap without an act does not compile. */
const acts: { readonly [Name in PlaceName]: Readonly<Record<Exclude<CommandOf<Name>, Common>, Act>> } = {
  offer: offerActs,
  profiles: profileActs,
  connecting: connectingActs,
  'profile-form': formActs,
  services: serviceActs,
  instances: instanceActs,
  order: orderActs,
  review: reviewActs,
  rollouts: rolloutsActs,
  doctor: doctorActs,
  rollout: rolloutActs,
  ...overlayActs,
};

/** What a key does: the command of the front place, a character of its field, or nothing, with the reason. */
export function pressed(model: Model, press: KeyPress): Step {
  // Any key lets it go on, and does nothing else.
  if (model.frozen !== undefined && press.name !== 'ctrl-c') return stay({ ...model, frozen: undefined });
  const { question, ...asked } = model;
  if (question !== undefined) return isForGone(model, question, press) ? stay(model) : pressed(asked, press);
  const place = front(model);
  const command = commandFor(model, place.name, press.name);
  if (command === undefined && isTypingPlace(place.name)) return typedAhead(model, place, press);
  if (command === undefined) return stay(noticed(model, whyNothing(model, place, press)));
  const quiet = noticed(model, undefined);
  if (isStarting(model, place) && !isHarmless(command.name))
    return stay(noticed(model, { kind: 'off', reason: 'starting' }));
  if (command.name === 'back' && fillsScreen(model, place)) return paneActs.zoom(quiet);
  const reason = command.off?.(model);
  if (reason !== undefined) return stay(noticed(model, { kind: 'off', reason }));
  if (command.name === 'copy') return copied(model);
  if (command.name === 'go') return chosen(quiet, (there, name) => pressed(there, { name }));
  return act(quiet, place.name, command.name);
}

/** A pane that fills the screen is left first. */
function fillsScreen(model: Model, place: Place): boolean {
  return paneView(place).isZoomed && focusedPane(model, place) !== undefined;
}

/** What is said is copied too, so it is not silenced first. */
function copied(model: Model): Step {
  const text = copyable(model);
  return text === undefined ? stay(model) : and(model, { kind: 'copy', text });
}

/** How long after a question was settled a key may still be meant for it. */
const goneForMs = 5_000;

/** A key that was on its way when its question was closed: it is the answer to nothing. */
function isForGone(model: Model, question: NonNullable<Model['question']>, press: KeyPress): boolean {
  const isLate = model.now.monotonicMs - question.goneAtMs > goneForMs;
  return !isLate && press.name !== 'ctrl-c' && commandFor(model, question.place, press.name) !== undefined;
}

function whyNothing(model: Model, place: Place, press: KeyPress): Notice {
  if (isChunk(press)) return { kind: 'paste-dropped' };
  if (isStarting(model, place)) return { kind: 'off', reason: 'starting' };
  return unknown(model, place, press);
}

function unknown(model: Model, place: Place, press: KeyPress): Notice {
  return { kind: 'unknown-key', key: press.name, hasHelp: keyOf(model, place.name, 'help') !== '' };
}

/** A runner that was asked for takes over the screen: nothing may be decided on what it leaves. */
function isStarting(model: Model, place: Place): boolean {
  return model.waitingFor === 'runner' && !isOverlay(place);
}

function isPaneAct(name: CommandName): name is keyof typeof paneActs {
  return name in paneActs;
}

function isHarmless(name: CommandName): boolean {
  return (
    isMotion(name) ||
    name === 'palette' ||
    name in paneActs ||
    name === 'help' ||
    name === 'copy' ||
    name === 'freeze' ||
    name === 'language' ||
    name === 'tour' ||
    name === 'quit' ||
    name === 'interrupt'
  );
}

/** A text that was typed ahead, with the enter that takes it. */
function typedAhead(model: Model, place: Place, press: KeyPress): Step {
  const step = typed(model, press);
  const now = front(step[0]);
  const isLost = 'field' in place && 'field' in now && now.field === place.field;
  if (isLost && press.name !== 'backspace') return stay(noticed(model, unknown(model, place, press)));
  const hasEnter = isChunk(press) && /[\r\n]$/.test(press.text ?? '');
  return hasEnter ? act(step[0], place.name, 'keep') : step;
}

function act(model: Model, place: PlaceName, name: CommandName): Step {
  if (isMotion(name)) return stay(moved(model, name));
  if (isPaneAct(name)) return paneActs[name](model);
  switch (name) {
    case 'palette':
      return stay(paletteOpened(model));
    case 'help':
      return stay(opened(model, { name: 'help', cursor: 0 }));
    case 'freeze':
      return stay({ ...model, frozen: frame(model) });
    case 'language': {
      const language = model.setting.language === 'en' ? 'zh-CN' : 'en';
      return [{ ...model, setting: { ...model.setting, language } }, [{ kind: 'speak', language }]];
    }
    case 'rollouts':
      return withRollouts(model);
    case 'doctor':
      return withDoctor(model);
    case 'tour':
      return stay({ ...model, tour: model.tour === undefined ? { before: model.leaving } : undefined });
    case 'quit':
      return quitAsked(model);
    case 'interrupt':
      return interrupted(model);
    default:
      return (acts[place] as Readonly<Record<string, Act>>)[name]?.(model) ?? stay(model);
  }
}
