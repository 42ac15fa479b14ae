import { expect, test } from 'vitest';
import {
  type LeaseStage,
  claimMetadata,
  leaseGroup,
  leaseService,
  serviceHash,
} from '../../../src/core/registry/lease.ts';
import { type HeldHouse, heldBy } from '../../../src/runner/registry/held-by.ts';
import { holderOf, takeLocks } from '../../../src/runner/store/lock.ts';
import { lockDirectory } from '../../../src/runner/store/state-directory.ts';
import { markOf } from '../../../src/world/process-mark.ts';
import { type FakeRegistry, fakeRegistry, instance } from '../../cli/support/fake-registry.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { whileRunning } from '../../support/processes/while-running.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';
import { planOf, three } from '../review/reviewed.ts';

const orders = { namespace: 'public', group: 'DEFAULT_GROUP', service: 'orders' };
const at = { namespace: 'public', servers: ['http://127.0.0.1:8848'] };
const claimed = { id: '7f3a0001', by: 'bob@bastion', since: '2026-11-21T20:00:00.000Z' };
const noLease = (): FakeRegistry => fakeRegistry(three());

function leased(service = orders, stage: LeaseStage = 'holding'): FakeRegistry {
  const metadata = claimMetadata({ ...claimed, stage, services: [serviceHash(service)] });
  const lease = instance(leaseService, '198.18.0.1', 40_000, { group: leaseGroup, enabled: false, metadata });
  return fakeRegistry([...three(), lease]);
}

function house(gone?: string): HeldHouse & { readonly clock: ReturnType<typeof virtualClock> } {
  return {
    clock: virtualClock(),
    state: { root: newDirectory('held-by'), temporary: '', userId: 0 },
    isGone: (rollout) => rollout === gone,
  };
}

test('a lock of this machine holds at once', async () => {
  const here = house();
  const writer = { ...markOf(process.pid), id: '0000000b', by: 'ann@bastion', since: '20:00' };
  const lock = takeLocks(lockDirectory(here.state), at as never, planOf(three(), {}), writer);
  expect(lock.ok).toBe(true);
  expect(holderOf(lockDirectory(here.state), at.servers, [orders])).toBeDefined();
  expect(await heldBy(here, noLease(), at, [orders])).toMatchObject({ id: '0000000b', service: 'orders' });
});

test('a lease of another machine holds while it is listed; one given back a moment ago does not', async () => {
  const here = house();
  const registry = leased();
  const held = heldBy(here, registry, at, [orders]);
  while (here.clock.pendingCount === 0) await new Promise((resolve) => setImmediate(resolve));
  await here.clock.advance(2000);
  expect(await held).toEqual({ ...claimed, service: 'orders' });

  const givenBack = heldBy(here, registry, at, [orders]);
  while (here.clock.pendingCount === 0) await new Promise((resolve) => setImmediate(resolve));
  registry.list = three();
  await here.clock.advance(2000);
  expect(await givenBack).toBeUndefined();
});

test('a lease of another service, or of a rollout that is gone, holds nothing, nor does what cannot be read', async () => {
  const here = house();
  expect(await heldBy(here, leased({ ...orders, service: 'shop' }), at, [orders])).toBeUndefined();
  expect(await heldBy(house(claimed.id), leased(), at, [orders])).toBeUndefined();
  const closed = noLease();
  closed.readError = { kind: 'forbidden', resource: 'NACOS_ROLLOUT', action: 'read' };
  expect(await heldBy(here, closed, at, [orders])).toBeUndefined();
});

test('who only claims them may give way yet, and keeps no rollout from its first look', async () => {
  const here = house();
  const held = heldBy(here, leased(orders, 'claiming'), at, [orders]);
  expect(await whileRunning(held, () => here.clock.advance(1000))).toBeUndefined();
});
