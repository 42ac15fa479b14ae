import { wrap } from '../../core/text/cells.ts';
import { type Line, type Tone, cell, span } from '../draw/line.ts';

/** A label, and a text that goes on under itself. */
export function labelled(
  label: string,
  text: string,
  space: { readonly columns: number; readonly label: number },
  tone: Tone = 'plain',
): readonly Line[] {
  return wrap(text, Math.max(10, space.columns - space.label - 2)).map((part, index) => [
    span(' '),
    cell(index === 0 ? label : '', space.label, 'dim'),
    span(part, tone),
  ]);
}

/** A text that goes on in further lines, one cell from either edge. */
export function paragraph(text: string, columns: number, tone: Tone = 'plain'): readonly Line[] {
  return wrap(text, Math.max(10, columns - 2)).map((part) => [span(` ${part}`, tone)]);
}
