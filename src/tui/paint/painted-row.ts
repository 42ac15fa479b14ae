import { charactersOf, cellsOf } from '../../core/text/cells.ts';
import { visible } from '../../core/text/visible.ts';
import type { Look } from '../draw/colors.ts';
import type { Line, Span } from '../draw/line.ts';
import { styleOf } from '../draw/theme.ts';

/** One column of the terminal. The second one of a wide character has no text. */
export type Cell = {
  readonly text: string;
  /** What stands in an SGR sequence, after a reset; empty is plain. */
  readonly style: string;
  /** 0 is the second column of a wide character. */
  readonly width: 0 | 1 | 2;
};

export type PaintedRow = {
  readonly cells: readonly Cell[];
  /** A terminal may take some character for wider or narrower than we do. */
  readonly isDoubtful: boolean;
};

const blank: Cell = { text: ' ', style: '', width: 1 };
/** What a terminal that knows nothing of joined characters may make of one of them. */
const doubtfulCells = 4;
/** Marks beyond these are a flood, not a letter. */
const longestCharacter = 8;
const inverse = '7';
const plain: Look = { hasColor: false, theme: 'terminal', depth: 4 };

/** A line as so many columns, blank to the right. */
export function paintedRow(line: Line, columns: number, look = plain): PaintedRow {
  const cells: Cell[] = [];
  let isDoubtful = false;
  for (const part of line) {
    const style = styleCodes(part, look);
    for (const { text, width, isSure } of charactersIn(part.text)) {
      if (cells.length + width > columns) return { cells: filled(cells, columns), isDoubtful };
      isDoubtful ||= !isSure;
      // It must not be taken for so wide that it begins another row.
      const isRisky = !isSure && cells.length + doubtfulCells > columns;
      const shown = isRisky ? '?'.repeat(width) : text;
      // Nobody sees what colour a blank has.
      const own = shown === ' ' && part.isInverse !== true ? '' : style;
      if (width === 2 && !isRisky) cells.push({ text: shown, style: own, width }, { ...second, style: own });
      else for (const one of isRisky ? shown : [shown]) cells.push({ text: one, style: own, width: 1 });
    }
  }
  return { cells: filled(cells, columns), isDoubtful };
}

const second: Cell = { text: '', style: '', width: 0 };

function filled(cells: Cell[], columns: number): readonly Cell[] {
  while (cells.length < columns) cells.push(blank);
  return cells;
}

export function isSameCell(one: Cell | undefined, other: Cell | undefined): boolean {
  return one?.text === other?.text && one?.style === other?.style;
}

function styleCodes({ tone, isInverse }: Span, look: Look): string {
  const style = styleOf(tone, look);
  return isInverse === true ? [style, inverse].filter((code) => code !== '').join(';') : style;
}

export const isInverse = (style: string): boolean => style.split(';').includes(inverse);

/** Whether every terminal gives it the columns that we do. */
export function isSureCharacter(character: string): boolean {
  return character.length === 1 && !/[\p{M}\p{Emoji_Presentation}\p{Co}\p{Cn}\p{Cs}]/u.test(character);
}

type Character = { readonly text: string; readonly width: 1 | 2; readonly isSure: boolean };

/** Whatever a screen has made of what came from outside: nothing that a terminal would obey is among them. */
function charactersIn(text: string): readonly Character[] {
  if (/^[ -~]*$/.test(text)) return Array.from(text, (one) => ({ text: one, width: 1, isSure: true }));
  return charactersOf(text).flatMap((character): readonly Character[] => {
    if (visible(character) !== character) return [{ text: '?', width: 1, isSure: true }];
    const width = cellsOf(character);
    // A mark without a letter would change the one before it.
    if (width < 1) return [];
    const whole = Array.from(character);
    const kept = whole.length > longestCharacter ? whole.slice(0, longestCharacter).join('') : character;
    return [{ text: kept, width: width === 1 ? 1 : 2, isSure: isSureCharacter(kept) }];
  });
}
