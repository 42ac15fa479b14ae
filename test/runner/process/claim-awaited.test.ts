import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import type { RegistryError } from '../../../src/core/registry/registry-error.ts';
import { claim } from '../../../src/runner/process/claim.ts';
import type { World } from '../../../src/world/world.ts';
import { plannedFact, listed as orders } from '../../cli/support/journaled.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { clock, sharedRegistry } from '../store/shared-registry.ts';

test.each<[string, RegistryError]>([
  ['awaited', { kind: 'unreachable', addresses: [], detail: '' }],
  ['awaited', { kind: 'no-leader', detail: '' }],
  ['unavailable', { kind: 'forbidden', resource: 'public', action: 'write' }],
])('a lease is %s where claiming it ends with %o', async (kind, error) => {
  const shared = sharedRegistry();
  const presence = { ...shared.presence, announce: () => Promise.resolve({ ok: false, error } as const) };
  const claiming = claim(
    { kind: 'resume', id: '0000000a', by: 'ann', host: 'here', isAttended: false, isPuttingBack: false },
    { clock, state: { root: newDirectory('claim'), temporary: '/tmp', userId: 0 } },
    { ...shared, presence, clock } as unknown as World,
    apply(undefined, {
      v: 1,
      seq: 0,
      at: '2026-11-21T20:00:00.000Z',
      rollout: '0000000a',
      ...plannedFact(orders),
    }),
    () => undefined,
  );
  await clock.advance(6000);
  const claimed = await claiming;
  expect(claimed?.kind).toBe(kind);
  if (claimed?.kind === 'awaited') await claimed.lease.release();
});
