import { visible } from '../../core/text/visible.ts';
import { formLines } from '../components/form.ts';
import { line, span } from '../draw/line.ts';
import type { Model } from '../model/model.ts';
import type { DrawContext } from '../components/draw-context.ts';
import type { PlaceNamed } from '../model/place.ts';
import { frontNamed } from '../model/navigation.ts';
import { profileFields, switches } from '../model/profile-fields.ts';
import type { Drawn } from '../components/draw-context.ts';

export function profileFormScreen(
  model: Model,
  screen: PlaceNamed<'profile-form'>,
  paint: DrawContext,
): Drawn {
  const { form } = paint.words.screens;
  const heading = screen.original === undefined ? form.titleNew : form.titleEdit(visible(screen.original));
  const fields = profileFields.map((name) => {
    const value = screen.values[name];
    const [label = '', hint = ''] = form.fields[name];
    return {
      label,
      hint,
      value: switches.includes(name) ? (value === 'yes' ? form.yes : form.no) : visible(value),
    };
  });
  const field = frontNamed(model, 'edit')?.field;
  return {
    title: line(' ', span(heading, 'strong')),
    body: formLines(fields, { cursor: screen.cursor, field }, paint),
  };
}
