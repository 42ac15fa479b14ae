import { type Span, span } from '../draw/line.ts';
import type { DrawContext } from './draw-context.ts';

type Bar = {
  readonly serving: number;
  readonly all: number;
  readonly minimum: number | undefined;
  readonly cells: number;
};

/** How many of all serve; the mark stands behind the last one that has to stay. */
export function capacityBar(
  { serving, all, minimum, cells }: Bar,
  { glyphs }: Pick<DrawContext, 'glyphs'>,
): readonly Span[] {
  const [full, empty] = glyphs.bar;
  const most = Math.max(1, all, minimum ?? 0);
  const at = (count: number): number => Math.round((cells * count) / most);
  const limit = minimum === undefined ? 0 : at(minimum);
  const part = (from: number, to: number): readonly Span[] =>
    (
      [
        [full, 'on', from, Math.min(to, at(serving))],
        [empty, 'dim', Math.max(from, at(serving)), to],
      ] as const
    ).map(([glyph, tone, start, end]) => span(glyph.repeat(Math.max(0, end - start)), tone));
  const mark = minimum === undefined ? [] : [span(glyphs.wall, serving < minimum ? 'bad' : 'warn')];
  return [...part(0, limit), ...mark, ...part(limit, cells)];
}
