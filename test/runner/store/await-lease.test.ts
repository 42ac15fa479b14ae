import { expect, test } from 'vitest';
import { awaitLease } from '../../../src/runner/store/await-lease.ts';
import type { LeaseNews } from '../../../src/runner/store/lease-claims.ts';
import { claim, clock, planOf, settled, sharedRegistry } from './shared-registry.ts';

function awaited(shared: ReturnType<typeof sharedRegistry>, mayPass = true) {
  const news: LeaseNews[] = [];
  const options = {
    ...shared,
    clock,
    nodes: ['http://a', 'http://b'],
    plan: planOf('orders'),
    id: '0000000b',
    by: 'ann@host',
    namespace: 'public',
    since: '',
    onNews: (one: LeaseNews) => void news.push(one),
  };
  return { lease: awaitLease(options, () => mayPass), news };
}

test('a lease that could not be claimed is claimed once the registry answers, and then nobody else holds it', async () => {
  const shared = sharedRegistry();
  shared.state.isReachable = false;
  const { lease, news } = awaited(shared);
  await clock.advance(60_000);
  expect(news).toEqual([]);
  shared.state.isReachable = true;
  await clock.advance(10_000);
  expect(news).toEqual(['regained']);
  expect(await settled(claim(shared, '0000000a', 'orders'))).toEqual(['locked']);
  await lease.release();
  expect(shared.listed.size).toBe(0);
});

test('whoever holds it meanwhile is waited for', async () => {
  const shared = sharedRegistry();
  const rival = claim(shared, '0000000a', 'orders');
  await settled(rival);
  const { lease, news } = awaited(shared);
  await clock.advance(60_000);
  expect(news).toEqual([]);
  const held = await rival;
  if (held.kind === 'held') await held.lease.release();
  await clock.advance(10_000);
  expect(news).toEqual(['regained']);
  await lease.release();
});

test('where nothing may be registered the lock of this machine is all there is, and it goes on', async () => {
  const shared = sharedRegistry();
  shared.state.isReachable = false;
  const { lease, news } = awaited(shared, false);
  await clock.advance(3000);
  expect(news).toEqual(['regained']);
  await lease.release();
});

test('one that is given up while it is awaited is not held afterwards', async () => {
  const shared = sharedRegistry();
  shared.state.isReachable = false;
  const { lease, news } = awaited(shared);
  await clock.advance(1000);
  await lease.release();
  shared.state.isReachable = true;
  await clock.advance(60_000);
  expect(news).toEqual([]);
  expect(shared.listed.size).toBe(0);
});
