import { visible } from '../../core/text/visible.ts';
import { table } from '../components/table.ts';
import { labelled, paragraph } from '../components/labelled.ts';
import { keyOf } from '../keys/keymap.ts';
import { type Line, line, span } from '../draw/line.ts';
import { keyName } from '../draw/words.ts';
import type { Model } from '../model/model.ts';
import type { DrawContext } from '../components/draw-context.ts';
import type { PlaceNamed } from '../model/place.ts';
import type { Drawn } from '../components/draw-context.ts';

export function profilesScreen(model: Model, screen: PlaceNamed<'profiles'>, paint: DrawContext): Drawn {
  const { words, glyphs, columns, height } = paint;
  const entries = model.profiles.value ?? [];
  const { profiles: said, production, readOnly } = words.screens;
  const title = line(' ', span(said.title(entries.length), 'strong'));
  if (model.profiles.isLoading) return { title, body: paragraph(words.screens.loading, columns, 'dim') };
  if (entries.length === 0) return welcome(paint, model.setting.isSandbox);
  const body = table(
    [
      { title: said.columns.name, max: 30 },
      { title: said.columns.server, max: 50 },
      { title: said.columns.namespace, max: 30, dispensable: 2 },
      { title: said.columns.user, max: 20, dispensable: 3 },
      { title: '', max: 24, dispensable: 1 },
    ],
    entries.map((entry, index) => ({
      isPointed: index === screen.cursor,
      cells: [
        { text: `${visible(entry.name)}${entry.isCurrent ? ` (${said.current})` : ''}` },
        { text: visible(entry.spec.servers.join(' ')) },
        { text: visible(entry.spec.namespace) },
        { text: visible(entry.spec.username ?? entry.spec.accessKeyFrom ?? '') },
        entry.spec.isProduction
          ? { text: `${glyphs.production}${production}`, tone: 'bad' as const }
          : { text: entry.spec.isReadOnly ? readOnly : '', tone: 'warn' as const },
      ],
    })),
    { columns, height, cursor: glyphs.cursor, more: words.screens.more },
  );
  return { title, body };
}

/** Nobody has been here: what this is, and the two ways on. */
function welcome(paint: DrawContext, isSandbox: boolean): Drawn {
  const { words, columns } = paint;
  const said = words.screens.profiles.welcome;
  const way = (name: string, text: string): readonly Line[] => {
    const key = keyName(words, keyOf(paint, 'profiles', name));
    return [...labelled(`  ${key}`, text, { columns, label: 5 }), []];
  };
  return {
    title: line(' ', span(said.title, 'strong')),
    body: [
      ...paragraph(said.what, columns),
      [],
      ...way('make-profile', said.profile),
      ...(isSandbox ? [] : way('sandbox', said.sandbox)),
      ...way('help', said.help),
      ...way('quit', said.quit),
    ],
  };
}
