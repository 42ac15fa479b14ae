import { wrap } from '../../core/text/cells.ts';
import { type CommandName, commandsAt } from '../keys/keymap.ts';
import { type Line, cell, line, span } from '../draw/line.ts';
import { keyName } from '../draw/words.ts';
import { sayOff } from '../view/say-problem.ts';
import type { TuiWords } from '../../i18n/en/tui.ts';
import type { Model } from '../model/model.ts';
import type { OffReason } from '../model/notice.ts';
import type { DrawContext } from '../components/draw-context.ts';
import { paragraph } from '../components/labelled.ts';
import { screenOf } from '../model/navigation.ts';

export type HelpRow = {
  readonly name: CommandName;
  readonly keys: string;
  readonly off: OffReason | undefined;
};

const keyCells = 14;

/** Every key of the screen behind, from the same table that the keys themselves are read from. */
export function helpRows(model: Model, words: TuiWords): readonly HelpRow[] {
  return commandsAt(model, screenOf(model).name).map(({ name, keys, off }) => ({
    name,
    keys: keys.map((key) => keyName(words, key)).join(' '),
    off: off?.(model),
  }));
}

/** A key that is off now is there too, with why. Below them is what else a person may have set. */
export function helpLines(model: Model, { words, columns, keys: named }: DrawContext): readonly Line[] {
  const alert = words.screens.alert(model.setting.alert);
  const said = (text: string): readonly string[] => wrap(text, Math.max(10, columns - keyCells - 4));
  const keyLines = helpRows(model, words).flatMap(({ name, keys, off }) => {
    const [, long] = words.commands.names[name];
    const text = off === undefined ? long : `${long}${words.screens.offNow(sayOff(words, off, named))}`;
    return said(text).map((part, index) =>
      line(
        '   ',
        cell(index === 0 ? keys : '', keyCells, off === undefined ? 'accent' : 'dim'),
        span(part, off === undefined ? 'plain' : 'dim'),
      ),
    );
  });
  return [...keyLines, [], ...paragraph(alert, columns, 'dim')];
}
