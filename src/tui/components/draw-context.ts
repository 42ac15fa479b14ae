import type { Keys } from '../../i18n/en/tui-commands.ts';
import type { TuiWords } from '../../i18n/en/tui.ts';
import type { Line } from '../draw/line.ts';
import { namedKeys } from '../keys/named-keys.ts';
import type { Model } from '../model/model.ts';
import { type Glyphs, glyphsFor } from '../draw/theme.ts';
import { wordsIn } from '../draw/words.ts';

/** What a screen is drawn with, and how much room it has. */
export type DrawContext = {
  readonly words: TuiWords;
  readonly glyphs: Glyphs;
  readonly setting: Model['setting'];
  /** As sentences name them. */
  readonly keys: Keys;
  readonly columns: number;
  readonly height: number;
};

/** What a screen says under the header, and what fills it; `rule` parts the two where it is more than a line. */
export type Drawn = { readonly title: Line; readonly rule?: Line; readonly body: readonly Line[] };

/** For a part of the screen that has `height` rows. */
export function drawContextFor(model: Model, height: number): DrawContext {
  const { setting, size } = model;
  return {
    words: wordsIn(setting.language),
    glyphs: glyphsFor(setting.isUtf8),
    setting,
    keys: namedKeys(model),
    columns: size.columns,
    height,
  };
}
