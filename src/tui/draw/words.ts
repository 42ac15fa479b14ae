import { tui as en, type TuiWords } from '../../i18n/en/tui.ts';
import type { Language } from '../../i18n/language.ts';
import { tui as zhCn } from '../../i18n/zh-cn/tui.ts';

export type { Keys } from '../../i18n/en/tui-commands.ts';

const byLanguage: Readonly<Record<Language, TuiWords>> = { en, 'zh-CN': zhCn };

export function wordsIn(language: Language): TuiWords {
  return byLanguage[language];
}

/** A key as people call it. */
export function keyName({ commands }: TuiWords, key: string): string {
  return commands.keys[key] ?? key.replace(/^ctrl-./, (text) => `Ctrl-${text.slice(-1).toUpperCase()}`);
}
