import { allRead } from '../../../core/registry/listed.ts';
import { visible } from '../../../core/text/visible.ts';
import { paragraph } from '../../components/labelled.ts';
import { freshnessSpan, unreadLines } from '../../components/freshness.ts';
import { panedBody } from '../../components/panes.ts';
import { unreadableLines } from '../../components/unreadable-lines.ts';
import { type Span, line, span, spread } from '../../draw/line.ts';
import type { Model } from '../../model/model.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import type { PlaceNamed } from '../../model/place.ts';
import { serviceRows } from '../../view/service-rows.ts';
import type { Drawn } from '../../components/draw-context.ts';
import { servicesPanes } from './services-panes.ts';
import { serviceTable } from './services-table.ts';

export function servicesScreen(model: Model, screen: PlaceNamed<'services'>, paint: DrawContext): Drawn {
  const { words, columns } = paint;
  const said = words.screens.services;
  const rows = serviceRows(model);
  const { items: all, unreadable } = model.services.value ?? allRead([]);
  const why = unreadLines(model.services, 'services', paint);
  const below = unreadableLines(unreadable, ({ service }) => service ?? '?', paint);
  const right = line(
    screen.filter === '' ? '' : span(`/ ${said.filter}: ${visible(screen.filter)}  `, 'accent'),
    model.marks.length === 0 ? '' : span(`${said.marked(model.marks.length)}  `, 'accent'),
    comingSpan(model, paint),
    freshnessSpan(model, 'services', paint),
  );
  const title = spread(line(' ', span(said.title(rows.length, all.length), 'strong')), right, columns);
  if (model.services.value === undefined)
    return { title, body: why.length > 0 ? why : paragraph(words.screens.loading, columns, 'dim') };
  if (rows.length === 0)
    return { title, body: [...why, ...paragraph(whyEmpty(model, paint), columns), ...below] };
  const paned = panedBody(model, servicesPanes(model), paint);
  return { title, ...(paned ?? { body: serviceTable(model, screen, paint) }) };
}

/** That there is more on its way, so that nobody takes what is not there yet for missing. */
function comingSpan({ services }: Model, { words }: DrawContext): Span {
  const { value, expected } = services;
  if (value === undefined || expected === undefined) return span('');
  return span(`${words.screens.services.coming(value.items.length, expected)} `, 'warn');
}

function whyEmpty({ services, namespace }: Model, { words, keys }: DrawContext): string {
  const { items = [], isNamespaceUnproven } = services.value ?? {};
  if (items.length > 0) return words.screens.services.noMatch(keys);
  return isNamespaceUnproven
    ? visible(words.failures.namespaceUnproven(namespace))
    : words.screens.services.empty;
}
