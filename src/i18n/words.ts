import type { Words } from './en/words.ts';
import type { Language } from './language.ts';

export type { Words } from './en/words.ts';

/** Everything that the command line says; the other language is not loaded. */
export async function wordsOf(language: Language): Promise<Words> {
  const { words } = await (language === 'zh-CN' ? import('./zh-cn/words.ts') : import('./en/words.ts'));
  return words;
}
