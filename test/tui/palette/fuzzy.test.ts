import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitOf, typedWords } from '../../../src/tui/palette/fuzzy.ts';

const ranked = (typed: string, ...texts: readonly string[]): readonly string[] =>
  texts
    .flatMap((text) => {
      const distance = fitOf(typedWords(typed), text);
      return distance === undefined ? [] : [{ text, distance }];
    })
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ text }) => text);

test('what begins a word comes before what is inside one, and that before scattered letters', () => {
  expect(ranked('ord', 'of-a-road', 'records', 'shop-orders', 'pay')).toEqual([
    'shop-orders',
    'records',
    'of-a-road',
  ]);
});

test('each word has to be found, in any order', () => {
  expect(ranked('group ord', 'orders  default_group', 'orders', 'default_group')).toEqual([
    'orders  default_group',
  ]);
  expect(ranked('暂停', '暂停发布', '继续')).toEqual(['暂停发布']);
});

test('letters that stand closer together are nearer', () => {
  expect(ranked('orp', 'o------r------p', 'o-r-p')).toEqual(['o-r-p', 'o------r------p']);
  // The first end is looked back from: the `o` at the beginning is not the one that is meant.
  expect(fitOf(['orp'], 'o---------o-r-p')).toBe(fitOf(['orp'], 'o-r-p'));
});

test('finds just what has the letters in this order', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-'), maxLength: 12 });
  fc.assert(
    fc.property(
      letters,
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-'), minLength: 1 }),
      (text, word) => {
        const pattern = new RegExp(Array.from(word).join('.*'), 's');
        const distance = fitOf([word], text);
        expect(distance !== undefined).toBe(pattern.test(text));
        if (distance !== undefined) expect(distance).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});
