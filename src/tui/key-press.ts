import type { Key } from 'ink';
import { charactersOf } from '../core/characters.ts';

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

const controls: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\r\n': 'enter',
  '\t': 'tab',
};
/** As many keys may come at once when the line is slow or the typist fast. */
const burstMax = 4;

/**
 * What Ink reports, as presses. More characters at once than anybody types are a paste that came without brackets:
 * text for a field, no keys; but a key held down over a slow line arrives like that too.
 */
export function pressesOf(input: string, key: Key): readonly KeyPress[] {
  const found = named.find(([flag]) => key[flag]);
  if (found !== undefined) return [{ name: found[1] }];
  if (key.ctrl) return [{ name: `ctrl-${input}` }];
  if (key.meta || input === '') return [];
  const characters = charactersOf(input);
  const isHeldDown = new Set(characters).size === 1;
  return characters.length <= burstMax || isHeldDown ? characters.map(typed) : [typed(input)];
}

/** Whether it is more than one key. */
export function isChunk(press: KeyPress): boolean {
  return press.text !== undefined && charactersOf(press.text).length > 1;
}

function typed(text: string): KeyPress {
  const control = controls[text];
  if (control !== undefined) return { name: control };
  return { name: text === ' ' ? 'space' : text, text };
}
