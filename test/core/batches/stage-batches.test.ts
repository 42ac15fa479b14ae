import { array, assert, boolean, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../src/core/batches/batch-file.ts';
import { batchSizesText, stageBatches } from '../../../src/core/batches/stage-batches.ts';

function sizes(batch: Batch, zones: readonly (string | undefined)[]): string {
  const [numbers = []] = stageBatches([{ batch, zones }], false, 0);
  return batchSizesText(numbers.map((one) => ({ batch: one })));
}

const unzoned = (count: number): undefined[] => Array.from({ length: count });
const zoned = (text: string): string[] => text.split('');

test.each<[Batch, number, string]>([
  [1, 4, '4 × 1'],
  [3, 8, '3 + 3 + 2'],
  [1000, 3, '3'],
  ['25%', 16, '4 × 4'],
  ['25%', 3, '3 × 1'],
  ['10%', 40, '10 × 4'],
  ['100%', 5, '5'],
  ['34%', 3, '2 + 1'],
  [[1, '25%', '100%'], 16, '1 + 3 + 12'],
  [[1, '25%', '100%'], 4, '1 + 3'],
  [[1, '25%', '100%'], 1, '1'],
  [[1, '25%'], 16, '1 + 3 + 3 × 4'],
  [[1, 5], 18, '1 + 4 + 5 + 5 + 3'],
  [[2, '10%', '50%', '100%'], 40, '2 + 2 + 16 + 20'],
])('%j of %i targets goes %s', (batch, count, expected) => {
  expect(sizes(batch, unzoned(count))).toBe(expected);
});

test.each<[Batch, string, string]>([
  [3, 'aaaabbbb', '3 + 1 + 3 + 1'],
  [2, 'aab', '2 + 1'],
  [[1, '25%', '100%'], 'aaaaaaaabbbbbbbb', '1 + 3 + 4 + 8'],
  [[10, 20], 'aaaaaabbbbbbbbbbbbbbbbbbbbbbbb', '6 + 4 + 10 + 10'],
  ['100%', 'abc', '3 × 1'],
])('%j of the zones %s goes %s: no batch has two', (batch, zones, expected) => {
  expect(sizes(batch, zoned(zones))).toBe(expected);
});

describe('side by side', () => {
  test('services share batches, and each has its own size', () => {
    const wishes = [
      { batch: 1, zones: unzoned(3) },
      { batch: '50%', zones: unzoned(4) },
    ];
    expect(stageBatches(wishes, true, 5)).toEqual([
      [5, 6, 7],
      [5, 5, 6, 6],
    ]);
    expect(stageBatches(wishes, false, 5)).toEqual([
      [5, 6, 7],
      [8, 8, 9, 9],
    ]);
  });

  test('a zone is through in every service before the next one begins', () => {
    const wishes = [
      { batch: 1, zones: zoned('aaab') },
      { batch: 2, zones: zoned('bba') },
      { batch: 1, zones: unzoned(2) },
    ];
    expect(stageBatches(wishes, true, 0)).toEqual([
      [0, 1, 2, 3],
      [3, 3, 0],
      [0, 1],
    ]);
  });
});

const batches = constantFrom<Batch>(
  1,
  2,
  7,
  '1%',
  '25%',
  '100%',
  [1, '25%', '100%'],
  [2, 3],
  ['10%', '11%', 50],
);
const wish = record({
  batch: batches,
  sizes: array(integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
  isZoned: boolean(),
}).map(({ batch, sizes: ofZones, isZoned }) => ({
  batch,
  zones: ofZones.flatMap((size, at) => Array.from({ length: size }, () => (isZoned ? `z${at}` : undefined))),
}));

test('each target has a batch, numbers have no gap and ascend, and no batch has two zones', () => {
  assert(
    property(array(wish, { minLength: 1, maxLength: 3 }), boolean(), (wishes, isSideBySide) => {
      const numbers = stageBatches(wishes, isSideBySide, 3);
      expect(numbers.map(({ length }) => length)).toEqual(wishes.map(({ zones }) => zones.length));
      const all = [...new Set(numbers.flat())].sort((a, b) => a - b);
      expect(all).toEqual(all.map((_, at) => at + 3));
      for (const batch of all) {
        const zones = wishes.flatMap((one, at) =>
          one.zones.filter((_, each) => numbers[at]?.[each] === batch),
        );
        expect(new Set(zones.filter((zone) => zone !== undefined)).size).toBeLessThanOrEqual(1);
      }
      if (!isSideBySide) expect(numbers.flat()).toEqual(numbers.flat().toSorted((a, b) => a - b));
    }),
  );
});
