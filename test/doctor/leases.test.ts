import { expect, test } from 'vitest';
import type { Fact } from '../../src/core/event/event.ts';
import { claimMetadata, leaseGroup, leaseService } from '../../src/core/registry/lease.ts';
import { instance } from '../cli/support/fake-registry.ts';
import { allOf, listed, openOf, plannedFact } from '../cli/support/journaled.ts';
import { target, writeBegan } from '../cli/support/orders-stage.ts';
import { type Stage, setStage } from '../cli/support/stage.ts';

const started: Fact = { type: 'runner-started', pid: 1, host: 'bastion', isAttended: false, lease: 'held' };
const ended: Fact = { type: 'rollout-ended', outcome: 'abandoned', exitCode: 3 };
const claim = { id: '7f3a0001', by: 'bob@bastion', since: '2026-11-21T20:00:00.000Z' };

/** Somebody on another machine holds a lease in `dev`, where a rollout of this one is or was. */
function stageWith(...facts: readonly Fact[]): Stage {
  const namespace = 'dev';
  const metadata = claimMetadata({ ...claim, stage: 'holding', services: ['*'] });
  const lease = instance(leaseService, '198.18.0.1', 40_000, {
    namespace,
    group: leaseGroup,
    enabled: false,
    metadata,
  });
  const there = listed.map((one) => ({ ...one, namespace }));
  const stage = setStage([...there, lease]);
  const { open, events } = openOf('aaaa', '2026-11-21T20:00:00.000Z', [plannedFact(there), ...facts]);
  const read = async () => ({ ok: true, open, events }) as const;
  stage.ports = { ...stage.ports, launcher: { ...stage.ports.launcher, all: allOf(open), read } };
  return stage;
}

const held = 'A lease is held by rollout 7f3a0001 of bob@bastion';
const here = ['doctor', '--server', 'http://a:8848'] as const;

test('doctor sees who holds a lease where a rollout of this machine stands, whatever the profile names', async () => {
  expect((await stageWith(started).run(...here)).out).toContain(held);
  expect((await stageWith(started).run('doctor', '--server', 'http://b:8848')).out).not.toContain(held);
  expect((await stageWith(started, { ...ended, exitCode: 1 }).run(...here)).out).not.toContain(held);
});

test('doctor names a lease once that it sees by two ways', async () => {
  const { out } = await stageWith(started, { type: 'disable-began', target, attempt: 1 }, writeBegan).run(
    ...here,
  );
  expect(out.split(held)).toHaveLength(2);
});

test('doctor says once what is so of a Nacos that it reaches for two namespaces', async () => {
  const stage = stageWith(started, { type: 'disable-began', target, attempt: 1 }, writeBegan);
  const lines = (await stage.run(...here, '--json')).out.trim().split('\n');
  const kinds = lines.map((line) => (JSON.parse(line) as { kind: string }).kind);
  for (const kind of ['server', 'clock']) expect(kinds.filter((one) => one === kind)).toHaveLength(1);
});
