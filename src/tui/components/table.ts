import { cellsOf, clipMiddle } from '../../core/text/cells.ts';
import { type Line, type Span, type Tone, cell, span } from '../draw/line.ts';

export type Column = {
  readonly title: string;
  /** At least as wide as its title; the widest cell decides up to `max`. */
  readonly max: number;
  /** How wide its widest cell is, where that is known without looking at each. */
  readonly widest?: number;
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

/**
 * A head line and the rows around the pointed one, as wide as the cells need, at most `columns` and `height`. Of a long
 * list only those near the pointed one need be given; `count` then says how many there are.
 */
export function table(
  columns: readonly Column[],
  rows: readonly Row[],
  space: {
    readonly columns: number;
    readonly height: number;
    readonly count?: number;
    readonly cursor: string;
    readonly more: (n: number) => string;
  },
): readonly Line[] {
  const kept = keptColumns(columns, rows, space.columns - 2);
  const head: Line = [
    span('  '),
    ...joined(kept.map(({ at, width }) => cell(columns[at]?.title ?? '', width, 'dim', columns[at]?.align))),
  ];
  const pointed = rows.findIndex((row) => row.isPointed);
  const shown = countedWindowOf(
    { blocks: rows, heightOf: ({ below = [] }) => 1 + below.length, pointed: Math.max(0, pointed) },
    space.height - 1,
    (row) => [rowLine(row, kept, columns, space.cursor), ...(row.below ?? [])],
    (hidden) => space.more(hidden + (space.count ?? rows.length) - rows.length),
  );
  return [head, ...shown];
}

/** What is scrolled through: only the blocks that are in the window are drawn, for there may be ten thousand. */
type Scrolled<Block> = {
  readonly blocks: readonly Block[];
  /** In lines. */
  readonly heightOf: (block: Block) => number;
  readonly pointed: number;
};

/** As many whole blocks around the pointed one as fit; those that do not are counted below. */
export function countedWindowOf<Block>(
  scrolled: Scrolled<Block>,
  height: number,
  linesOf: (block: Block) => readonly Line[],
  more: (n: number) => string,
): readonly Line[] {
  const { blocks, heightOf } = scrolled;
  const whole = blocks.reduce((sum, block) => sum + heightOf(block), 0);
  const room = whole <= height || height < 2 ? height : height - 1;
  const shown = blocksInWindow(scrolled, room);
  const lines = shown.flatMap(linesOf).slice(0, Math.max(0, room));
  const hidden = blocks.length - shown.length;
  return hidden === 0 || room === height ? lines : [...lines, [span(`   ${more(hidden)}`, 'dim')]];
}

/** As many whole blocks of lines around the pointed one as fit. */
export function windowOf(
  blocks: readonly (readonly Line[])[],
  pointed: number,
  height: number,
): readonly Line[] {
  const shown = blocksInWindow({ blocks, heightOf: ({ length }) => length, pointed }, height);
  return shown.flat().slice(0, Math.max(0, height));
}

function blocksInWindow<Block>(
  { blocks, heightOf, pointed }: Scrolled<Block>,
  height: number,
): readonly Block[] {
  if (height <= 0) return [];
  const heightAt = (index: number): number => {
    const block = blocks[index];
    return block === undefined ? Number.POSITIVE_INFINITY : heightOf(block);
  };
  let [from, to] = [pointed, pointed + 1];
  let used = blocks.length === 0 ? 0 : heightAt(pointed);
  for (let isGrowing = true; isGrowing; ) {
    isGrowing = false;
    if (used + heightAt(from - 1) <= height) {
      from -= 1;
      used += heightAt(from);
      isGrowing = true;
    }
    if (used + heightAt(to) <= height) {
      used += heightAt(to);
      to += 1;
      isGrowing = true;
    }
  }
  return blocks.slice(from, to);
}

type Kept = { readonly at: number; readonly width: number };

function keptColumns(columns: readonly Column[], rows: readonly Row[], space: number): readonly Kept[] {
  let kept: readonly Kept[] = columns.map((column, at) => ({
    at,
    width: Math.min(
      column.max,
      Math.max(
        cellsOf(column.title),
        column.widest ??
          rows.reduce((widest, { cells }) => Math.max(widest, cellsOf(cells[at]?.text ?? '')), 0),
      ),
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
