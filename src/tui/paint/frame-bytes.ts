import type { Look } from '../draw/colors.ts';
import { type Line, lineText } from '../draw/line.ts';
import { afterMove, moveBytes, movedRows } from './moved.ts';
import { type PaintedRow, paintedRow } from './painted-row.ts';
import { goTo, rowBytes } from './row-bytes.ts';

/** What stands on the terminal. */
export type Picture = {
  readonly columns: number;
  readonly lines: readonly Line[];
  readonly rows: readonly PaintedRow[];
};

// A terminal that knows them shows all in between at once; any other passes over them.
const beginFrame = '\x1b[?2026h';
const endFrame = '\x1b[?2026l';
const eraseDown = '\x1b[J';
const eraseLine = '\x1b[2K';

/** The frame as it will stand; a row that has not changed is taken over from `before`. */
export function pictureOf(lines: readonly Line[], columns: number, look: Look, before?: Picture): Picture {
  const isLike = before?.columns === columns;
  const rows = lines.map((line, index) => {
    const known = isLike ? before.rows[index] : undefined;
    return known !== undefined && isSameLine(line, before?.lines[index])
      ? known
      : paintedRow(line, columns, look);
  });
  return { columns, lines, rows };
}

/** What makes one picture of the other; of anything where nothing is known. Nothing where they are the same. */
export function frameBytes(before: Picture | undefined, after: Picture): string {
  const isKnown = before?.columns === after.columns;
  const whole = isKnown ? changed(before, after) : drawn(after);
  return whole === '' ? '' : `${beginFrame}${whole}${endFrame}`;
}

function drawn({ rows, columns }: Picture): string {
  const empty = paintedRow([], columns);
  return `\x1b[m${goTo(0, 0)}${eraseDown}${rows.map((row, index) => rowBytes(index, empty, row)).join('')}`;
}

function changed(before: Picture, after: Picture): string {
  const empty = paintedRow([], after.columns);
  const moved = movedRows(before.lines.map(lineText), after.lines.map(lineText));
  const known = moved === undefined ? before.rows : afterMove(before.rows, moved, empty);
  const rows = after.rows.map((row, index) => rowBytes(index, known[index] ?? empty, row));
  const left = before.rows.slice(after.rows.length);
  const cleared = left.map((_row, index) => `${goTo(after.rows.length + index, 0)}${eraseLine}`);
  return [moved === undefined ? '' : moveBytes(moved), ...rows, ...cleared].join('');
}

function isSameLine(one: Line, other: Line | undefined): boolean {
  return (
    one.length === other?.length &&
    one.every((part, index) => {
      const before = other[index];
      return part.text === before?.text && part.tone === before.tone && part.isInverse === before.isInverse;
    })
  );
}
