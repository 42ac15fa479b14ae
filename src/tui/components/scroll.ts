import type { TuiWords } from '../../i18n/en/tui.ts';
import { type Line, line, span } from '../draw/line.ts';

/** How far a text can be scrolled. */
export function scrollEnd(count: number, height: number): number {
  return Math.max(0, count - height);
}

/** As many lines as fit from `from` on; what is hidden above and below is counted, never silently cut. */
export function scrolled(
  lines: readonly Line[],
  from: number,
  height: number,
  { screens }: TuiWords,
): readonly Line[] {
  if (lines.length <= height) return lines;
  const start = Math.min(Math.max(0, from), scrollEnd(lines.length, height));
  const shown = lines.slice(start, start + height);
  if (height < 3) return shown;
  const below = lines.length - start - height;
  const hidden = (text: string): Line => line(span(` ${text}`, 'dim'));
  return [
    ...(start > 0 ? [hidden(screens.above(start + 1))] : shown.slice(0, 1)),
    ...shown.slice(1, -1),
    ...(below > 0 ? [hidden(screens.more(below + 1))] : shown.slice(-1)),
  ];
}
