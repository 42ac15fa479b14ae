import { wrap } from '../../core/text/cells.ts';
import { header, worldOf } from '../components/header.ts';
import { type Line, clipLine, line, span } from '../draw/line.ts';
import type { Model } from '../model/model.ts';
import { drawContextFor } from '../components/draw-context.ts';
import { isOverlay } from '../model/place.ts';
import { front, screenOf } from '../model/navigation.ts';
import { overlayLines } from './overlays.ts';
import { bottomLines, frameRows, roomOf } from './room.ts';
import { screenLines } from './screens.ts';

export const smallest = { columns: 40, rows: 12 } as const;

/**
 * The whole console as lines: never more than the window has rows, less one, and never wider.
 */
export function frame(model: Model): readonly Line[] {
  const { columns, rows } = model.size;
  if (model.frozen !== undefined) return frozenFrame(model, model.frozen);
  const height = frameRows(model);
  const lines =
    columns < smallest.columns || rows < smallest.rows ? tooSmall(model, height) : whole(model, height);
  return lines.slice(0, height).map((each) => clipLine(each, columns));
}

/** As it was when it froze; its last line says so. */
function frozenFrame(model: Model, frozen: readonly Line[]): readonly Line[] {
  const { columns, rows } = model.size;
  const { words } = drawContextFor(model, rows);
  const said = line(span(` ${words.screens.frozen}`, 'warn'));
  return [...frozen.slice(0, -1), said].slice(-frameRows(model)).map((each) => clipLine(each, columns));
}

function whole(model: Model, height: number): readonly Line[] {
  const paint = drawContextFor(model, height);
  // A rehearsal is told from the real thing at a glance.
  const rule = line(
    span(paint.glyphs.rule.repeat(paint.columns), worldOf(model) === 'rehearsal' ? 'accent' : 'dim'),
  );
  const place = front(model);
  const room = roomOf(model);
  const overlay = isOverlay(place) ? overlayLines(model, place, { ...paint, height: room }) : [];
  const ruled = overlay.length === 0 || overlay.length >= room - 1 ? overlay : [rule, ...overlay];
  const above = Math.max(0, room - ruled.length);
  const drawn = screenLines(model, screenOf(model), { ...paint, height: above });
  const shown = drawn.body.slice(0, above);
  const filled = [...shown, ...Array.from({ length: Math.max(0, above - shown.length) }, (): Line => [])];
  return [
    header(model, paint),
    drawn.title,
    drawn.rule ?? rule,
    ...filled,
    ...ruled.slice(0, room),
    ...bottomLines(model, paint),
  ];
}

function tooSmall(model: Model, height: number): readonly Line[] {
  const { words, columns } = drawContextFor(model, height);
  return wrap(words.screens.enlarge(smallest.columns, smallest.rows), Math.max(2, columns)).map((text) =>
    line(text),
  );
}
