import { expect, test } from 'vitest';
import { type ThemeName, colorOf } from '../../../src/tui/draw/colors.ts';
import type { Tone } from '../../../src/tui/draw/line.ts';
import { styleOf } from '../../../src/tui/draw/theme.ts';
import { themeNames } from '../../../src/profiles/theme-name.ts';

const tones: readonly Tone[] = ['accent', 'on', 'off', 'ill', 'busy', 'good', 'warn', 'bad'];
const colored: readonly ThemeName[] = themeNames.filter((name) => name !== 'mono');

test.each(colored)('%s tells what is well from what is not, with whatever colours there are', (theme) => {
  for (const depth of [4, 8, 24] as const) {
    const look = { hasColor: true, theme, depth };
    for (const tone of tones)
      expect(colorOf(tone, look)).toMatch(/^(3[0-7]|9[0-7]|38;5;\d+|38;2;\d+;\d+;\d+)$/);
    for (const [well, not] of [
      ['on', 'ill'],
      ['good', 'bad'],
      ['on', 'off'],
    ] as const)
      expect(colorOf(well, look)).not.toBe(colorOf(not, look));
  }
});

test('as many colours as the terminal has', () => {
  const dark = { hasColor: true, theme: 'dark' } as const;
  expect(colorOf('on', { ...dark, depth: 4 })).toBe('94');
  expect(colorOf('on', { ...dark, depth: 8 })).toBe('38;5;75');
  expect(colorOf('on', { ...dark, depth: 24 })).toBe('38;2;95;175;255');
  expect(colorOf('off', { ...dark, depth: 8 })).toBe('38;5;245');
});

test('neither red nor green for eyes that cannot tell them apart', () => {
  for (const tone of tones) {
    const [, red = 0, green = 0, blue = 0] = (
      colorOf(tone, { hasColor: true, theme: 'color-blind', depth: 24 }) ?? ''
    )
      .split(';')
      .slice(1)
      .map(Number);
    // Blue, grey or orange: green is never the most of it, and red never without half as much green.
    expect([tone, green > Math.max(red, blue) || (red > 200 && green < red / 3)]).toEqual([tone, false]);
    expect(colorOf(tone, { hasColor: true, theme: 'color-blind', depth: 4 })).not.toMatch(/^[39][12]$/);
  }
});

test('mono, and whoever wants no colour, has weights alone', () => {
  expect(styleOf('bad', { hasColor: true, theme: 'mono', depth: 24 })).toBe('1');
  expect(styleOf('bad', { hasColor: false, theme: 'dark', depth: 24 })).toBe('1');
  expect(styleOf('on', { hasColor: true, theme: 'mono', depth: 24 })).toBe('');
});
