import { cellsOf, charactersOf, wrap } from '../../core/text/cells.ts';
import { type Field, halves } from '../model/field.ts';
import { type Line, type Span, cell, span } from '../draw/line.ts';
import type { DrawContext } from './draw-context.ts';
import { visible } from '../../core/text/visible.ts';
import { countedWindowOf } from './table.ts';

export type FormField = { readonly label: string; readonly hint: string; readonly value: string };

/** Labels and values; the hint of the field under the cursor below it, and how many fields there is no room for. `field` is that one's text while it is typed. */
export function formLines(
  fields: readonly FormField[],
  at: { readonly cursor: number; readonly field: Field | undefined },
  { glyphs, columns, height, words }: DrawContext,
): readonly Line[] {
  const labelCells = Math.max(...fields.map(({ label }) => cellsOf(label))) + 2;
  const blocks = fields.map(({ label, hint, value }, index): readonly Line[] => {
    const isPointed = index === at.cursor;
    const shown: Line =
      isPointed && at.field !== undefined
        ? typedSpans(at.field, columns - labelCells - 4, false)
        : [span(value, isPointed ? 'strong' : 'plain')];
    const head: Line = [
      span(isPointed ? `${glyphs.cursor} ` : '  ', 'accent'),
      cell(label, labelCells, isPointed ? 'strong' : 'dim'),
      ...shown,
    ];
    if (!isPointed) return [head];
    const below = wrap(hint, Math.max(10, columns - labelCells - 3));
    return [head, ...below.map((part): Line => [span(' '.repeat(labelCells + 2)), span(part, 'dim')])];
  });
  const form = { blocks, heightOf: (block: readonly Line[]) => block.length, pointed: at.cursor };
  return countedWindowOf(form, height, (block) => block, words.screens.more);
}

/** What is being typed, with the cursor in it; the part around the cursor where it is longer than the room. */
export function typedSpans(field: Field, cells: number, isMasked: boolean): Line {
  const [before, after] = halves(field).map((part) => (isMasked ? '*'.repeat(part.length) : visible(part)));
  const [under = ' ', ...rest] = charactersOf(after ?? '');
  const cursor: Span = { text: under, tone: 'plain', isInverse: true };
  let start = before ?? '';
  while (cellsOf(start) > Math.max(1, cells - 2)) start = charactersOf(start).slice(1).join('');
  return [span(start), cursor, span(rest.join(''))];
}
