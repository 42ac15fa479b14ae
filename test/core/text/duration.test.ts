import { assert, nat, property } from 'fast-check';
import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../../src/core/text/duration.ts';

test.each([
  ['500ms', 500],
  ['40s', 40_000],
  ['1.5s', 1500],
  ['2m', 120_000],
  ['1h', 3_600_000],
])('%s is %i ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(['', '5', 's', '-1s', '1d', '1 s', '1e3s', '5S', 'Infinity'])('%j is none', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test('what is written is read back as the same number', () => {
  assert(
    property(nat(999_999_999), (ms) => {
      expect(parseDuration(formatDuration(ms))).toBe(ms);
    }),
  );
});
