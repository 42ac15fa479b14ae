import { shortName } from '../../../core/registry/service-name.ts';
import { cellsOf, wrap } from '../../../core/text/cells.ts';
import { visible } from '../../../core/text/visible.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { unreadLines } from '../../components/freshness.ts';
import { paragraph } from '../../components/labelled.ts';
import { type Cell, type Row, table } from '../../components/table.ts';
import { unreadableLines } from '../../components/unreadable-lines.ts';
import { type Line, line, lineText, span } from '../../draw/line.ts';
import { stateTones } from '../../draw/theme.ts';
import { wentBad } from '../../model/looked.ts';
import type { Model } from '../../model/model.ts';
import { type CompanionRow, type InstanceRow, unreadableInstances } from '../../view/instance-rows.ts';

/** The rows around the pointed one, why they may be old, and at the end what is said of it. */
export function instanceTable(
  model: Model,
  rows: readonly InstanceRow[],
  pointed: InstanceRow,
  remark: readonly Line[],
  paint: DrawContext,
): readonly Line[] {
  const { words, glyphs, columns, height } = paint;
  const hasService = (model.draft?.services.length ?? 0) > 1;
  const why = unreadLines(model.instances, 'instances', paint);
  const unreadable = unreadableLines(unreadableInstances(model), words.failures.whichUnreadable, paint);
  const detail = [...unreadable, ...remark];
  const shown = rows.map((row) =>
    rowOf(row, { isPointed: row === pointed, isNews: wentBad(model, row.instance), hasService }, paint),
  );
  const body = table(columnsOf(hasService, paint), shown, {
    columns,
    height: height - why.length - detail.length,
    cursor: glyphs.cursor,
    more: words.screens.more,
  });
  const gap = Array.from(
    { length: Math.max(0, height - why.length - detail.length - body.length) },
    (): Line => [],
  );
  return [...why, ...body, ...gap, ...detail];
}

/** Who took it off, and that it stays where its process is gone. */
export function remarkLines(
  { instance, endpoint, takenOff }: InstanceRow,
  { words, columns }: DrawContext,
): readonly Line[] {
  const said = words.screens.instances;
  const by = takenOff === undefined ? [] : paragraph(visible(said.takenOff(takenOff)), columns, 'warn');
  const kind = instance.ephemeral
    ? []
    : paragraph(visible(`${endpoint}  (${said.persistent})`), columns, 'dim');
  return [...by.slice(0, 3), ...kind.slice(0, 1)];
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
