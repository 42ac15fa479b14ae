import { wrap } from '../../core/text/cells.ts';
import type { DrawContext } from '../components/draw-context.ts';
import { typedSpans } from '../components/form.ts';
import { paragraph } from '../components/labelled.ts';
import { countedWindowOf } from '../components/table.ts';
import { type Line, type Span, cell, line, span } from '../draw/line.ts';
import { keyName } from '../draw/words.ts';
import type { Model } from '../model/model.ts';
import type { PlaceNamed } from '../model/place.ts';
import { type Entry, offNow, paletteEntries } from '../palette/entries.ts';
import { sayOff } from '../view/say-problem.ts';

/** So much of the screen behind is covered at most. */
const rowsMax = 12;
const kindCells = 10;

/** What is typed, and what may be meant by it; the one under the cursor with all that there is to say of it. */
export function paletteLines(
  model: Model,
  place: PlaceNamed<'palette'>,
  paint: DrawContext,
): readonly Line[] {
  const { words, columns } = paint;
  const typed = line(' : ', ...typedSpans(place.field, columns - 4, false));
  const entries = paletteEntries(model);
  if (entries.length === 0) return [typed, ...paragraph(words.screens.palette.none, columns, 'dim')];
  const pointed = Math.min(place.cursor, entries.length - 1);
  const pointedEntry = entries[pointed];
  const whole = pointedEntry === undefined ? [] : entryLines(model, pointedEntry, true, paint);
  const shown = countedWindowOf(
    {
      blocks: entries,
      heightOf: (entry) => (entry === pointedEntry ? whole.length : 1),
      pointed,
    },
    Math.min(rowsMax, Math.max(1, paint.height - 2)),
    (entry) => (entry === pointedEntry ? whole : entryLines(model, entry, false, paint)),
    words.screens.more,
  );
  return [typed, ...shown];
}

function entryLines(model: Model, entry: Entry, isPointed: boolean, paint: DrawContext): readonly Line[] {
  const { words, glyphs, columns, keys } = paint;
  const off = offNow(model, entry);
  const text =
    off === undefined ? entry.text : `${entry.text}${words.screens.offNow(sayOff(words, off, keys))}`;
  const tone = off !== undefined ? 'dim' : isPointed ? 'strong' : 'plain';
  const lines = wrap(text, Math.max(10, columns - kindCells - 5));
  return (isPointed ? lines : lines.slice(0, 1)).map((part, index) =>
    line(
      span(isPointed && index === 0 ? `${glyphs.cursor} ` : '  ', 'accent'),
      index === 0 ? kindCell(entry, off !== undefined, paint) : cell('', kindCells),
      span(` ${part}${!isPointed && lines.length > 1 ? ' …' : ''}`, tone),
    ),
  );
}

/** A command is known by its key. */
function kindCell({ aim }: Entry, isOff: boolean, { words }: DrawContext): Span {
  if (aim.kind !== 'command') return cell(words.screens.palette.kinds[aim.kind], kindCells, 'dim');
  return cell(keyName(words, aim.key), kindCells, isOff ? 'dim' : 'accent');
}
