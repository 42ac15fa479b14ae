import { allRead } from '../../core/registry/listed.ts';
import { visible } from '../../core/text/visible.ts';
import { typedSpans } from '../components/form.ts';
import { unreadLines } from '../components/freshness.ts';
import { paragraph } from '../components/labelled.ts';
import { foundIn, withFound } from '../components/found.ts';
import { scrolled } from '../components/scroll.ts';
import { table } from '../components/table.ts';
import { unreadableLines } from '../components/unreadable-lines.ts';
import { keyOf } from '../keys/keymap.ts';
import { type Line, cell, line, span, spread } from '../draw/line.ts';
import type { Model } from '../model/model.ts';
import type { DrawContext } from '../components/draw-context.ts';
import { type Overlay, type Place, type PlaceNamed, isOverlay } from '../model/place.ts';
import { companionsLike } from '../view/companions-like.ts';
import { paletteLines } from './palette.ts';
import { readingLines } from './reading.ts';

/** What stands in front of a screen, at its foot; a list takes all the room there is. */
export function overlayLines(model: Model, overlay: Overlay, paint: DrawContext): readonly Line[] {
  const { notices } = paint.words;
  switch (overlay.name) {
    case 'help':
    case 'text':
    case 'log':
    case 'callers':
    case 'registrations':
      return readLines(model, overlay, paint);
    case 'search':
      return searchLines(model, overlay, paint);
    case 'namespaces':
      return namespaceLines(model, overlay, paint);
    case 'palette':
      return paletteLines(model, overlay, paint);
    case 'filter':
      return [line(' / ', ...typedSpans(overlay.field, paint.columns - 4, false))];
    case 'edit':
      return [];
    case 'prompt':
      return promptLines(model, overlay, paint);
    case 'confirm': {
      const [yes, no] = [keyOf(model, 'confirm', 'yes'), keyOf(model, 'confirm', 'back')];
      return [
        ...(overlay.about === undefined ? [] : paragraph(overlay.about, paint.columns)),
        ...paragraph(notices.questions[overlay.question], paint.columns, 'warn'),
        ...paragraph(notices.confirm(yes, no), paint.columns),
      ];
    }
    case 'abort':
      return choiceLines(
        notices.abort.title,
        [
          [keyOf(model, 'abort', 'put-back'), notices.abort.putBack],
          [keyOf(model, 'abort', 'leave'), notices.abort.leave],
        ],
        paint,
      );
    case 'quit':
      return [
        ...choiceLines(
          notices.quit.title,
          [
            [
              keyOf(model, 'quit', 'detach'),
              model.setting.isSandbox ? notices.quit.detachSandbox : notices.quit.detach,
            ],
            [keyOf(model, 'quit', 'stay'), notices.quit.stay],
            [keyOf(model, 'quit', 'back'), notices.quit.back],
          ],
          paint,
        ),
        ...paragraph(notices.quit.hint, paint.columns, 'dim'),
      ];
  }
}

function choiceLines(
  title: string,
  choices: readonly (readonly [key: string, text: string])[],
  { columns }: DrawContext,
): readonly Line[] {
  return [
    ...paragraph(title, columns, 'warn'),
    ...choices.map(([key, text]) => line('   ', cell(key, 5, 'accent'), text)),
  ];
}

function promptLines(
  model: Model,
  { field, purpose }: PlaceNamed<'prompt'>,
  paint: DrawContext,
): readonly Line[] {
  const { prompts } = paint.words.screens;
  const isMasked = purpose.kind === 'password';
  const asked =
    purpose.kind === 'password'
      ? prompts.password(visible(purpose.user))
      : prompts[purpose.kind]('service' in purpose ? visible(purpose.service) : '');
  const like = purpose.kind === 'companion' ? companionsLike(model, field.text).slice(0, 5) : [];
  return [
    ...paragraph(asked, paint.columns, 'warn'),
    line(' > ', ...typedSpans(field, paint.columns - 4, isMasked)),
    ...like.map((name) => {
      const near = model.beside[name];
      const remark = near === undefined ? '' : paint.words.screens.instances.beside[near];
      return line(span(`   ${visible(name)}`, 'dim'), span(`  ${remark}`, 'accent'));
    }),
  ];
}

function namespaceLines(
  model: Model,
  { cursor }: PlaceNamed<'namespaces'>,
  paint: DrawContext,
): readonly Line[] {
  const { words, columns, height, glyphs } = paint;
  const { items: list, unreadable } = model.namespaces.value ?? allRead([]);
  const below = unreadableLines(unreadable, () => '?', paint);
  if (list.length === 0) {
    const why = unreadLines(model.namespaces, 'namespaces', paint);
    const text = model.namespaces.isLoading ? words.screens.loading : words.screens.namespaces.empty;
    return why.length > 0 ? why : paragraph(text, columns, 'dim');
  }
  const rows = list.map(({ id, name }, index) => ({
    isPointed: index === cursor,
    cells: [{ text: visible(id) }, { text: visible(name) }],
  }));
  const titles = [
    { title: words.screens.namespaces.title, max: 40 },
    { title: '', max: 40, dispensable: 1 },
  ];
  const shown = table(titles, rows, {
    columns,
    height: Math.min(height - 1 - below.length, rows.length + 1),
    cursor: glyphs.cursor,
    more: words.screens.more,
  });
  return [...shown, ...below];
}

type Read = PlaceNamed<'help' | 'text' | 'log' | 'callers' | 'registrations'>;

function isRead(place: Place | undefined): place is Read {
  return (
    place !== undefined &&
    isOverlay(place) &&
    'cursor' in place &&
    place.name !== 'namespaces' &&
    place.name !== 'palette'
  );
}

/** A title, and the part of a text that is being read. */
function readLines(model: Model, overlay: Read, paint: DrawContext): readonly Line[] {
  const lines = readingLines(model, overlay, paint) ?? [];
  const { search } = overlay;
  const shown = scrolled(lines, overlay.cursor, paint.height - 1, paint.words);
  if (search === undefined) return [line(' ', span(titleOf(overlay, paint), 'strong')), ...shown];
  const found = foundIn(lines, search.text);
  const place = paint.words.screens.search.place(
    visible(search.text),
    found.indexOf(search.at) + 1,
    found.length,
  );
  const title = spread(
    line(' ', span(titleOf(overlay, paint), 'strong')),
    line(span(`${place} `, 'accent')),
    paint.columns,
  );
  return [title, ...shown.map((each) => withFound(each, search.text))];
}

function titleOf(overlay: Read, { words }: DrawContext): string {
  switch (overlay.name) {
    case 'help':
      return words.screens.help;
    case 'text':
      return words.screens.texts[overlay.title];
    case 'log':
      return words.rollout.log(visible(overlay.target));
    case 'callers':
      return words.drain.callers.title(visible(overlay.target));
    case 'registrations':
      return words.rollout.registrationsOf(visible(overlay.target));
  }
}

/** What is looked for is typed under what is read. */
function searchLines(model: Model, { field }: PlaceNamed<'search'>, paint: DrawContext): readonly Line[] {
  const behind = model.places.at(-2);
  const read = isRead(behind) ? readLines(model, behind, { ...paint, height: paint.height - 1 }) : [];
  return [...read, line(' / ', ...typedSpans(field, paint.columns - 4, false))];
}
