import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Line, type Tone, line, span } from '../../../src/tui/draw/line.ts';
import { type Picture, frameBytes, pictureOf } from '../../../src/tui/paint/frame-bytes.ts';
import { emulator } from '../../support/terminal/emulator.ts';

const look = { hasColor: true, theme: 'terminal', depth: 4 } as const;

const tones: readonly Tone[] = ['plain', 'dim', 'strong', 'accent', 'on', 'bad'];
const texts = [
  '',
  ' ',
  'orders',
  '   5',
  '服务',
  '订单 orders',
  'é',
  '─────',
  '▸',
  'e\u0301',
  '👍',
  '👍🏽',
  '🇨🇳',
  'ᄀ',
];
const spans = fc.record({
  text: fc.oneof(fc.constantFrom(...texts), fc.string({ maxLength: 12 })),
  tone: fc.constantFrom(...tones),
  isInverse: fc.boolean(),
});
const lines = fc.array(fc.array(spans, { maxLength: 6 }), { minLength: 1, maxLength: 9 });
const [columns, rows] = [30, 10];

const pictureAt = (frame: readonly Line[], before?: Picture): Picture =>
  pictureOf(frame, columns, look, before);

/** What a terminal shows after these frames, one after the other. */
async function shown(...frames: readonly (readonly Line[])[]): Promise<readonly string[]> {
  const at = emulator(columns, rows);
  let picture: Picture | undefined;
  for (const frame of frames) {
    const next = pictureAt(frame, picture);
    await at.write(frameBytes(picture, next));
    picture = next;
  }
  return at.cells();
}

test('one frame after another shows what the last one alone would', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(lines, { minLength: 2, maxLength: 4 }), async (frames) => {
      expect(await shown(...frames)).toEqual(await shown(...frames.slice(-1)));
    }),
    { numRuns: 300 },
  );
});

const names = ['orders', 'shop', 'billing', 'mail', 'users', 'search', 'ledger', 'stock', 'audit', 'rates'];
const row = (index: number, tone: Tone = 'plain'): Line =>
  line(span(`  ${(names[index % 10] ?? '').repeat(2)}`, tone), span('  on', 'on'));
const list = (from: number, pointed: number): readonly Line[] => [
  line(span('head', 'strong')),
  ...Array.from({ length: 7 }, (_, at) => row(from + at, at === pointed ? 'accent' : 'plain')),
  line('foot'),
];

test.each([
  ['down', 10, 11],
  ['up', 11, 10],
  ['down by three', 10, 13],
])('a list that is scrolled %s costs the rows that come, not the whole of it', async (_way, from, to) => {
  const [before, after] = [list(from, 3), list(to, 3)];
  expect(await shown(before, after)).toEqual(await shown(after));
  const scrolled = frameBytes(pictureAt(before), pictureAt(after)).length;
  expect(scrolled).toBeLessThan(100 + 30 * Math.abs(to - from));
  expect(scrolled).toBeLessThan(frameBytes(undefined, pictureAt(after)).length / 1.5);
});

test('the same frame again costs nothing, and one digit a few bytes', () => {
  const before = pictureAt(list(10, 3));
  expect(frameBytes(before, pictureAt(list(10, 3), before))).toBe('');
  const after = pictureAt([...list(10, 3).slice(0, -1), line('fool')]);
  expect(frameBytes(before, after)).toBe('\x1b[?2026h\x1b[9;4Hl\x1b[?2026l');
});

test('a colour that no blank shows is not written for blanks', () => {
  const before = pictureAt([line(span('a', 'bad'), span('   ', 'dim'), span('b', 'bad'))]);
  const after = pictureAt([line(span('a', 'bad'), span('   ', 'on'), span('b', 'bad'))]);
  expect(frameBytes(before, after)).toBe('');
});

test('another width draws all of it', async () => {
  const narrow = pictureOf(list(0, 1), 12, look);
  const bytes = frameBytes(pictureAt(list(0, 1)), narrow);
  expect(bytes).toContain('\x1b[m\x1b[1H\x1b[J');
  const at = emulator(12, 10);
  await at.write('rubbish '.repeat(40));
  await at.write(bytes);
  const fresh = emulator(12, 10);
  await fresh.write(frameBytes(undefined, narrow));
  expect(at.cells()).toEqual(fresh.cells());
});
