import { cellsOf } from '../../core/cells.ts';
import { commandFor, hints } from '../keymap.ts';
import { type Line, type Span, lineText, span } from '../line.ts';
import type { Model } from '../model.ts';
import { front } from '../place.ts';
import type { Paint } from '../paint.ts';
import { sayNotice } from '../view/say-problem.ts';

/** The keys that do something now; as many as fit, and always the one that shows all. */
export function footer(model: Model, { words, columns }: Paint): Line {
  const { names, keys } = words.commands;
  const hasHelp = commandFor(front(model).name, '?')?.name === 'help';
  const help: Line = hasHelp ? [span('? ', 'accent'), span(names.help[0])] : [];
  let left: readonly Span[] = [span(' ')];
  for (const hint of hints(model)) {
    const part = [span(`${keys[hint.key] ?? hint.key} `, 'accent'), span(`${names[hint.name][0]}  `)];
    if (cellsOf(lineText([...left, ...part, ...help])) > columns) break;
    left = [...left, ...part];
  }
  return [...left, ...help];
}

export function noticeLine(model: Model, { words }: Paint): Line {
  const { notice, waitingFor } = model;
  if (notice !== undefined) {
    const { text, tone } = sayNotice(words, notice);
    return [span(` ${text}`, tone)];
  }
  return waitingFor === undefined ? [] : [span(` ${words.notices.waitingFor[waitingFor]}`, 'busy')];
}
