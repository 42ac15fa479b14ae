/** Themes of the console. `terminal` has the sixteen colours as the terminal shows them. */
export const themeNames = ['terminal', 'dark', 'light', 'color-blind', 'mono'] as const;
export type ThemeName = (typeof themeNames)[number];

/** As its variable says, where that names one. */
export function themeOf(env: Readonly<Record<string, string | undefined>>): ThemeName | undefined {
  return themeNames.find((name) => name === env['NACOS_ROLLOUT_THEME']);
}

/** rxvt, Konsole and those that follow them name the colours of text and background: 7 and 15 are white. */
export function isLight(env: Readonly<Record<string, string | undefined>>): boolean {
  return /;(7|15)$/.test(env['COLORFGBG'] ?? '');
}
