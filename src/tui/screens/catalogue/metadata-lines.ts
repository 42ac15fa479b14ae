import { cellsOf, clip, clipMiddle } from '../../../core/text/cells.ts';
import { type Instance, endpointText, isSameService } from '../../../core/registry/service.ts';
import { visible } from '../../../core/text/visible.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { paragraph } from '../../components/labelled.ts';
import { type Line, cell, line, span } from '../../draw/line.ts';
import type { InstanceRow } from '../../view/instance-rows.ts';
import { metadataBeside } from '../../view/catalogue/metadata-beside.ts';

const keyMax = 28;
/** Narrower than an endpoint of IPv4 nothing can be compared. */
const valueMin = 14;
const valueMax = 32;

/** The metadata of the pointed instance and of others of its service side by side; what differs has its mark. */
export function metadataLines(
  { instance }: InstanceRow,
  instances: readonly Instance[],
  paint: DrawContext,
): readonly Line[] {
  const { words, glyphs, columns: width } = paint;
  const said = words.panes.metadata;
  const { columns, rows } = metadataBeside(
    instance,
    instances.filter((one) => isSameService(one, instance)),
  );
  if (rows.length === 0) return paragraph(said.none, width, 'dim');
  const differs = `${glyphs.differs} `;
  const unlike = ' '.repeat(cellsOf(differs));
  const keys = rows.map(({ key }) => clip(visible(key), Math.min(keyMax, Math.floor(width / 3))));
  const keyWidth = Math.max(...keys.map(cellsOf));
  const room = width - unlike.length - keyWidth - 2;
  const count = Math.max(1, Math.min(columns.length, Math.floor((room + 2) / (valueMin + 2))));
  const each = Math.max(1, Math.min(valueMax, Math.floor((room + 2) / count) - 2));
  const titles = columns.slice(0, count).map(({ first, others }) => {
    const more = others === 0 ? '' : ` +${others}`;
    return `${clipMiddle(visible(endpointText(first)), each - cellsOf(more))}${more}`;
  });
  const hidden = columns.length - count;
  return [
    [
      span(' '.repeat(unlike.length + keyWidth)),
      ...spaced(titles.map((title) => cell(title, each, 'strong'))),
    ],
    ...rows.map(({ isDifferent, values }, at) => [
      span(isDifferent ? differs : unlike, 'warn'),
      cell(keys[at] ?? '', keyWidth, isDifferent ? 'plain' : 'dim'),
      ...spaced(
        values.slice(0, count).map((value, column) => {
          const isOther = column > 0 && value !== values[0];
          const mark = isOther ? differs : '';
          const text = value === undefined ? said.absent : visible(value);
          const tone = isOther ? 'warn' : value === undefined ? 'dim' : 'plain';
          return cell(`${mark}${clipMiddle(text, each - cellsOf(mark))}`, each, tone);
        }),
      ),
    ]),
    ...(hidden > 0 ? [line(span(` ${said.hidden(hidden)}`, 'dim'))] : []),
  ];
}

function spaced(cells: Line): Line {
  return cells.flatMap((each) => [span('  '), each]);
}
