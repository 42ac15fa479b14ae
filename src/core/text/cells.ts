import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Characters as people see them. */
export function charactersOf(text: string): readonly string[] {
  return Array.from(graphemes.segment(text), (part) => part.segment);
}

/** How many columns of a terminal it takes. */
export function cellsOf(text: string): number {
  return stringWidth(text);
}

/** At most `cells` wide; what does not fit ends in an ellipsis. */
export function clip(text: string, cells: number): string {
  if (cells <= 0) return '';
  return cellsOf(text) <= cells ? text : `${head(text, cells - 1)}…`;
}

/** At most `cells` wide; what does not fit is left out of its middle, where names that differ are alike. */
export function clipMiddle(text: string, cells: number): string {
  if (cells <= 0) return '';
  if (cellsOf(text) <= cells) return text;
  const tailCells = Math.floor((cells - 1) / 2);
  let tail = '';
  for (const character of [...charactersOf(text)].reverse()) {
    if (cellsOf(character + tail) > tailCells) break;
    tail = character + tail;
  }
  return `${head(text, cells - 1 - cellsOf(tail))}…${tail}`;
}

/** Exactly `cells` wide. */
export function fit(text: string, cells: number, align: 'left' | 'right' = 'left'): string {
  const clipped = clip(text, cells);
  const gap = ' '.repeat(Math.max(0, cells - cellsOf(clipped)));
  return align === 'left' ? clipped + gap : gap + clipped;
}

/** Lines of at most `cells`, broken at spaces where there are any and between wide characters where not. */
export function wrap(text: string, cells: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text)) {
    if (cellsOf(line + piece.trimEnd()) <= cells) {
      line += piece;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = piece;
    while (cellsOf(line.trimEnd()) > cells) {
      const first = head(line, Math.max(2, cells));
      lines.push(first);
      line = line.slice(first.length);
    }
  }
  return line.trim() === '' && lines.length > 0 ? lines : [...lines, line.trimEnd()];
}

function pieces(text: string): readonly string[] {
  return text.match(/[⺀-鿿＀-￯、。][，。；：、！？]?|[^\s⺀-鿿＀-￯、。]+\s*|\s+/gu) ?? [];
}

function head(text: string, cells: number): string {
  let taken = '';
  let used = 0;
  for (const character of charactersOf(text)) {
    used += cellsOf(character);
    if (used > cells) break;
    taken += character;
  }
  return taken;
}
