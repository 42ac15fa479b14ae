import { shortName } from '../../../core/registry/service-name.ts';
import { clipMiddle } from '../../../core/text/cells.ts';
import { visible } from '../../../core/text/visible.ts';
import { capacityBar } from '../../components/capacity-bar.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { paragraph } from '../../components/labelled.ts';
import { type Line, line, span } from '../../draw/line.ts';
import type { Model } from '../../model/model.ts';
import { type Capacity, capacities } from '../../view/catalogue/capacity.ts';

const barMax = 40;

/** How much of each service is on and well, and below what its minimum will not let it fall. */
export function capacityLines(model: Model, paint: DrawContext): readonly Line[] {
  return capacities(model).flatMap((capacity) => oneOf(capacity, paint));
}

function oneOf(capacity: Capacity, paint: DrawContext): readonly Line[] {
  const { words, columns } = paint;
  const { service, serving, all, minimum, chosen } = capacity;
  const said = words.panes.capacity;
  const cells = Math.max(1, Math.min(barMax, columns - 3));
  const spare = minimum === undefined ? undefined : serving - minimum;
  return [
    line(' ', span(clipMiddle(visible(shortName(service)), columns - 2), 'strong')),
    line(' ', ...capacityBar({ serving, all, minimum, cells }, paint)),
    ...paragraph(said.on(serving, all), columns),
    ...(minimum === undefined ? [] : paragraph(said.minimum(minimum), columns, 'dim')),
    ...(spare === undefined ? [] : paragraph(said.spare(spare), columns, spare > 0 ? 'dim' : 'warn')),
    ...(chosen === 0 ? [] : paragraph(said.chosen(chosen), columns, 'accent')),
  ];
}
