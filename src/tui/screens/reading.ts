import { visible } from '../../core/text/visible.ts';
import { cellsOf } from '../../core/text/cells.ts';
import { type Line, line, span } from '../draw/line.ts';
import type { Model } from '../model/model.ts';
import { type DrawContext, drawContextFor } from '../components/draw-context.ts';
import { type Place, type PlaceNamed, isOverlay } from '../model/place.ts';
import { doctorLines } from './machine/doctor.ts';
import { helpLines } from './help.ts';
import { registrationLines } from './rollout/rollout-registrations.ts';
import { callerLines } from './rollout/rollout-callers.ts';
import { roomOf } from './room.ts';
import { reviewLines } from './review.ts';

/** Places that are read line by line: their cursor is the first line that is shown. */
export function readingLines(model: Model, place: Place, paint: DrawContext): readonly Line[] | undefined {
  switch (place.name) {
    case 'help':
      return helpLines(model, paint);
    case 'text':
      return textLines(place, paint);
    case 'log':
      return logLines(model, place, paint);
    case 'callers':
      return callerLines(model, place.target, paint);
    case 'registrations':
      return registrationLines(model, place.target, paint);
    case 'review':
      return reviewLines(model, paint);
    case 'doctor':
      return doctorLines(model, paint);
    default:
      return undefined;
  }
}

/** The lines as they are drawn in its room. */
export function readingRows(model: Model, place: Place): readonly Line[] {
  return readingLines(model, place, drawContextFor(model, roomOf(model))) ?? [];
}

/** How many lines it has, and how many of them fit. */
export function readingSize(model: Model, place: Place): { count: number; room: number } | undefined {
  // An overlay has its title in that room, a screen above it.
  const room = Math.max(1, roomOf(model) - (isOverlay(place) ? 1 : 0));
  const lines = readingLines(model, place, drawContextFor(model, room));
  return lines && { count: lines.length, room };
}

function textLines({ title, lines }: PlaceNamed<'text'>, { words, columns }: DrawContext): readonly Line[] {
  const none = title === 'requests' ? [words.screens.noRequests] : [];
  return (lines.length === 0 ? none : lines).flatMap((text) => foldedLines(visible(text), columns));
}

/** A tab or an escape in it is shown, not obeyed. */
function logLines(
  model: Model,
  { path, target }: PlaceNamed<'log'>,
  { words, columns }: DrawContext,
): readonly Line[] {
  const tail = model.following?.tail;
  const text = tail?.path === path ? tail.text.replaceAll('\r\n', '\n').trimEnd() : '';
  const place = foldedLines(visible(path), columns).map((each) => each.map((part) => span(part.text, 'dim')));
  const found = model.following?.rollout?.targets.find(({ name }) => name === target);
  const none = found?.deploy?.isRunning === false ? words.rollout.logNone : words.rollout.logEmpty;
  if (text === '') return [...place, line(span(` ${none}`, 'dim'))];
  const lines = text.split('\n').map((each) => visible(each.replaceAll('\t', '  ')));
  return [...place, ...lines.flatMap((each) => foldedLines(each, columns))];
}

/** Cut at the edge, not at words: a command must be readable to the last character. */
function foldedLines(text: string, columns: number): readonly Line[] {
  const lines: Line[] = [];
  let part = '';
  let cells = 0;
  for (const character of text) {
    const width = cellsOf(character);
    if (cells + width > columns - 3) {
      lines.push(line(lines.length === 0 ? ` ${part}` : `  ${part}`));
      [part, cells] = ['', 0];
    }
    part += character;
    cells += width;
  }
  return [...lines, line(lines.length === 0 ? ` ${part}` : `  ${part}`)];
}
