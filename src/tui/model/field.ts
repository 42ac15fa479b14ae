import { charactersOf } from '../../core/text/cells.ts';
import type { KeyPress } from './key-press.ts';

/** One line of text that is being typed. `at` counts characters as people see them. */
export type Field = { readonly text: string; readonly at: number };

/** The cursor stands behind it. */
export function fieldWith(text: string): Field {
  return { text, at: charactersOf(text).length };
}

/** Pasted or typed: one line, nothing that a terminal would obey. */
export function insert(field: Field, text: string): Field {
  const clean = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, '');
  const [before, after] = halves(field);
  const head = before + clean;
  return { text: head + after, at: charactersOf(head).length };
}

/** After a key: one that moves or erases, or one that types. */
export function edited(field: Field, press: KeyPress): Field {
  const characters = charactersOf(field.text);
  switch (press.name) {
    case 'left':
      return { ...field, at: Math.max(0, field.at - 1) };
    case 'right':
      return { ...field, at: Math.min(characters.length, field.at + 1) };
    case 'home':
    case 'ctrl-a':
      return { ...field, at: 0 };
    case 'end':
    case 'ctrl-e':
      return { ...field, at: characters.length };
    case 'ctrl-u':
      return { text: characters.slice(field.at).join(''), at: 0 };
    case 'backspace':
      return field.at === 0 ? field : without(field, field.at - 1);
    case 'delete':
      return without(field, field.at);
    default:
      return press.text === undefined ? field : insert(field, press.text);
  }
}

/** What stands before the cursor, and the rest. */
export function halves(field: Field): readonly [before: string, after: string] {
  const characters = charactersOf(field.text);
  return [characters.slice(0, field.at).join(''), characters.slice(field.at).join('')];
}

function without(field: Field, at: number): Field {
  return { text: charactersOf(field.text).toSpliced(at, 1).join(''), at };
}
