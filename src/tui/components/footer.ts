import { cellsOf } from '../../core/text/cells.ts';
import { type Hint, hints, thenHint } from '../keys/hints.ts';
import { keyOf } from '../keys/keymap.ts';
import { type Line, lineText, span } from '../draw/line.ts';
import { keyName } from '../draw/words.ts';
import type { Model } from '../model/model.ts';
import { front, screenOf } from '../model/navigation.ts';
import type { DrawContext } from './draw-context.ts';
import { sayNotice } from '../view/say-problem.ts';
import { tourOffer } from './tour-lines.ts';
import { saySilence } from '../view/say-silence.ts';

/** From here on the key that quits is named too. */
const wideFrom = 60;

/** The keys that do something now; as many as fit, and always those that abort, detach, quit and show all. */
export function footer(model: Model, { words, columns }: DrawContext): Line {
  const { names } = words.commands;
  const place = front(model).name;
  const helpKey = keyOf(model, place, 'help');
  const quitKey = columns >= wideFrom ? keyOf(model, place, 'quit') : '';
  const all = hints(model);
  const detach = columns >= wideFrom ? all.find(({ name }) => name === 'detach') : undefined;
  const always: Line = [
    ...(detach === undefined
      ? []
      : [span(`${keyName(words, detach.key)} `, 'accent'), span(`${names.detach[0]}  `)]),
    ...(quitKey === '' ? [] : [span(`${keyName(words, quitKey)} `, 'accent'), span(`${names.quit[0]}  `)]),
    ...(helpKey === '' ? [] : [span(`${keyName(words, helpKey)} `, 'accent'), span(names.help[0])]),
  ];
  const then = thenHint(model);
  const said = ({ key, name, isBackwards }: Hint): Line => [
    span(`${keyName(words, key)} `, 'accent'),
    span(isBackwards ? words.commands.none : names[name][0]),
  ];
  const parts = all
    .filter((one) => one !== detach)
    .map((hint, index) => {
      const next =
        index === 0 && then !== undefined ? [span(words.commands.andThen, 'dim'), ...said(then)] : [];
      return { isKept: hint.name === 'abort', line: [...said(hint), ...next, span('  ')] };
    });
  return [span(' '), ...fitting(parts, columns - 1 - cellsOf(lineText(always))), ...always];
}

type Part = { readonly isKept: boolean; readonly line: Line };

/** The first ones that there is room for, in their order, with those that are never left out. */
function fitting(parts: readonly Part[], cells: number): Line {
  const size = ({ line }: Part): number => cellsOf(lineText(line));
  let room = cells - parts.filter(({ isKept }) => isKept).reduce((sum, part) => sum + size(part), 0);
  let isFull = false;
  return parts.flatMap((part) => {
    if (part.isKept) return part.line;
    isFull ||= size(part) > room;
    if (isFull) return [];
    room -= size(part);
    return part.line;
  });
}

/** What there is to say, or else what is waited for; empty where it is nothing. */
export function noticeLine(model: Model, paint: DrawContext): Line {
  const { words, keys } = paint;
  const { notice, waitingFor } = model;
  if (notice !== undefined) {
    const { text, tone } = sayNotice(words, notice, keys);
    return [span(` ${text}`, tone)];
  }
  // There it stands on the screen itself.
  const silence = screenOf(model).name === 'connecting' ? undefined : saySilence(model, words);
  const waiting =
    model.heldExit === undefined
      ? (silence ?? (waitingFor && words.notices.waitingFor[waitingFor]))
      : words.notices.closesAfter;
  if (waiting !== undefined) return [span(` ${waiting}`, 'busy')];
  const offer = tourOffer(model, paint);
  return offer === undefined ? [] : [span(` ${offer}`, 'dim')];
}
