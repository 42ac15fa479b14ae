import { expect, test } from 'vitest';
import { withoutOwn } from '../../../src/core/drain/own-requests.ts';

const arrival = (fromMs: number, toMs: number, calls: number) => ({ fromMs, toMs, calls });

test.each([
  ['the only one', [arrival(0, 500, 1)], []],
  ['one of several', [arrival(0, 500, 3)], [arrival(0, 500, 2)]],
  ['one that is counted late', [arrival(900, 1150, 1)], []],
  ['none long before', [arrival(-1000, 50, 2)], [arrival(-1000, 50, 2)]],
  ['none long after', [arrival(1500, 2000, 1)], [arrival(1500, 2000, 1)]],
  ['only one', [arrival(0, 250, 1), arrival(250, 500, 1)], [arrival(250, 500, 1)]],
])('a request of ours takes one call away: %s', (_name, arrivals, left) => {
  expect(withoutOwn(arrivals, [{ fromMs: 100, toMs: 120 }])).toEqual(left);
});

test('one that is under way takes whatever comes', () => {
  expect(withoutOwn([arrival(60_000, 60_500, 1)], [{ fromMs: 100, toMs: Infinity }])).toEqual([]);
});
