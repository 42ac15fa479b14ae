import { shortName } from '../../../core/registry/service-name.ts';
import { visible } from '../../../core/text/visible.ts';
import { cellsOf, clip, wrap } from '../../../core/text/cells.ts';
import { paragraph } from '../../components/labelled.ts';
import { freshnessSpan, unreadLines } from '../../components/freshness.ts';
import { type Cell, type Row, table } from '../../components/table.ts';
import { unreadableLines } from '../../components/unreadable-lines.ts';
import { type Line, line, lineText, span, spread } from '../../draw/line.ts';
import type { Model } from '../../model/model.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { wentBad } from '../../model/looked.ts';
import type { PlaceNamed } from '../../model/place.ts';
import { stateTones } from '../../draw/theme.ts';
import {
  type CompanionRow,
  type InstanceRow,
  instanceRows,
  unreadableInstances,
} from '../../view/instance-rows.ts';
import type { Drawn } from '../../components/draw-context.ts';

export function instancesScreen(model: Model, screen: PlaceNamed<'instances'>, paint: DrawContext): Drawn {
  const { words, glyphs, columns, height } = paint;
  const said = words.screens.instances;
  const rows = instanceRows(model);
  const services = model.draft?.services ?? [];
  const names = services.map((service) => visible(shortName(service))).join(', ');
  const on = rows.filter(({ state }) => state === 'on').length;
  const off = rows.filter(({ state }) => state === 'off').length;
  const counts = said.title(rows.length, on, off, model.draft?.order.length ?? 0);
  // They are read every few seconds: their age is worth the room where that fails.
  const age = model.instances.problem === undefined ? span('') : freshnessSpan(model, 'instances', paint);
  const why = unreadLines(model.instances, 'instances', paint);
  // Names give way to the counts.
  const room = Math.max(8, columns - cellsOf(counts) - cellsOf(age.text) - 4);
  const title = spread(
    line(' ', span(clip(names, room), 'strong'), `  ${counts}`),
    age.text === '' ? [] : [age],
    columns,
  );
  if (model.instances.value === undefined)
    return { title, body: why.length > 0 ? why : paragraph(words.screens.loading, columns, 'dim') };
  const unreadable = unreadableLines(unreadableInstances(model), words.failures.whichUnreadable, paint);
  if (rows.length === 0) {
    const empty = unreadable.length === 0 ? paragraph(said.empty, columns) : [];
    return { title, body: [...why, ...empty, ...unreadable] };
  }
  const pointed = rows[Math.min(screen.cursor, rows.length - 1)];
  const metadata = pointed === undefined || height < 8 ? [] : metadataLines(pointed, paint);
  const detail = [...unreadable, ...metadata];
  const shown = rows.map((row) =>
    rowOf(
      row,
      { isPointed: row === pointed, isNews: wentBad(model, row.instance), hasService: services.length > 1 },
      paint,
    ),
  );
  const body = table(columnsOf(services.length > 1, paint), shown, {
    columns,
    height: height - why.length - detail.length,
    cursor: glyphs.cursor,
    more: words.screens.more,
  });
  const gap = Array.from(
    { length: Math.max(0, height - why.length - detail.length - body.length) },
    (): Line => [],
  );
  return { title, body: [...why, ...body, ...gap, ...detail] };
}

function columnsOf(hasService: boolean, { words }: DrawContext): Parameters<typeof table>[0] {
  const { columns: titles } = words.screens.instances;
  return [
    { title: titles.order, max: 6, align: 'right' },
    { title: titles.instance, max: 30 },
    { title: titles.state, max: 20 },
    { title: hasService ? words.screens.services.columns.service : '', max: 24, dispensable: 1 },
    { title: titles.cluster, max: 16, dispensable: 4 },
    { title: titles.weight, max: 8, align: 'right', dispensable: 2 },
    { title: titles.version, max: 16, dispensable: 3 },
    { title: titles.zone, max: 12, dispensable: 5 },
  ];
}

function rowOf(
  row: InstanceRow,
  {
    isPointed,
    isNews,
    hasService,
  }: { readonly isPointed: boolean; readonly isNews: boolean; readonly hasService: boolean },
  paint: DrawContext,
): Row {
  const { words, glyphs } = paint;
  const said = words.screens.instances;
  const { instance, state, place } = row;
  const stateText = (of: InstanceRow['state']): string => `${glyphs.state[of]} ${said.states[of]}`;
  const cells: readonly Cell[] = [
    { text: place === undefined ? '' : String(place), tone: 'accent' },
    { text: visible(row.endpoint) },
    {
      text: `${stateText(state)}${row.takenOff === undefined ? '' : said.byUs}${isNews ? words.machine.sinceLooked.instance : ''}`,
      tone: row.takenOff === undefined ? stateTones[state] : 'warn',
    },
    { text: hasService ? visible(shortName(instance)) : '' },
    { text: visible(instance.cluster), tone: 'dim' },
    { text: String(instance.weight) },
    { text: visible(instance.metadata['version'] ?? '') },
    { text: visible(instance.metadata['zone'] ?? ''), tone: 'dim' },
  ];
  const below = row.companions.flatMap((companion) => companionLines(companion, paint));
  return { cells, isPointed, below };
}

function companionLines(companion: CompanionRow, { words, glyphs, columns }: DrawContext): readonly Line[] {
  const said = words.screens.instances;
  const indent = `          ${glyphs.branch} `;
  switch (companion.kind) {
    case 'found': {
      const { label, state } = companion;
      const head = line(
        span(`${indent}${visible(label)}  `, 'dim'),
        span(`${glyphs.state[state]} ${said.states[state]}`, stateTones[state]),
      );
      const remark = `  ${said.goesWith}`;
      return [cellsOf(lineText(head) + remark) > columns ? head : [...head, span(remark, 'dim')]];
    }
    case 'unread':
      return [line(span(`${indent}${visible(companion.label)}  ${words.screens.loading}`, 'dim'))];
    case 'rule':
      return [line(span(`${indent}${visible(companion.label)}  ${said.foundLater}`, 'dim'))];
    case 'problem': {
      const text = visible(words.failures.planProblem(companion.problem));
      return wrap(text, Math.max(10, columns - indent.length - 1)).map((part, index) =>
        line(span(index === 0 ? indent : ' '.repeat(indent.length), 'dim'), span(part, 'bad')),
      );
    }
  }
}

function metadataLines(
  { instance, endpoint, takenOff }: InstanceRow,
  { words, columns }: DrawContext,
): readonly Line[] {
  const said = words.screens.instances;
  const pairs = Object.entries(instance.metadata).map(([key, value]) => `${key}=${value}`);
  const kind = instance.ephemeral ? '' : `  (${said.persistent})`;
  const text = `${endpoint}${kind}  ${said.metadata}  ${pairs.join(' ') || '-'}`;
  const by = takenOff === undefined ? [] : paragraph(visible(said.takenOff(takenOff)), columns, 'warn');
  return [[], ...by.slice(0, 3), ...paragraph(visible(text), columns, 'dim').slice(0, 3)];
}
