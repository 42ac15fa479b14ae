const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

/** What a person wrote for `--lang`; undefined for a language that we do not have. */
export function parseLanguage(text: string): Language | undefined {
  if (/^en\b/i.test(text)) return 'en';
  return /^zh\b/i.test(text) ? 'zh-CN' : undefined;
}

/** The first of the variables that is set decides, as for every program; one that we do not have is English. */
export function chooseLanguage(
  flag: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Language {
  const asked = flag === undefined ? undefined : parseLanguage(flag);
  if (asked !== undefined) return asked;
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value);
  return (locale === undefined ? undefined : parseLanguage(locale.replace('_', '-'))) ?? 'en';
}
