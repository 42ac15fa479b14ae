import type { Key } from 'ink';
import { charactersOf } from './characters.ts';

/** A key as the keymap names it; `text` is what it types into a field. */
export type KeyPress = { readonly name: string; readonly text?: string };

const named = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'page-up'],
  ['pageDown', 'page-down'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const satisfies readonly (readonly [keyof Key, string])[];

const repeatable = new Set(['j', 'k', 'J', 'K', ' ', '+', 'e']);

/**
 * What Ink reports, as presses. Several characters at once are a paste that came without brackets: text for a field,
 * no keys; but a key held down over a slow line arrives like that too.
 */
export function pressesOf(input: string, key: Key): readonly KeyPress[] {
  const found = named.find(([flag]) => key[flag]);
  if (found !== undefined) return [{ name: found[1] }];
  if (key.ctrl) return [{ name: `ctrl-${input}` }];
  if (key.meta || input === '') return [];
  const characters = charactersOf(input);
  const [first] = characters;
  if (first !== undefined && characters.every((each) => each === first && repeatable.has(each)))
    return characters.map(typed);
  return [typed(input)];
}

function typed(text: string): KeyPress {
  return { name: text === ' ' ? 'space' : text, text };
}
