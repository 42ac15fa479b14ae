import { windowOf } from '../components/table.ts';
import { type CommandName, commandsOf } from '../keymap.ts';
import { type Line, cell, line, span } from '../line.ts';
import type { Model } from '../model.ts';
import type { OffReason } from '../notice.ts';
import type { Paint } from '../paint.ts';
import { type PlaceNamed, screenOf } from '../place.ts';

export type HelpRow = {
  readonly name: CommandName;
  readonly keys: string;
  readonly off: OffReason | undefined;
};

/** Every key of the screen behind, from the same table that the keys themselves are read from. */
export function helpRows(model: Model, shown: Readonly<Record<string, string>>): readonly HelpRow[] {
  return commandsOf(screenOf(model).name).map(({ name, keys, off }) => ({
    name,
    keys: keys.map((key) => shown[key] ?? key).join(' '),
    off: off?.(model),
  }));
}

export function helpLines(model: Model, { cursor }: PlaceNamed<'help'>, paint: Paint): readonly Line[] {
  const { words, height } = paint;
  const blocks = helpRows(model, words.commands.keys).map(({ name, keys, off }): readonly Line[] => [
    line(
      '   ',
      cell(keys, 14, off === undefined ? 'accent' : 'dim'),
      span(words.commands.names[name][1], off === undefined ? 'plain' : 'dim'),
      off === undefined ? '' : span(`  (${words.screens.offNow}: ${words.notices.off[off]})`, 'dim'),
    ),
  ]);
  const rows = Math.min(blocks.length, height - 2);
  return [line(' ', span(words.screens.help, 'strong')), ...windowOf(blocks, cursor, rows)];
}
