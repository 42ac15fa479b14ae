import { visible } from '../../core/visible.ts';
import { clip } from '../cells.ts';
import type { Following } from '../following.ts';
import { type Line, line, span } from '../line.ts';
import type { Paint } from '../paint.ts';

/** The end of the command's output; a tab or an escape in it is shown, not obeyed. */
export function logLines(
  { tail, directory }: Following,
  { words, glyphs, height, columns }: Paint,
): readonly Line[] {
  if (height <= 1) return [];
  const said = words.rollout;
  const path = tail === undefined ? '' : tail.path.replace(`${directory}/`, '');
  const head = line(span(` ${clip(said.log(visible(path)), columns - 2)}`, 'strong'));
  if (tail === undefined || tail.text.trim() === '') return [head, line(span(` ${said.logEmpty}`, 'dim'))];
  const lines = tail.text.replaceAll('\r\n', '\n').trimEnd().split('\n');
  return [
    head,
    ...lines
      .slice(-(height - 1))
      .map((text) => line(span(` ${glyphs.wall} `, 'dim'), visible(text.replaceAll('\t', '  ')))),
  ];
}
