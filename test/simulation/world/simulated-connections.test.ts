import { expect, test } from 'vitest';
import { seededRandom } from '../scenario/random.ts';
import { openConnections } from './simulated-connections.ts';

const sumOf = (told: readonly { readonly value: number }[]): number =>
  told.reduce((sum, { value }) => sum + value, 0);

test('each connection tells how much came in over it, and how long ago; none of which nothing came', () => {
  const connections = openConnections(seededRandom(1), { size: 3 });
  expect(connections.told(1000)).toEqual([]);
  connections.called(200, 1000, 5000);
  const told = connections.told(6000);
  expect(told).toHaveLength(3);
  expect(sumOf(told)).toBe(200 * 300);
  for (const { idleMs } of told) {
    expect(idleMs).toBeGreaterThanOrEqual(1000);
    expect(idleMs).toBeLessThan(1400);
  }
  expect(connections.told(16_000).map(({ idleMs }) => idleMs)).toEqual(
    told.map(({ idleMs = 0 }) => idleMs + 10_000),
  );
});

test('what came in this very moment has no age', () => {
  const connections = openConnections(seededRandom(1), { size: 1 });
  connections.called(1, 1000, 1000);
  expect(connections.told(1000)).toEqual([{ key: '40001', value: 300, idleMs: undefined }]);
});

test('one that is idle for too long is closed, and the next call comes over another', () => {
  const connections = openConnections(seededRandom(1), { size: 1, keepAliveMs: 50 });
  connections.called(1, 1000, 1000);
  expect(connections.told(1050)).toHaveLength(1);
  expect(connections.told(1051)).toEqual([]);
  connections.called(1, 2000, 2000);
  expect(connections.told(2000)).toMatchObject([{ key: '40002', value: 300 }]);
});

test('the last of many calls comes as late as chance has it', () => {
  const random = seededRandom(2);
  const ages = Array.from({ length: 2000 }, () => {
    const connections = openConnections(random, { size: 1 });
    connections.called(4, 0, 1000);
    return connections.told(1000)[0]?.idleMs ?? 0;
  });
  // The greatest of four of a thousand is 800 on average.
  expect(ages.reduce((sum, age) => sum + age, 0) / ages.length).toBeCloseTo(200, -1);
});
