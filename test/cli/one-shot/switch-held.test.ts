import { expect, test } from 'vitest';
import { claimMetadata, leaseGroup, leaseService, serviceHash } from '../../../src/core/registry/lease.ts';
import { whileRunning } from '../../support/processes/while-running.ts';
import { instance } from '../support/fake-registry.ts';
import { allOf, openOf, plannedFact } from '../support/journaled.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

const holder = { id: '7f3a0001', by: 'bob@bastion', since: '2026-11-21T20:00:00.000Z', service: 'orders' };
const id = { namespace: 'public', group: 'DEFAULT_GROUP', service: 'orders' };
const first = '10.0.0.1:8080';

function stageOfTwo(isFirstOn = true): Stage {
  return setStage([
    instance('orders', '10.0.0.1', 8080, { enabled: isFirstOn }),
    instance('orders', '10.0.0.2', 8080),
  ]);
}

function holdHere(stage: Stage): void {
  stage.ports = { ...stage.ports, holderOf: () => holder };
}

function holdElsewhere({ registry }: Stage, service = id): void {
  const services = [serviceHash(service)];
  const metadata = claimMetadata({ ...holder, stage: 'holding', services });
  const lease = instance(leaseService, '198.18.0.1', 40_000, { group: leaseGroup, enabled: false, metadata });
  registry.list = [...registry.list, lease];
}

test.each([
  ['disable', holdHere, true],
  ['disable', holdElsewhere, true],
  ['enable', holdHere, false],
  ['enable', holdElsewhere, false],
] as const)('%s of what a rollout holds is exit 5 and writes nothing (%o)', async (verb, hold, isFirstOn) => {
  const stage = stageOfTwo(isFirstOn);
  hold(stage);
  const { code, err } = await stage.run(verb, 'orders', '--instance', first, ...server);
  expect(code).toBe(5);
  expect(err).toContain('orders is being rolled by bob@bastion since 2026-11-21T20:00:00.000Z');
  expect(err).toContain(
    'or, on the machine and as the user that began it, look with: nacos-rollout attach 7f3a0001',
  );
  expect(stage.registry.writes).toEqual([]);
});

test('what a rollout has taken off, and will put on, is exit 5 to whoever would restart it', async () => {
  const stage = stageOfTwo(false);
  holdElsewhere(stage);
  const { code, err } = await stage.run('disable', 'orders', '--instance', first, '--wait', '40s', ...server);
  expect(code).toBe(5);
  expect(err).toContain('7f3a0001');
  expect(stage.registry.writes).toEqual([]);
});

test('a pod that stops in a rollout which has taken it off may go', async () => {
  const stage = stageOfTwo(false);
  holdElsewhere(stage);
  const { code, err } = await stage.run('disable', 'orders', '--self', ...server);
  expect({ code, err }).toEqual({
    code: 0,
    err: `${first} is off already; rollout 7f3a0001 holds it.\n`,
  });
  expect(stage.registry.writes).toEqual([]);
});

test('what somebody puts on while it waits is said, and is no success', async () => {
  const stage = stageOfTwo();
  const running = stage.run('disable', 'orders', '--instance', first, '--wait', '40s', ...server);
  stage.clock.after(20_000, () => {
    stage.registry.list = stage.registry.list.map((one) => ({ ...one, enabled: true }));
  });
  const { code, err } = await whileRunning(running, () => stage.clock.advance(500));
  expect(code).toBe(1);
  expect(err).toContain(`${first} is on: somebody has put it on while we waited.`);
});

test('a lease of another service, or of a dead rollout of this machine, is in nobody’s way', async () => {
  const other = stageOfTwo();
  holdElsewhere(other, { ...id, service: 'shop' });
  expect((await other.run('disable', 'orders', '--instance', first, ...server)).code).toBe(0);

  const dead = stageOfTwo();
  holdElsewhere(dead);
  const { open } = openOf(holder.id, '2026-11-21T20:00:00.000Z', [plannedFact()]);
  dead.ports = { ...dead.ports, launcher: { ...dead.ports.launcher, all: allOf(open) } };
  expect((await dead.run('disable', 'orders', '--instance', first, ...server)).code).toBe(0);
});

test('a pod that starts waits until the rollout has put it on', async () => {
  const stage = stageOfTwo(false);
  holdElsewhere(stage);
  const running = stage.run('enable', 'orders', '--self', ...server);
  while (stage.clock.pendingCount === 0) await new Promise((resolve) => setImmediate(resolve));
  stage.registry.list = stage.registry.list.map((one) =>
    one.ip === '10.0.0.1' ? { ...one, enabled: true } : one,
  );
  await stage.clock.advance(1000);
  const { code, err } = await running;
  expect(code).toBe(0);
  expect(err).toContain('Rollout 7f3a0001 holds orders');
  expect(err).toContain(`${first} is on already; rollout 7f3a0001 holds it.`);
  expect(stage.registry.writes).toEqual([]);
});

test('where leases cannot be read, it says so and goes on', async () => {
  const stage = stageOfTwo();
  const before = { ...stage.registry };
  const error = { kind: 'forbidden', resource: 'NACOS_ROLLOUT', action: 'read' } as const;
  stage.registry.instances = async (service, options) =>
    service.group === leaseGroup ? { ok: false, error } : before.instances(service, options);
  const { code, err } = await stage.run('disable', 'orders', '--instance', first, ...server);
  expect(code).toBe(0);
  expect(err).toContain('Whether a rollout of another machine holds it cannot be seen');
});
