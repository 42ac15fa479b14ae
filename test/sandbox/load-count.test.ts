import { expect, test } from 'vitest';
import { countSent, newLoadCount, statsOf } from '../../src/sandbox/gateway/load-count.ts';

const good = { service: 'orders', instance: '127.0.0.1:1', version: '41', failure: undefined };
const bad = { ...good, version: undefined, failure: 'ECONNREFUSED' };
const wallMs = Date.UTC(2026, 10, 21, 20);

test('counts by service, instance, version and second', () => {
  const count = newLoadCount();
  for (const atMs of [10_000, 10_500, 11_000]) countSent(count, good, atMs, wallMs);
  countSent(count, { ...good, service: 'shop', instance: '127.0.0.1:2', version: '7' }, 11_900, wallMs);
  countSent(count, bad, 11_950, wallMs);
  const stats = statsOf(count, 12_100);
  expect(stats).toMatchObject({ requests: 5, failures: 1, perSecond: 1.7 });
  expect(stats.services[0]?.requestsBySecond.slice(-3)).toEqual([2, 2, 0]);
  expect(stats.services[0]?.failuresBySecond.slice(-3)).toEqual([0, 1, 0]);
  expect(stats.instances[0]).toMatchObject({
    instance: '127.0.0.1:1',
    version: '41',
    requests: 4,
    failures: 1,
    perSecond: 1.3,
  });
  expect(stats.versions).toEqual([
    { service: 'orders', version: '41', requests: 3 },
    { service: 'shop', version: '7', requests: 1 },
  ]);
});

test('keeps a minute by second, totals for ever, and the newest failures', () => {
  const count = newLoadCount();
  for (let second = 0; second < 100; second += 1) countSent(count, bad, second * 1_000, wallMs + second);
  const stats = statsOf(count, 99_000);
  expect(stats.requests).toBe(100);
  expect(stats.services[0]?.requestsBySecond).toEqual(Array.from({ length: 60 }, () => 1));
  expect(stats.recentFailures).toHaveLength(20);
  expect(stats.recentFailures[0]?.at).toBe('2026-11-21T20:00:00.099Z');
});
