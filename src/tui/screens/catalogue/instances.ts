import { shortName } from '../../../core/registry/service-name.ts';
import { visible } from '../../../core/text/visible.ts';
import { cellsOf, clip } from '../../../core/text/cells.ts';
import { paragraph } from '../../components/labelled.ts';
import { freshnessSpan, unreadLines } from '../../components/freshness.ts';
import { panedBody } from '../../components/panes.ts';
import { unreadableLines } from '../../components/unreadable-lines.ts';
import { type Line, line, span, spread } from '../../draw/line.ts';
import type { Model } from '../../model/model.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import type { PlaceNamed } from '../../model/place.ts';
import { type InstanceRow, instanceRows, unreadableInstances } from '../../view/instance-rows.ts';
import type { Drawn } from '../../components/draw-context.ts';
import { instancesPanes } from './instances-panes.ts';
import { instanceTable } from './instances-table.ts';

export function instancesScreen(model: Model, screen: PlaceNamed<'instances'>, paint: DrawContext): Drawn {
  const { words, columns, height } = paint;
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
  const paned = panedBody(model, instancesPanes(model), paint);
  if (paned !== undefined) return { title, ...paned };
  const pointed = rows[Math.min(screen.cursor, rows.length - 1)];
  if (pointed === undefined) return { title, body: why };
  const metadata = height < 8 ? [] : metadataLines(pointed, paint);
  return { title, body: instanceTable(model, rows, pointed, metadata, paint) };
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
