import { charactersOf } from '../../core/text/cells.ts';
import type { InputEvent } from '../../keyboard/input-decoder.ts';

/** A key as the keymap names it; `text` is what it types into a field. */
export type KeyPress = { readonly name: string; readonly text?: string };

export type Typed =
  | { readonly kind: 'press'; readonly press: KeyPress }
  | { readonly kind: 'paste'; readonly text: string };

const controls: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\r\n': 'enter',
  '\t': 'tab',
};
/** As many keys may come at once when the line is slow or the typist fast. */
const burstMax = 4;

/**
 * What came with one read, as presses and pastes. More characters at once than anybody types are a paste that came without
 * marks: text for a field, no keys; but a key held down over a slow line arrives like that too.
 */
export function typedBy(events: readonly InputEvent[]): readonly Typed[] {
  const characters = events.flatMap((event) => (event.kind === 'text' ? charactersOf(event.text) : []));
  const isChunk = characters.length > burstMax && new Set(characters).size > 1;
  return events.flatMap((event): readonly Typed[] => {
    if (event.kind === 'paste') return [event];
    if (event.kind === 'key') return [{ kind: 'press', press: { name: event.name } }];
    const texts = isChunk ? [event.text] : charactersOf(event.text);
    return texts.map((text) => ({ kind: 'press', press: pressOf(text) }));
  });
}

/** Whether it is more than one key. */
export function isChunk(press: KeyPress): boolean {
  return press.text !== undefined && charactersOf(press.text).length > 1;
}

function pressOf(text: string): KeyPress {
  const control = controls[text];
  if (control !== undefined) return { name: control };
  return { name: text === ' ' ? 'space' : text, text };
}
