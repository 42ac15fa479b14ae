import { type Cell, type PaintedRow, isInverse, isSameCell, isSureCharacter } from './painted-row.ts';

const toPlain = '\x1b[m';
const eraseLine = '\x1b[2K';
const eraseRight = '\x1b[K';
/** To go on over so many columns that stay costs less than to go past them. */
const gapMax = 5;
/** So many blanks cost more than to erase what is to the right. */
const blanksMax = 3;

export const goTo = (row: number, column: number): string =>
  column === 0 ? `\x1b[${row + 1}H` : `\x1b[${row + 1};${column + 1}H`;

/** What makes one row of the terminal another one; nothing where they are the same. It begins and ends in plain style. */
export function rowBytes(row: number, before: PaintedRow, after: PaintedRow): string {
  const end = endOf(after);
  const runs = runsOf(before, after);
  if (runs.length === 0) return '';
  // Where we do not know which column something stands in, all of it is written.
  if (before.isDoubtful || after.isDoubtful)
    return `${goTo(row, 0)}${eraseLine}${written(row, after.cells, { from: 0, to: end })}`;
  return runs.map((run) => runBytes(row, after.cells, run, end)).join('');
}

type Run = { readonly from: number; readonly to: number };

/** What differs, put together where little that stays is in between. A wide character differs with its first column. */
function runsOf({ cells: before }: PaintedRow, { cells: after }: PaintedRow): readonly Run[] {
  const runs: Run[] = [];
  for (let column = 0; column < after.length; column += 1) {
    if (isSameCell(before[column], after[column])) continue;
    const last = runs.at(-1);
    const to = column + 1;
    if (last !== undefined && column - last.to <= gapMax) runs[runs.length - 1] = { from: last.from, to };
    else runs.push({ from: column, to });
  }
  return runs;
}

/** From here on there is nothing but blanks. */
function endOf({ cells }: PaintedRow): number {
  return cells.findLastIndex(({ text, style }) => text !== ' ' || style !== '') + 1;
}

function runBytes(row: number, cells: readonly Cell[], { from, to }: Run, end: number): string {
  const isErasing = to - Math.max(from, end) > blanksMax;
  const text = written(row, cells, { from, to: isErasing ? Math.max(from, end) : to });
  return `${goTo(row, from)}${text}${isErasing ? eraseRight : ''}`;
}

function written(row: number, cells: readonly Cell[], { from, to }: Run): string {
  let bytes = '';
  let style = '';
  for (const [index, cell] of cells.slice(from, to).entries()) {
    if (cell.width === 0) continue;
    const isAny = cell.text === ' ' && cell.style === '' && !isInverse(style);
    if (cell.style !== style && !isAny) {
      bytes += cell.style === '' ? toPlain : style === '' ? `\x1b[${cell.style}m` : `\x1b[0;${cell.style}m`;
      style = cell.style;
    }
    bytes += cell.text;
    // Wherever the terminal believes to be now, what follows stands where it should.
    if (!isSureCharacter(cell.text)) bytes += goTo(row, from + index + cell.width);
  }
  return style === '' ? bytes : `${bytes}${toPlain}`;
}
