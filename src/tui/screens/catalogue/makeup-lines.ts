import { consumerText } from '../../../core/drain/consumers.ts';
import { shortName } from '../../../core/registry/service-name.ts';
import { type Instance, endpointText } from '../../../core/registry/service.ts';
import { clipMiddle } from '../../../core/text/cells.ts';
import { visible } from '../../../core/text/visible.ts';
import type { ServiceConsumers } from '../../../runner/review/read-consumers.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { paragraph } from '../../components/labelled.ts';
import { type Column, table } from '../../components/table.ts';
import { type Line, line, span } from '../../draw/line.ts';
import { stateTones } from '../../draw/theme.ts';
import type { Model } from '../../model/model.ts';
import { stateOf } from '../../view/instance-rows.ts';
import { takenOffBy } from '../../view/left-off.ts';
import type { Problem } from '../../model/notice.ts';
import { sayProblem } from '../../view/say-problem.ts';
import type { ServiceRow } from '../../view/service-rows.ts';
import { type Division, makeupOf, notServing } from '../../view/catalogue/makeup.ts';

/** More are counted: nobody reads a hundred of them one by one. */
const saidMost = 50;

/** What the pointed service consists of, and who is off or ill, and why. */
export function makeupLines(model: Model, row: ServiceRow, paint: DrawContext): readonly Line[] {
  const { words, columns } = paint;
  const said = words.panes.makeup;
  const head = line(' ', span(clipMiddle(visible(shortName(row)), columns - 2), 'strong'));
  const { list, unread: why } = model.makeup?.key === row.key ? model.makeup : {};
  const failed = why === undefined ? [] : whyUnread(why, list !== undefined, paint);
  if (list === undefined)
    return [head, ...(why === undefined ? paragraph(said.unread, columns, 'dim') : failed)];
  const { items, unreadable } = list;
  const away = notServing(items);
  const unread = unreadable.length === 0 ? [] : paragraph(said.unreadable(unreadable.length), columns, 'bad');
  return [
    head,
    ...failed,
    ...makeupOf(items).flatMap((division) => divisionLines(division, paint)),
    ...unread,
    ...(away.length === 0 ? [] : [[]]),
    ...away.slice(0, saidMost).flatMap((instance) => awayLines(model, instance, paint)),
    ...(away.length > saidMost ? [line(span(` ${words.screens.more(away.length - saidMost)}`, 'dim'))] : []),
    ...(model.makeup?.consumers === undefined ? [] : consumerLines(model.makeup.consumers, paint)),
  ];
}

/** Why there is nothing of it, or nothing younger. */
function whyUnread(
  why: Problem | 'hides-off',
  isOld: boolean,
  { words, columns }: DrawContext,
): readonly Line[] {
  const said = words.panes.makeup;
  if (why === 'hides-off') return paragraph(said.hidesOff, columns, 'dim');
  const what = isOld ? said.unreadSince : said.notRead;
  return paragraph(`${what}${words.screens.between}${sayProblem(words, why)}`, columns, 'bad');
}

/** Who consumes it, or why nobody can say. */
function consumerLines(read: ServiceConsumers, { words, columns }: DrawContext): readonly Line[] {
  if ('error' in read) {
    const service = shortName(read.service);
    const why = words.failures.finding({
      level: 'warning',
      kind: 'consumers-unknown',
      service,
      error: read.error,
    });
    return [[], ...paragraph(visible(why), columns, 'warn')];
  }
  const { consumers } = read;
  const said = words.panes.makeup;
  if (consumers.length === 0) return [[], ...paragraph(said.noConsumers, columns, 'dim')];
  const left = consumers.length - saidMost;
  return [
    [],
    line(' ', span(said.consumers(consumers.length), 'dim')),
    ...consumers.slice(0, saidMost).map((one) => line(`  ${visible(consumerText(one))}`)),
    ...(left > 0 ? [line(span(` ${words.screens.more(left)}`, 'dim'))] : []),
  ];
}

function divisionLines({ by, parts }: Division, { words, glyphs, columns }: DrawContext): readonly Line[] {
  const { columns: titles } = words.screens.services;
  const count = (title: string): Column => ({ title, max: 6, align: 'right' });
  const rows = parts.map(({ value, on, off, ill }) => ({
    isPointed: false,
    cells: [
      value === undefined
        ? { text: words.panes.makeup.none, tone: 'dim' as const }
        : { text: visible(value) },
      { text: String(on), tone: on > 0 ? ('on' as const) : ('bad' as const) },
      { text: String(off), tone: off > 0 ? ('off' as const) : ('dim' as const) },
      { text: String(ill), tone: ill > 0 ? ('ill' as const) : ('dim' as const) },
    ],
  }));
  const value = { title: words.screens.instances.columns[by], max: 24, min: 8 };
  return [
    [],
    ...table([value, count(titles.on), count(titles.off), count(titles.ill)], rows, {
      columns,
      height: rows.length + 1,
      cursor: glyphs.cursor,
      more: words.screens.more,
    }),
  ];
}

function awayLines(
  model: Model,
  instance: Instance,
  { words, glyphs, columns }: DrawContext,
): readonly Line[] {
  const { states, takenOff } = words.screens.instances;
  const state = stateOf(instance);
  const by = takenOffBy(model, instance);
  const why = by === undefined ? words.panes.makeup.why[state === 'ill' ? 'ill' : 'off'] : takenOff(by);
  return [
    line(
      ' ',
      span(`${glyphs.state[state]} ${states[state]}`, stateTones[state]),
      `  ${visible(endpointText(instance))}`,
    ),
    ...paragraph(`  ${visible(why)}`, columns, by === undefined ? 'dim' : 'warn').slice(0, 4),
  ];
}
