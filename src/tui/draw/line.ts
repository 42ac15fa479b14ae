import { cellsOf, clip, fit } from '../../core/text/cells.ts';

/** What a piece of text means; the theme gives it a colour. */
export type Tone =
  | 'plain'
  | 'dim'
  | 'strong'
  | 'accent'
  | 'on'
  | 'off'
  | 'ill'
  | 'busy'
  | 'good'
  | 'warn'
  | 'bad';

export type Span = { readonly text: string; readonly tone: Tone; readonly isInverse?: boolean };
export type Line = readonly Span[];

export function span(text: string, tone: Tone = 'plain'): Span {
  return { text, tone };
}

/** A text alone is plain. */
export function line(...parts: readonly (string | Span)[]): Line {
  return parts.map((part) => (typeof part === 'string' ? span(part) : part));
}

/** Without its tones. */
export function lineText(line: Line): string {
  return line.map((part) => part.text).join('');
}

/** At most `columns` wide, whatever it was made from. */
export function clipLine(line: Line, columns: number): Line {
  const clipped: Span[] = [];
  let left = columns;
  for (const part of line) {
    if (left <= 0) break;
    const text = clip(part.text, left);
    clipped.push({ ...part, text });
    left -= cellsOf(text);
  }
  return clipped;
}

/** Two ends of one line; the left one gives way. */
export function spread(left: Line, right: Line, columns: number): Line {
  const rightCells = cellsOf(lineText(right));
  const kept = clipLine(left, Math.max(0, columns - rightCells - 1));
  const gap = ' '.repeat(Math.max(1, columns - rightCells - cellsOf(lineText(kept))));
  return [...kept, span(gap), ...right];
}

/** A text that takes just so many terminal cells, cut or filled up. */
export function cell(
  text: string,
  cells: number,
  tone: Tone = 'plain',
  align: 'left' | 'right' = 'left',
): Span {
  return span(fit(text, cells, align), tone);
}
