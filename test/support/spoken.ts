import { words as en } from '../../src/i18n/en/words.ts';
import type { Language } from '../../src/i18n/language.ts';
import type { Words } from '../../src/i18n/words.ts';
import { words as zhCn } from '../../src/i18n/zh-cn/words.ts';

/** Both languages at once, which no process of ours loads. */
export const spoken: Readonly<Record<Language, Words>> = { en, 'zh-CN': zhCn };
