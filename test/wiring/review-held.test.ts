import { expect, test } from 'vitest';
import { makePlan } from '../../src/core/planning/make-plan.ts';
import { claimMetadata, leaseGroup, leaseService, serviceHash } from '../../src/core/registry/lease.ts';
import { openFacePorts } from '../../src/wiring/open-face-ports.ts';
import { fakeRegistry, instance } from '../cli/support/fake-registry.ts';
import { newDirectory } from '../support/new-directory.ts';
import { whileRunning } from '../support/processes/while-running.ts';
import { reachedAt } from '../support/reached.ts';
import { virtualClock } from '../support/time/virtual-clock.ts';

test('a review sees who rolls in the namespace of the plan, whatever the connection was made for', async () => {
  const namespace = 'dev';
  const listed = instance('orders', '10.0.0.1', 80, { namespace });
  const stage = 'holding';
  const services = [serviceHash(listed)];
  const claim = {
    id: '7f3a0001',
    by: 'bob@bastion',
    since: '2026-11-21T20:00:00.000Z',
    stage,
    services,
  } as const;
  const metadata = claimMetadata(claim);
  const rest = { namespace, group: leaseGroup, enabled: false, metadata };
  const registry = fakeRegistry([listed, instance(leaseService, '198.18.0.1', 40_000, rest)]);
  const made = makePlan(
    {
      version: 1,
      stages: [
        { services: [{ service: 'orders', drain: { time: '1s' }, deploy: { run: 'true' }, check: 'none' }] },
      ],
    },
    { namespace, group: 'DEFAULT_GROUP', lists: () => [listed] },
  );
  if (!made.ok) throw new Error(made.problem.kind);
  const clock = virtualClock();
  const ports = openFacePorts({
    clock,
    self: [],
    env: {},
    state: { root: newDirectory('review-held'), temporary: '/tmp', userId: 0 },
    who: 'ann@bastion',
    host: 'bastion',
    workingDirectory: '/',
    pid: process.pid,
    secretDetail: ({ kind }) => kind,
  });
  const spec = reachedAt('http://127.0.0.1:8848');
  const reviewing = ports.review(made.plan, { registry, spec, reached: spec }, 'real');
  const { findings } = await whileRunning(reviewing, () => clock.advance(1000));
  expect(findings).toContainEqual(expect.objectContaining({ kind: 'locked', id: '7f3a0001' }));
});
