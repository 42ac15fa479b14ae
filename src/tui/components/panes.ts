import { cellsOf } from '../../core/text/cells.ts';
import { type Line, type Tone, clipLine, lineText, span } from '../draw/line.ts';
import type { Model } from '../model/model.ts';
import { screenOf } from '../model/navigation.ts';
import type { PaneName } from '../model/place.ts';
import { type Split, focusedPane, layoutFor, paneView } from '../panes/layouts.ts';
import type { DrawContext, Drawn } from './draw-context.ts';
import { worldOf } from './header.ts';
import { scrolled } from './scroll.ts';

/** What a pane shows, in the columns and the height that it is given. */
export type Pane = {
  /**
   * A `list` fits by itself, around the cursor of the screen, which the keys move. The others give all their lines; of
   * those are shown what was scrolled to, at first the ones at the `top`, or at the `end`, which is followed.
   */
  readonly from: 'list' | 'top' | 'end';
  readonly lines: (paint: DrawContext) => readonly Line[];
};
export type Panes = Readonly<Partial<Record<PaneName, Pane>>>;

/** With less room than this, as behind a question, only the focused one is drawn. */
const leastHeight = 12;

/** The panes of the screen that is seen, the first titles apart, for they stand instead of the rule under the header; undefined where it has none at this size. */
export function panedBody(
  model: Model,
  panes: Panes,
  paint: DrawContext,
): Pick<Drawn, 'rule' | 'body'> | undefined {
  const split = shownSplit(model, paint);
  if (split === undefined) return undefined;
  const [rule = [], ...body] = divided(split, withRule(paint), (name, space) =>
    paneLines(model, name, panes[name], space),
  );
  return { rule, body };
}

/** A pane that is read line by line. */
export type ScrolledPane = {
  readonly name: PaneName;
  /** Whether it keeps to its end, which grows. */
  readonly follows: boolean;
  readonly count: number;
  readonly room: number;
};

/** How many lines the focused pane has, and how many of them it shows; undefined where it keeps to its room by itself. */
export function scrolledSize(model: Model, panes: Panes, paint: DrawContext): ScrolledPane | undefined {
  const split = shownSplit(model, paint);
  const name = focusedPane(model, screenOf(model));
  const pane = name && panes[name];
  if (split === undefined || name === undefined || pane === undefined || pane.from === 'list')
    return undefined;
  const spaces: DrawContext[] = [];
  divided(split, withRule(paint), (each, space) => {
    if (each === name) spaces.push(space);
    return [];
  });
  const [space] = spaces;
  if (space === undefined) return undefined;
  const inside = { ...space, height: space.height - 1 };
  return { name, follows: pane.from === 'end', count: pane.lines(inside).length, room: inside.height };
}

function withRule(paint: DrawContext): DrawContext {
  return { ...paint, height: paint.height + 1 };
}

function shownSplit(model: Model, { height }: DrawContext): Split | undefined {
  const screen = screenOf(model);
  const isAlone = paneView(screen).isZoomed || height < leastHeight;
  return isAlone ? focusedPane(model, screen) : layoutFor(screen, model.size);
}

/** Just so many lines, each just so wide but for the last column of panes, which may end sooner. */
function divided(
  split: Split,
  space: DrawContext,
  draw: (name: PaneName, space: DrawContext) => readonly Line[],
): readonly Line[] {
  const { columns, height } = space;
  if (typeof split === 'string') {
    const lines = draw(split, space);
    return Array.from({ length: height }, (_, row) => clipLine(lines[row] ?? [], columns));
  }
  if ('below' in split) {
    const heights = shared(
      height,
      split.below.map(([share]) => share),
    );
    return split.below.flatMap(([, part], at) => divided(part, { ...space, height: heights[at] ?? 0 }, draw));
  }
  const widths = shared(
    columns - split.beside.length + 1,
    split.beside.map(([share]) => share),
  );
  const drawn = split.beside.map(([, part], at) =>
    divided(part, { ...space, columns: widths[at] ?? 0 }, draw),
  );
  const wall = span(space.glyphs.wall, 'dim');
  return Array.from({ length: height }, (_, row) =>
    drawn.flatMap((lines, at): Line => {
      const line = lines[row] ?? [];
      return at === drawn.length - 1 ? line : [...filled(line, widths[at] ?? 0), wall];
    }),
  );
}

/** The whole in parts by their shares, none of it lost to rounding. */
function shared(whole: number, shares: readonly number[]): readonly number[] {
  const all = shares.reduce((sum, share) => sum + share, 0);
  let before = 0;
  return shares.map((share) => {
    const from = Math.round((whole * before) / all);
    before += share;
    return Math.round((whole * before) / all) - from;
  });
}

function filled(line: Line, columns: number): Line {
  const left = columns - cellsOf(lineText(line));
  return left > 0 ? [...line, span(' '.repeat(left))] : line;
}

function paneLines(
  model: Model,
  name: PaneName,
  pane: Pane | undefined,
  space: DrawContext,
): readonly Line[] {
  const inside = { ...space, height: space.height - 1 };
  const lines = pane?.lines(inside) ?? [];
  const { scrolled: scrolls } = paneView(screenOf(model));
  const from = scrolls[name] ?? (pane?.from === 'end' ? Number.POSITIVE_INFINITY : 0);
  const shown = pane?.from === 'list' ? lines : scrolled(lines, from, inside.height, space.words);
  return [titleLine(model, name, space), ...shown];
}

/** The one that has the keys is told by its mark and its weight, without colour too. */
function titleLine(model: Model, name: PaneName, { words, glyphs, columns }: DrawContext): Line {
  const isFocused = focusedPane(model, screenOf(model)) === name;
  const tone: Tone = worldOf(model) === 'rehearsal' ? 'accent' : 'dim';
  const title = ` ${words.panes.titles[name]} `;
  const mark = isFocused ? glyphs.cursor : glyphs.rule;
  const rest = columns - cellsOf(mark) - cellsOf(title);
  return [
    span(mark, isFocused ? 'accent' : tone),
    span(title, isFocused ? 'strong' : tone),
    span(glyphs.rule.repeat(Math.max(0, rest)), tone),
  ];
}
