import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import { allRead } from '../../../src/core/registry/listed.ts';
import type { ServiceId } from '../../../src/core/registry/service.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import type { HandOver } from '../../../src/runner/ports/hand-over.ts';
import { claim } from '../../../src/runner/process/claim.ts';
import { createLauncher } from '../../../src/runner/process/launch.ts';
import type { Registry } from '../../../src/world/registry.ts';
import type { World } from '../../../src/world/world.ts';
import { plannedFact, listed as orders } from '../../cli/support/journaled.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { clock, sharedRegistry } from '../store/shared-registry.ts';

const inDev = orders.map((one) => ({ ...one, namespace: 'dev' }));

function plannedInDev(reachedNamespace: string) {
  const fact = plannedFact(inDev);
  if (fact.type !== 'rollout-planned') throw new Error('no plan');
  return { ...fact, reached: { ...fact.reached, namespace: reachedNamespace } };
}

/** As its journal tells it to whoever resumes it. */
function rolloutOf(id: string, reachedNamespace: string): Rollout {
  const event = { v: 1, seq: 0, at: '2026-11-21T20:00:00.000Z', rollout: id } as const;
  return apply(undefined, { ...event, ...plannedInDev(reachedNamespace) });
}

test('a rollout is started in the namespace of its plan, not in the one that was connected to', async () => {
  const fact = plannedInDev('public');
  const handed: HandOver[] = [];
  const launcher = createLauncher({
    clock,
    state: { root: join(newDirectory('namespace'), 'state'), temporary: '/tmp', userId: 0 },
    pid: process.pid,
    who: 'ann@bastion',
    host: 'bastion',
    workingDirectory: '/srv',
    spawnRunner: async (handOver) => {
      handed.push(handOver);
      return { ok: false, problem: { kind: 'runner-failed', detail: '' } };
    },
  });
  await launcher.start({
    plan: fact.plan,
    connected: { spec: fact.reached, reached: fact.reached, registry: {} as Registry },
    nodes: ['http://a'],
    world: 'real',
    isAttended: true,
    typedPassword: undefined,
  });
  expect(handed).toMatchObject([{ reached: { namespace: 'dev' } }]);
});

test('who looks for the lease in the namespace of the services finds it there, whatever an older journal says', async () => {
  const shared = sharedRegistry();
  const instances = (id: ServiceId) =>
    Promise.resolve({
      ok: true,
      value: allRead([...shared.listed.values()].filter(({ namespace }) => namespace === id.namespace)),
    } as const);
  const world = { ...shared, clock, registry: { ...shared.registry, instances } } as unknown as World;
  const state = { root: newDirectory('lease'), temporary: '/tmp', userId: 0 };
  const claimed = async (id: string, reachedNamespace: string): Promise<string | undefined> => {
    const handOver: HandOver = {
      kind: 'resume',
      id,
      by: id,
      host: id,
      isAttended: false,
      isPuttingBack: false,
    };
    const claiming = claim(
      handOver,
      { clock, state },
      world,
      rolloutOf(id, reachedNamespace),
      () => undefined,
    );
    await clock.advance(6000);
    return (await claiming)?.kind;
  };
  expect(await claimed('0000000a', 'public')).toBe('held');
  expect([...shared.listed.values()].map(({ namespace }) => namespace)).toEqual(['dev']);
  expect(await claimed('0000000b', 'dev')).toBe('locked');
});
