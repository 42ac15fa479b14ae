import { wrap } from '../../core/text/cells.ts';
import { footer, noticeLine } from '../components/footer.ts';
import { tourLines } from '../components/tour-lines.ts';
import { type DrawContext, drawContextFor } from '../components/draw-context.ts';
import { type Line, span } from '../draw/line.ts';
import type { Model } from '../model/model.ts';

/** The header, the title of the screen, and the rule under them. */
const topRows = 3;

/** How many rows a frame has: the last one is left, as some terminals scroll when its last column is written. */
export function frameRows({ size }: Model): number {
  return Math.max(1, size.rows - 1);
}

/** How many rows are left for a screen and for what stands in front of it. */
export function roomOf(model: Model): number {
  return frameRows(model) - topRows - bottomLines(model, drawContextFor(model, frameRows(model))).length;
}

/** What the tour says, what is said, or an empty line, and the keys. */
export function bottomLines(model: Model, paint: DrawContext): readonly Line[] {
  return [...tourLines(model, paint), ...noticeLines(model, paint), footer(model, paint)];
}

/** A sentence that says what went wrong is worth two lines. */
function noticeLines(model: Model, paint: DrawContext): readonly Line[] {
  const said = noticeLine(model, paint);
  const [first] = said;
  if (first === undefined) return [[]];
  return wrap(first.text.trim(), paint.columns - 2)
    .slice(0, 3)
    .map((text) => [span(` ${text}`, first.tone)]);
}
