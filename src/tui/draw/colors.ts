import type { Tone } from './line.ts';

export type ThemeName = 'terminal' | 'dark' | 'light' | 'color-blind' | 'mono';
/** Bits of colour that the terminal says it shows. */
export type ColorDepth = 4 | 8 | 24;

/** How tones look: `hasColor` is false where nobody wants any. */
export type Look = { readonly hasColor: boolean; readonly theme: ThemeName; readonly depth: ColorDepth };

/** `basic` is one of the sixteen colours, `exact` what is meant where there are more. */
type Color = { readonly basic: string; readonly exact?: string };
type Colors = Partial<Readonly<Record<Tone, Color>>>;

// On is blue rather than green: told apart from red by everybody.
const terminal: Colors = {
  accent: { basic: '36' },
  on: { basic: '94' },
  off: { basic: '90' },
  ill: { basic: '31' },
  busy: { basic: '33' },
  good: { basic: '32' },
  warn: { basic: '33' },
  bad: { basic: '31' },
};

const dark: Colors = {
  accent: { basic: '36', exact: '5fd7d7' },
  on: { basic: '94', exact: '5fafff' },
  off: { basic: '90', exact: '8a8a8a' },
  ill: { basic: '91', exact: 'ff5f5f' },
  busy: { basic: '93', exact: 'ffd75f' },
  good: { basic: '92', exact: '87d787' },
  warn: { basic: '93', exact: 'ffaf5f' },
  bad: { basic: '91', exact: 'ff5f5f' },
};

const light: Colors = {
  accent: { basic: '34', exact: '005f87' },
  on: { basic: '34', exact: '005faf' },
  off: { basic: '90', exact: '6c6c6c' },
  ill: { basic: '31', exact: 'af0000' },
  busy: { basic: '35', exact: '875f00' },
  good: { basic: '32', exact: '005f00' },
  warn: { basic: '35', exact: 'af5f00' },
  bad: { basic: '31', exact: 'af0000' },
};

// Blue is well, orange is not: the two that everybody tells apart (Okabe and Ito). It is read on dark and on light.
const colorBlind: Colors = {
  accent: { basic: '36', exact: '56b4e9' },
  on: { basic: '94', exact: '3d8fd1' },
  off: { basic: '90', exact: '808080' },
  ill: { basic: '33', exact: 'd55e00' },
  busy: { basic: '36', exact: '56b4e9' },
  good: { basic: '94', exact: '3d8fd1' },
  warn: { basic: '33', exact: 'e69f00' },
  bad: { basic: '33', exact: 'd55e00' },
};

const themes: Readonly<Record<ThemeName, Colors>> = {
  terminal,
  dark,
  light,
  'color-blind': colorBlind,
  mono: {},
};

/** What an SGR sequence says of the colour of a tone; undefined where it has none. */
export function colorOf(tone: Tone, { hasColor, theme, depth }: Look): string | undefined {
  const color = hasColor ? themes[theme][tone] : undefined;
  if (color?.exact === undefined || depth === 4) return color?.basic;
  const channels = [0, 2, 4].map((at) => Number.parseInt(color.exact?.slice(at, at + 2) ?? '', 16));
  return depth === 24 ? `38;2;${channels.join(';')}` : `38;5;${nearestOf256(channels)}`;
}

const steps = [0, 95, 135, 175, 215, 255];

/** In the cube of 6 × 6 × 6 that begins at 16, or in the greys that begin at 232. */
function nearestOf256(channels: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = channels;
  if (red === green && green === blue) return 232 + Math.min(23, Math.max(0, Math.round((red - 8) / 10)));
  const [r = 0, g = 0, b = 0] = channels.map((channel) =>
    steps.reduce(
      (best, step, at) => (Math.abs(step - channel) < Math.abs((steps[best] ?? 0) - channel) ? at : best),
      0,
    ),
  );
  return 16 + 36 * r + 6 * g + b;
}
