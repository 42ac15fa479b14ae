import { expect, test } from 'vitest';
import { type LeaseNews } from '../../../src/runner/store/lease-claims.ts';
import { clock, sharedRegistry, claim, settled } from './shared-registry.ts';

test('a holder that cannot confirm for 15 s says so, and again when it can', async () => {
  const shared = sharedRegistry();
  const news: LeaseNews[] = [];
  expect(await settled(claim(shared, '0000000a', 'orders', news))).toEqual(['held']);
  shared.state.isReachable = false;
  await clock.advance(10_000);
  expect(news).toEqual([]);
  await clock.advance(10_000);
  expect(news).toEqual(['lost']);
  shared.state.isReachable = true;
  await clock.advance(5_000);
  expect(news).toEqual(['lost', 'regained']);
});

test('what the server forgot is registered again', async () => {
  const shared = sharedRegistry();
  const news: LeaseNews[] = [];
  await settled(claim(shared, '0000000b', 'orders', news));
  shared.listed.clear();
  await clock.advance(5_000);
  expect([...shared.listed.values()]).toMatchObject([{ metadata: { stage: 'holding' } }]);
  expect(news).toEqual([]);
});

test('what somebody else holds by now is lost at the next beat, and not taken back', async () => {
  const shared = sharedRegistry();
  const news: LeaseNews[] = [];
  await settled(claim(shared, '0000000a', 'orders', news));
  const own = [...shared.listed.values()];
  shared.listed.clear();
  for (const one of own)
    shared.listed.set('another', { ...one, metadata: { ...one.metadata, id: '0000000b' } });
  await clock.advance(5_000);
  expect(news).toEqual(['lost']);
  await clock.advance(15_000);
  expect(news).toEqual(['lost']);
  expect([...shared.listed.keys()]).toEqual(['another']);
});

test('a holder whose beat has no answer for 15 s does not wait for one to say so', async () => {
  const shared = sharedRegistry();
  const news: LeaseNews[] = [];
  const held = claim(shared, '0000000a', 'orders', news);
  await settled(held);
  Object.assign(shared.state, { isReachable: false, beatTakesMs: 60_000 });
  await clock.advance(10_000);
  expect(news).toEqual([]);
  await clock.advance(6_000);
  expect(news).toEqual(['lost']);
  Object.assign(shared.state, { isReachable: true, beatTakesMs: 0 });
  await clock.advance(60_000);
  expect(news).toEqual(['lost', 'regained']);
  const claimed = await held;
  if (claimed.kind === 'held') await claimed.lease.release();
  expect(shared.listed.size).toBe(0);
});
