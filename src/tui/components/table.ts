import { cellsOf, clipMiddle } from '../../core/text/cells.ts';
import { type Line, type Span, type Tone, cell, span } from '../draw/line.ts';

export type Column = {
  readonly title: string;
  /** At least this wide; the widest cell decides up to `max`. */
  readonly max: number;
  readonly align?: 'left' | 'right';
  /** Where the window is narrow it gives way down to this, cut in its middle, before another is left out. */
  readonly min?: number;
  /** Left out first where the window is narrow; 0 never. */
  readonly dispensable?: number;
};
export type Cell = { readonly text: string; readonly tone?: Tone };
export type Row = {
  readonly cells: readonly Cell[];
  readonly isPointed: boolean;
  readonly below?: readonly Line[];
};

/** A head line and the rows around the pointed one, as wide as the cells need, at most `columns` and `height`. */
export function table(
  columns: readonly Column[],
  rows: readonly Row[],
  space: {
    readonly columns: number;
    readonly height: number;
    readonly cursor: string;
    readonly more: (n: number) => string;
  },
): readonly Line[] {
  const kept = keptColumns(columns, rows, space.columns - 2);
  const head: Line = [
    span('  '),
    ...joined(kept.map(({ at, width }) => cell(columns[at]?.title ?? '', width, 'dim', columns[at]?.align))),
  ];
  const blocks = rows.map((row) => [rowLine(row, kept, columns, space.cursor), ...(row.below ?? [])]);
  const pointed = rows.findIndex((row) => row.isPointed);
  return [head, ...countedWindowOf(blocks, Math.max(0, pointed), space.height - 1, space.more)];
}

/** As many whole blocks around the pointed one as fit; those that do not are counted below. */
export function countedWindowOf(
  blocks: readonly (readonly Line[])[],
  pointed: number,
  height: number,
  more: (n: number) => string,
): readonly Line[] {
  const whole = blocks.flat().length;
  if (whole <= height || height < 2) return windowOf(blocks, pointed, height);
  const shown = windowOf(blocks, pointed, height - 1);
  const hidden = blocks.filter((block) => !block.some((each) => shown.includes(each))).length;
  return hidden === 0 ? shown : [...shown, [span(`   ${more(hidden)}`, 'dim')]];
}

/** As many whole blocks of lines around the pointed one as fit. */
export function windowOf(
  blocks: readonly (readonly Line[])[],
  pointed: number,
  height: number,
): readonly Line[] {
  if (height <= 0) return [];
  let [from, to] = [pointed, pointed + 1];
  let used = blocks[pointed]?.length ?? 0;
  for (let isGrowing = true; isGrowing; ) {
    isGrowing = false;
    const before = blocks[from - 1];
    if (before !== undefined && used + before.length <= height) {
      [from, used, isGrowing] = [from - 1, used + before.length, true];
    }
    const after = blocks[to];
    if (after !== undefined && used + after.length <= height) {
      [to, used, isGrowing] = [to + 1, used + after.length, true];
    }
  }
  return blocks.slice(from, to).flat().slice(0, height);
}

type Kept = { readonly at: number; readonly width: number };

function keptColumns(columns: readonly Column[], rows: readonly Row[], space: number): readonly Kept[] {
  let kept: readonly Kept[] = columns.map((column, at) => ({
    at,
    width: Math.min(
      column.max,
      Math.max(cellsOf(column.title), ...rows.map((row) => cellsOf(row.cells[at]?.text ?? ''))),
    ),
  }));
  for (;;) {
    const narrowed = narrowedTo(space, kept, columns);
    const worst = kept
      .filter(({ at }) => (columns[at]?.dispensable ?? 0) > 0)
      .toSorted((a, b) => (columns[b.at]?.dispensable ?? 0) - (columns[a.at]?.dispensable ?? 0))[0];
    if (totalOf(narrowed) <= space || worst === undefined) return narrowed;
    kept = kept.filter((each) => each !== worst);
  }
}

const totalOf = (kept: readonly Kept[]): number => kept.reduce((sum, { width }) => sum + width + 2, -2);

/** The widest of those that may be narrower gives way first. */
function narrowedTo(space: number, kept: readonly Kept[], columns: readonly Column[]): readonly Kept[] {
  const widths = kept.map((each) => ({ ...each }));
  for (let over = totalOf(widths) - space; over > 0; over -= 1) {
    const [widest] = widths
      .filter(({ at, width }) => width > (columns[at]?.min ?? width))
      .toSorted((a, b) => b.width - a.width);
    if (widest === undefined) break;
    widest.width -= 1;
  }
  return widths;
}

function rowLine(row: Row, kept: readonly Kept[], columns: readonly Column[], cursor: string): Line {
  const cells = kept.map(({ at, width }) => {
    const { text: whole = '', tone } = row.cells[at] ?? {};
    const text = columns[at]?.min === undefined ? whole : clipMiddle(whole, width);
    return cell(text, width, tone ?? (row.isPointed ? 'strong' : 'plain'), columns[at]?.align);
  });
  return [span(row.isPointed ? `${cursor} ` : '  ', 'accent'), ...joined(cells)];
}

function joined(cells: readonly Span[]): Line {
  return cells.flatMap((each, index) => (index === 0 ? [each] : [span('  '), each]));
}
