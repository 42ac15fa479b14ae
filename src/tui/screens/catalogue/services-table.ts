import { allRead } from '../../../core/registry/listed.ts';
import { cellsOf } from '../../../core/text/cells.ts';
import { visible } from '../../../core/text/visible.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { unreadLines } from '../../components/freshness.ts';
import { type Cell, type Column, table } from '../../components/table.ts';
import { unreadableLines } from '../../components/unreadable-lines.ts';
import type { Line } from '../../draw/line.ts';
import { type Looked, lookedAway, wentSince } from '../../model/looked.ts';
import type { Model } from '../../model/model.ts';
import type { PlaceNamed } from '../../model/place.ts';
import { type ServiceRow, serviceRows } from '../../view/service-rows.ts';

/** Why they may be old, the rows around the cursor, and what cannot be read. */
export function serviceTable(
  model: Model,
  screen: PlaceNamed<'services'>,
  paint: DrawContext,
): readonly Line[] {
  const { words, glyphs, columns, height } = paint;
  const rows = serviceRows(model);
  const { unreadable } = model.services.value ?? allRead([]);
  const why = unreadLines(model.services, 'services', paint);
  const below = unreadableLines(unreadable, ({ service }) => service ?? '?', paint);
  const room = height - why.length - below.length;
  const from = Math.max(0, screen.cursor - room);
  const near = rows.slice(from, screen.cursor + room + 1);
  const body = table(
    columnsFor(model, rows, paint),
    near.map((row, index) => ({
      isPointed: from + index === screen.cursor,
      cells: cellsOfService(model, row, paint),
    })),
    { columns, height: room, count: rows.length, cursor: glyphs.cursor, more: words.screens.more },
  );
  return [...why, ...body, ...below];
}

const serviceMin = 24;
/** As wide as `DEFAULT_GROUP`. */
const groupMin = 13;
/** Beside the least of a service, the counts fit into 80 columns with it. */
const groupMax = 30;

type Made = Pick<DrawContext, 'words' | 'glyphs' | 'columns'> & {
  readonly looked: Looked | undefined;
  readonly made: readonly Column[];
};

/** Ten thousand rows are looked at once, and not with each key. */
const lastColumns = new WeakMap<readonly ServiceRow[], Made>();

function columnsFor(model: Model, rows: readonly ServiceRow[], paint: DrawContext): readonly Column[] {
  const { words, glyphs, columns } = paint;
  const last = lastColumns.get(rows);
  const looked = lookedAway(model);
  const isSame = last?.words === words && last.glyphs === glyphs && last.columns === columns;
  if (isSame && last.looked === looked) return last.made;
  const made = columnsOf(model, rows, paint);
  lastColumns.set(rows, { words, glyphs, columns, looked, made });
  return made;
}

/** Each as wide as its widest of all, so that nothing moves while one scrolls. */
function columnsOf(model: Model, rows: readonly ServiceRow[], paint: DrawContext): readonly Column[] {
  const said = paint.words.screens.services.columns;
  const widest = (widthOf: (row: ServiceRow) => number): number =>
    rows.reduce((width, row) => Math.max(width, widthOf(row)), 0);
  const remarks = new Set(rows.map((row) => remarkOf(model, row, paint)));
  const count = (name: 'on' | 'off' | 'ill'): Column => ({
    title: said[name],
    max: 5,
    align: 'right',
    widest: String(widest((row) => row[name])).length,
  });
  return [
    { title: '', max: 2, widest: rows.some(({ isMarked }) => isMarked) ? cellsOf(paint.glyphs.mark) : 0 },
    {
      title: said.service,
      max: paint.columns,
      min: serviceMin,
      widest: widest(({ serviceWidth }) => serviceWidth),
    },
    { ...groupColumn(rows, said.group), widest: widest(({ groupWidth }) => groupWidth) },
    count('on'),
    count('off'),
    count('ill'),
    { title: said.remark, max: 24, dispensable: 1, widest: Math.max(...[...remarks].map(cellsOf)) },
  ];
}

/** What tells services of one name apart is never left out, nor cut before those are. */
function groupColumn(rows: readonly ServiceRow[], title: string): Column {
  const names = new Map<string, number>();
  for (const { service } of rows) names.set(service, (names.get(service) ?? 0) + 1);
  const telling = rows.filter(({ service }) => (names.get(service) ?? 0) > 1);
  if (telling.length === 0) return { title, max: 24, min: groupMin, dispensable: 2 };
  const widest = telling.reduce((width, { groupWidth }) => Math.max(width, groupWidth), 0);
  return { title, max: Math.max(24, widest), min: Math.max(groupMin, Math.min(widest, groupMax)) };
}

function remarkOf(model: Model, row: ServiceRow, { words }: DrawContext): string {
  const said = words.screens.services;
  const few = row.on === 0 ? (row.off + row.ill > 0 ? said.noneOn : '') : row.on === 1 ? said.lastOne : '';
  const went = wentSince(model, row);
  const isNews = went.off + went.ill > 0;
  if (row.leftOff === 0 && row.unreadable === undefined && !isNews) return few;
  const unread = row.unreadable === undefined ? '' : said.unreadable(row.unreadable);
  const news = isNews ? words.machine.sinceLooked.service(went.off, went.ill) : '';
  return [news, row.leftOff === 0 ? '' : said.leftOff(row.leftOff), unread, few]
    .filter((text) => text !== '')
    .join(' ');
}

function cellsOfService(model: Model, row: ServiceRow, paint: DrawContext): readonly Cell[] {
  const { glyphs } = paint;
  return [
    { text: row.isMarked ? glyphs.mark : '', tone: 'accent' },
    { text: visible(row.service) },
    { text: visible(row.group), tone: 'dim' },
    { text: String(row.on), tone: row.on > 0 ? 'on' : 'bad' },
    { text: String(row.off), tone: row.off > 0 ? 'off' : 'dim' },
    { text: String(row.ill), tone: row.ill > 0 ? 'ill' : 'dim' },
    { text: remarkOf(model, row, paint), tone: 'warn' },
  ];
}
