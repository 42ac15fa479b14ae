import { visible } from '../../core/text/visible.ts';
import { formLines } from '../components/form.ts';
import { paragraph } from '../components/labelled.ts';
import { type Line, line, span } from '../draw/line.ts';
import type { Model } from '../model/model.ts';
import type { DrawContext } from '../components/draw-context.ts';
import type { PlaceNamed } from '../model/place.ts';
import { frontNamed } from '../model/navigation.ts';
import { type Trial, profileFields, switches } from '../model/profile-fields.ts';
import { sayProblem } from '../view/say-problem.ts';
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
  const edit = frontNamed(model, 'edit');
  const field = edit?.field;
  const namespace = edit?.what === 'namespace' ? edit.field.text.trim() : screen.values.namespace;
  const lines = trialLines(screen.trial, namespace, paint);
  const trial = lines.length === 0 ? [] : [[], ...lines];
  return {
    title: line(' ', span(heading, 'strong')),
    body: [
      ...formLines(
        fields,
        { cursor: screen.cursor, field },
        { ...paint, height: paint.height - trial.length },
      ),
      ...trial,
    ],
  };
}

/** What the fields reach, as far as it was tried. */
function trialLines(
  trial: Trial | undefined,
  namespace: string,
  { words, columns, keys }: DrawContext,
): readonly Line[] {
  const said = words.screens.form.trial;
  if (trial === undefined) return [];
  const { found } = trial;
  if (found === undefined) return paragraph(said.asking, columns, 'busy');
  if (found.kind === 'wrong-field') return paragraph(visible(found.sentence), columns, 'warn');
  if (found.kind === 'failed') return paragraph(sayProblem(words, found.problem), columns, 'bad');
  const { product, version, login, namespaces } = found;
  const wanted = namespace === '' ? 'public' : namespace;
  const ofLogin = login === 'unsaved' || login === 'unsaved-secret' ? said[login](keys) : said.login[login];
  const text = `${said.reached(visible(product), visible(version))} ${ofLogin}`;
  const tone = login === 'needed' ? 'warn' : 'good';
  if (namespaces === undefined || namespaces.length === 0) return paragraph(text, columns, tone);
  if (namespaces.includes(wanted))
    return paragraph(`${text} ${said.namespaceThere(visible(wanted))}`, columns, tone);
  const others = namespaces.slice(0, namedMax).map(visible);
  const more =
    namespaces.length > others.length ? [words.screens.more(namespaces.length - others.length)] : [];
  const missing = paragraph(said.namespace(visible(wanted), [...others, ...more]), columns, 'warn');
  return [...paragraph(text, columns, tone), ...missing];
}

const namedMax = 8;
