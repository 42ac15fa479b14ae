import { expect, test } from 'vitest';
import { claimLease } from '../../../src/runner/store/lease.ts';
import { whileRunning } from '../../support/processes/while-running.ts';
import { clock, sharedRegistry, planOf, claim, settled } from './shared-registry.ts';

test('of many who claim a service at once, the smallest id gets it, and of another service another does', async () => {
  const shared = sharedRegistry();
  const kinds = await settled(
    claim(shared, '0000000b', 'orders'),
    claim(shared, '0000000a', 'orders'),
    claim(shared, '0000000c', 'orders'),
    claim(shared, '0000000d', 'shop'),
  );
  expect(kinds).toEqual(['locked', 'held', 'locked', 'held']);
  const ids = new Set([...shared.listed.values()].map(({ metadata }) => metadata['id']));
  expect(ids).toEqual(new Set(['0000000a', '0000000d']));
});

test('whoever comes later is turned away, however small its id, without announcing anything', async () => {
  const shared = sharedRegistry();
  const first = claim(shared, '0000000b', 'orders');
  await settled(first);
  const second = claim(shared, '0000000a', 'orders');
  await clock.advance(2000);
  expect(await second).toMatchObject({
    kind: 'locked',
    rival: { id: '0000000b', by: '0000000b@host', stage: 'holding' },
  });
  expect(shared.listed.size).toBe(1);
  const held = await first;
  if (held.kind === 'held') await held.lease.release();
  expect(await settled(claim(shared, '0000000a', 'orders'))).toEqual(['held']);
});

test('what a rollout that is gone registered holds nothing, and another one at the same service does', async () => {
  const shared = sharedRegistry();
  const claims = [claim(shared, '0000000a', 'orders')];
  await settled(...claims);
  const claimed = claimLease({
    ...shared,
    clock,
    nodes: ['http://a', 'http://b'],
    plan: planOf('orders'),
    id: '0000000b',
    by: '',
    namespace: 'public',
    since: '',
    isGone: (id) => id === '0000000a',
    onNews: () => undefined,
  });
  expect(await settled(claimed)).toEqual(['held']);
  expect(await settled(claim(shared, '0000000c', 'orders'))).toEqual(['locked']);
  for (const one of [...claims, claimed]) {
    const held = await one;
    if (held.kind === 'held') await held.lease.release();
  }
});

test('a claim in a registration that cannot be read is a claim all the same', async () => {
  const shared = sharedRegistry();
  const metadata = { id: '0000000f', by: 'ann', since: '', stage: 'holding', services: '*' };
  const records = [{ ip: '198.18.0.1', port: 40_000, metadata, field: 'weight', found: '"NaN"' }];
  for (const unreadable of [records, [{ field: '', found: 'null' }]]) {
    const instances = async () => ({ ok: true, value: { items: [], unreadable } }) as const;
    const registry = { ...shared.registry, instances };
    const claimed = claim({ ...shared, registry }, '0000000a', 'orders');
    const [kind] = await settled(claimed);
    expect(kind).toBe(unreadable === records ? 'locked' : 'held');
    const held = await claimed;
    if (held.kind === 'held') await held.lease.release();
  }
});

test('a lease that was given back a moment ago, and is still listed, turns nobody away', async () => {
  const shared = sharedRegistry();
  const first = claim(shared, '0000000b', 'orders');
  await settled(first);
  const lingering = new Map(shared.listed);
  const held = await first;
  if (held.kind === 'held') await held.lease.release();
  for (const [key, one] of lingering) shared.listed.set(key, one);
  const second = claim(shared, '0000000a', 'orders');
  await clock.advance(1100);
  shared.listed.clear();
  expect(await settled(second)).toEqual(['held']);
});

test('somebody who comes while another still waits yields to it, or makes it yield', async () => {
  const shared = sharedRegistry();
  shared.state.members = ['a', 'b', 'c'];
  const first = claim(shared, '0000000b', 'orders');
  await clock.advance(4_900);
  const second = claim(shared, '0000000a', 'orders');
  expect(await settled(first, second)).toEqual(['locked', 'held']);
});

test('where nothing can be registered there is no lease, and that is no refusal', async () => {
  const shared = sharedRegistry();
  shared.state.isReachable = false;
  expect(await settled(claim(shared, '0000000a', 'orders'))).toEqual(['unavailable']);
});

test('a rollout that another machine still runs is not resumed beside it', async () => {
  const shared = sharedRegistry();
  await settled(claim(shared, '0000000a', 'orders'));
  const second = claim(shared, '0000000a', 'orders', [], true);
  await clock.advance(42_000);
  expect(await second).toMatchObject({ kind: 'locked', rival: { id: '0000000a' } });
});

test('a rollout whose machine is gone is resumed on another when its lease has ended', async () => {
  const shared = sharedRegistry();
  const first = await whileRunning(claim(shared, '0000000a', 'orders'), () => clock.advance(1000));
  const lingering = new Map(shared.listed);
  if (first.kind === 'held') await first.lease.release();
  for (const [key, one] of lingering) shared.listed.set(key, one);
  const second = claim(shared, '0000000a', 'orders', [], true);
  await clock.advance(30_000);
  shared.listed.clear();
  expect(await whileRunning(second, () => clock.advance(1000))).toMatchObject({ kind: 'held' });
});

test('what is listed by every member is held at once; where one is not asked, after five seconds', async () => {
  const shared = sharedRegistry();
  const [kind] = await settled(claim(shared, '0000000a', 'orders'));
  expect(kind).toBe('held');
  const tookMs = async (members: readonly string[]): Promise<number> => {
    const other = sharedRegistry();
    Object.assign(other.state, { members });
    const claimed = await whileRunning(claim(other, '0000000a', 'orders'), () => clock.advance(100));
    return claimed.kind === 'held' ? claimed.ms : Infinity;
  };
  expect(await tookMs(['a', 'b'])).toBe(500);
  // Whatever a single one calls itself.
  expect(await tookMs(['10.0.0.1:8848'])).toBe(500);
  expect(await tookMs(['a', 'b', 'c'])).toBe(5000);
  expect(await tookMs(['a', 'c'])).toBe(5000);
});
