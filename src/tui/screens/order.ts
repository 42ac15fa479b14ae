import { endpointText } from '../../core/registry/service.ts';
import { visible } from '../../core/text/visible.ts';
import { formLines } from '../components/form.ts';
import { labelled } from '../components/labelled.ts';
import { shownSettings } from '../draft/settings.ts';
import { line, span } from '../draw/line.ts';
import type { Model } from '../model/model.ts';
import type { DrawContext } from '../components/draw-context.ts';
import type { PlaceNamed } from '../model/place.ts';
import { frontNamed } from '../model/navigation.ts';
import type { Drawn } from '../components/draw-context.ts';

export function orderScreen(model: Model, screen: PlaceNamed<'order'>, paint: DrawContext): Drawn {
  const { words, columns, height } = paint;
  const { draft } = model;
  const said = words.screens.order;
  if (draft === undefined) return { title: [], body: [] };
  const names = draft.services.map(({ service }) => visible(service)).join(', ');
  const fields = shownSettings(draft.settings).map((name) => {
    const [label = '', hint = ''] = said.fields[name];
    return { label, hint, value: visible(draft.settings[name]) || '-' };
  });
  const field = frontNamed(model, 'edit')?.field;
  const order = draft.order.map((chosen) => visible(endpointText(chosen))).join(' → ');
  const below = [[], ...labelled(said.targets, order, { columns, label: 16 }, 'dim')].slice(0, 5);
  const form = formLines(
    fields,
    { cursor: screen.cursor, field },
    { ...paint, height: Math.max(3, height - below.length) },
  );
  return {
    title: line(' ', span(said.title(names, draft.order.length), 'strong')),
    body: [...form, ...below],
  };
}
