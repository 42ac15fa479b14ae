import { nearest } from '../../core/text/nearest.ts';
import { charactersOf } from '../../core/text/cells.ts';
import { visible } from '../../core/text/visible.ts';
import type { OwnKeys } from '../model/model.ts';
import type { PlaceName } from '../model/place.ts';
import { commandsOf, isTypingPlace, keymap } from './keymap.ts';

/** As a person wrote them: by screen, or `everywhere`, and command. */
export type WrittenKeys = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** What is wrong with a key that somebody set; `at` is where it stands. */
export type KeyFlaw =
  | {
      readonly kind: 'no-place';
      readonly at: string;
      readonly meant: string | undefined;
      readonly known: readonly string[];
    }
  | {
      readonly kind: 'no-command';
      readonly at: string;
      readonly meant: string | undefined;
      readonly known: readonly string[];
    }
  | { readonly kind: 'not-sent'; readonly at: string; readonly key: string }
  | { readonly kind: 'is-text'; readonly at: string; readonly key: string }
  | {
      readonly kind: 'taken';
      readonly at: string;
      readonly key: string;
      readonly place: string;
      readonly other: string;
    }
  /** The question that a command asks would be answered by the key that asked it. */
  | { readonly kind: 'answers'; readonly at: string; readonly key: string; readonly command: string }
  /** Enter decides nothing where Nacos is acted on, esc is back, Ctrl-C leaves, and a question is answered by a key of its own. */
  | { readonly kind: 'kept'; readonly at: string; readonly key: string };

export const everywhere = 'everywhere';

const places = Object.keys(keymap) as PlaceName[];
const deciding: readonly string[] = ['offer', 'review', 'doctor', 'rollout', 'confirm', 'abort', 'quit'];
const asking: readonly string[] = [
  'offer',
  'profiles',
  'instances',
  'review',
  'rollouts',
  'doctor',
  'rollout',
];
const named = [
  'up',
  'down',
  'left',
  'right',
  'home',
  'end',
  'page-up',
  'page-down',
  'delete',
  'backspace',
  'enter',
  'esc',
  'space',
  'tab',
  'shift-tab',
];
/** What a terminal sends for these is another key, or takes us to the shell. */
const notThemselves = ['ctrl-h', 'ctrl-i', 'ctrl-j', 'ctrl-m', 'ctrl-z'];

/** The keys as they are from now on, or the first thing that is wrong with them. */
export function checkKeys(
  written: WrittenKeys,
): { readonly ok: true; readonly keys: OwnKeys } | { readonly ok: false; readonly flaw: KeyFlaw } {
  const own: { [place in PlaceName]?: Record<string, readonly string[]> } = {};
  // What is said of one screen counts more than what is said of all.
  const sorted = Object.entries(written).toSorted(
    ([a], [b]) => Number(b === everywhere) - Number(a === everywhere),
  );
  for (const [place, commands] of sorted) {
    const meant = placesCalled(place);
    if (meant.length === 0) {
      const known = [everywhere, ...places];
      return flawed({ kind: 'no-place', at: visible(`keys.${place}`), meant: nearest(place, known), known });
    }
    for (const [command, keys] of Object.entries(commands)) {
      const at = visible(`keys.${place}.${command}`);
      const having = meant.filter((one) => commandsOf(one).some(({ name }) => name === command));
      if (having.length === 0) return flawed(noCommand(at, command, meant));
      const list = typeof keys === 'string' ? [keys] : keys;
      for (const one of having) {
        const flaw = list.map((each) => flawOfKey(one, command, each, at)).find((each) => each !== undefined);
        if (flaw !== undefined) return flawed(flaw);
        own[one] = { ...own[one], [command]: list };
      }
    }
  }
  const flaw = firstTaken(own) ?? firstAnswering(own);
  return flaw === undefined ? { ok: true, keys: own } : flawed(flaw);
}

function flawed(flaw: KeyFlaw): { readonly ok: false; readonly flaw: KeyFlaw } {
  return { ok: false, flaw };
}

function placesCalled(name: string): readonly PlaceName[] {
  return name === everywhere ? places : places.filter((place) => place === name);
}

function noCommand(at: string, command: string, meant: readonly PlaceName[]): KeyFlaw {
  const known = [...new Set(meant.flatMap((place) => commandsOf(place).map(({ name }) => name)))];
  return { kind: 'no-command', at, meant: nearest(command, known), known };
}

function flawOfKey(place: PlaceName, command: string, key: string, at: string): KeyFlaw | undefined {
  const shown = visible(key);
  if (!isSent(key)) return { kind: 'not-sent', at, key: shown };
  if (isTypingPlace(place) && (charactersOf(key).length === 1 || key === 'space'))
    return { kind: 'is-text', at, key: shown };
  const isBack = command === 'back' || command === 'leave';
  const isKept =
    command === 'interrupt' ||
    key === 'ctrl-c' ||
    (key === 'enter' && deciding.includes(place)) ||
    (key === 'esc' && !isBack) ||
    (asking.includes(place) &&
      command !== 'copy' &&
      (keymap.confirm[0].keys as readonly string[]).includes(key)) ||
    (place === 'confirm' && command === 'yes') ||
    (place === 'quit' && command === 'detach');
  return isKept ? { kind: 'kept', at, key: shown } : undefined;
}

/** One character, or a key that has a name; nothing with Alt, and no function keys, as terminals do not agree on them. */
function isSent(key: string): boolean {
  if (named.includes(key)) return true;
  if (/^ctrl-[a-z]$/.test(key)) return !notThemselves.includes(key);
  return charactersOf(key).length === 1 && visible(key) === key && key.trim() !== '';
}

function firstTaken(own: OwnKeys): KeyFlaw | undefined {
  for (const place of places) {
    const mine = own[place];
    if (mine === undefined) continue;
    const seen = new Map<string, string>();
    // The tour of a sandbox gives way.
    for (const { name, keys } of commandsOf(place, own).filter((each) => each.name !== 'tour'))
      for (const key of keys) {
        const other = seen.get(key);
        seen.set(key, name);
        if (other === undefined || other === name) continue;
        const [command, taker] = mine[name] === undefined ? [other, name] : [name, other];
        return { kind: 'taken', at: `keys.${place}.${command}`, key: visible(key), place, other: taker };
      }
  }
  return undefined;
}

/** What opens a question of several answers, and what answers it; the question that is yes or no keeps its key. */
const questions = [
  { command: 'abort', question: 'abort', answers: ['put-back', 'leave'] },
  { command: 'detach', question: 'quit', answers: ['detach', 'stay'] },
  { command: 'quit', question: 'quit', answers: ['detach', 'stay'] },
] as const;

/** A key that is pressed twice, or held, is no answer. */
function firstAnswering(own: OwnKeys): KeyFlaw | undefined {
  for (const { command, question, answers } of questions) {
    const asked = keysFor('rollout', command, own);
    for (const answer of answers) {
      const key = keysFor(question, answer, own).find((each) => asked.includes(each));
      if (key === undefined) continue;
      const isAsking = own.rollout?.[command]?.includes(key) === true;
      const at = isAsking ? `keys.rollout.${command}` : `keys.${question}.${answer}`;
      return { kind: 'answers', at, key: visible(key), command };
    }
  }
  return undefined;
}

function keysFor(place: PlaceName, command: string, own: OwnKeys): readonly string[] {
  return commandsOf(place, own).find(({ name }) => name === command)?.keys ?? [];
}
