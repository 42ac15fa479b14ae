import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellsOf, clip, fit, wrap } from '../../../src/core/text/cells.ts';

test('a cell is as wide as asked, whatever is in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, cells) => {
      expect(cellsOf(fit(text, cells))).toBe(cells);
      expect(cellsOf(clip(text, cells))).toBeLessThanOrEqual(cells);
    }),
  );
});

test('a wide character is not cut in two', () => {
  expect(fit('实例实例', 6)).toBe('实例… ');
  expect(fit('实例', 6, 'right')).toBe('  实例');
});

test('text wraps at spaces, and between wide characters', () => {
  expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
  expect(wrap('等待所有节点', 8)).toEqual(['等待所有', '节点']);
});

test('no wrapped line is too wide and none of the text is lost', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 4, max: 40 }), (text, cells) => {
      const lines = wrap(text, cells);
      for (const line of lines) expect(cellsOf(line)).toBeLessThanOrEqual(cells);
      expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
    }),
  );
});
