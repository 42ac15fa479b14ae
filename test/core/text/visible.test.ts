import { expect, test } from 'vitest';
import { visible, visibleJson } from '../../../src/core/text/visible.ts';

test.each([
  ['a control', 'a\x1b[2J', 'a\\x1b[2J'],
  ['a newline', 'a\nb', 'a\\nb'],
  ['a Hangul filler', 'or\u3164ders', 'or\\u3164ders'],
  ['a variation selector', 'or\ufe0fders', 'or\\ufe0fders'],
  ['one beyond the BMP', 'or\u{e0100}ders', 'or\\u{e0100}ders'],
  ['a joiner of graphemes', 'or\u034fders', 'or\\u034fders'],
  ['a mark before any letter', '\u0301\u0301abc', '\\u0301\u0301abc'],
  ['a mark after a space', 'a \u0301b', 'a \\u0301b'],
  ['a mark after what is not shown', 'a\u200b\u0301b', 'a\\u200b\\u0301b'],
  ['marks beyond seven', `a${'\u0301'.repeat(9)}b`, `a${'\u0301'.repeat(7)}\\u0301\\u0301b`],
])('shows %s', (_what, text, shown) => {
  expect(visible(text)).toBe(shown);
  expect(visible(shown)).toBe(shown);
  expect(JSON.parse(visibleJson(text))).toBe(text);
});

test.each(['orders', '订单', 'e\u0301te\u0301', 'שָׁלוֹם', 'ผู้ใหญ่', 'क्षत्रिय', 'བསྒྲུབས', '👍🏽', 'ｱｲｳﾞ', '각'])(
  'leaves %s as it is',
  (text) => {
    expect(visible(text)).toBe(text);
  },
);
