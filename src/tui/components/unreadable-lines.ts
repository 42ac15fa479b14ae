import type { Unreadable } from '../../core/registry/listed.ts';
import { visible } from '../../core/text/visible.ts';
import { type Line, line, span } from '../draw/line.ts';
import type { DrawContext } from './draw-context.ts';
import { paragraph } from './labelled.ts';

const namedMax = 3;

/** What of a list cannot be read, a line or two each, under what can be; a few by name. */
export function unreadableLines(
  records: readonly Unreadable[],
  nameOf: (record: Unreadable) => string,
  { words, glyphs, columns }: DrawContext,
): readonly Line[] {
  const named = records.slice(0, namedMax).flatMap((record) => {
    const text = words.screens.unreadable(nameOf(record), words.failures.unread(record));
    return paragraph(`${glyphs.state.unreadable} ${visible(text)}`, columns, 'bad');
  });
  const more = records.length - namedMax;
  return more > 0 ? [...named, line(span(words.screens.more(more), 'bad'))] : named;
}
