import { expect, test } from 'vitest';
import type { Fact } from '../../src/core/event/event.ts';
import { examined } from '../../src/wiring/console/of-machine.ts';
import { allOf, listed, openOf, plannedFact } from '../cli/support/journaled.ts';
import { target, writeBegan } from '../cli/support/orders-stage.ts';
import { setStage } from '../cli/support/stage.ts';

const off: readonly Fact[] = [
  { type: 'runner-started', pid: 1, host: 'bastion', isAttended: false, lease: 'held' },
  { type: 'disable-began', target, attempt: 1 },
  writeBegan,
  { type: 'rollout-ended', outcome: 'abandoned', exitCode: 3 },
];

/** What was typed at a console in `public`, told on the way to what `username` left off in a namespace. */
async function examinedFor(namespace: string, username: string, server = 'http://a:8848') {
  const there = listed.map((one) => ({ ...one, namespace }));
  const planned = plannedFact(there);
  if (planned.type !== 'rollout-planned') throw new Error('it is no plan');
  const reached = { ...planned.reached, username };
  const { open, events } = openOf('aaaa', '2026-11-21T20:00:00.000Z', [{ ...planned, reached }, ...off]);
  const { ports } = setStage(there);
  const told: unknown[] = [];
  const examination = await examined(
    {
      ports: {
        ...ports,
        launcher: { ...ports.launcher, all: allOf(open), read: async () => ({ ok: true, open, events }) },
        connect: async (spec, password) => {
          told.push([spec.servers[0], spec.username, spec.namespace, password]);
          if (password === undefined) return { ok: false, error: { kind: 'secret', detail: 'none' } };
          return ports.connect(spec, password);
        },
      },
      store: ports.profiles,
      doctor: ports.doctor,
      env: {},
    },
    {
      spec: { ...planned.reached, servers: [server], username: 'ops', namespace: 'public' },
      password: 'typed',
    },
    () => () => undefined,
  );
  await examination.close();
  return { canMend: examination.canMend, told };
}

test.each(['public', 'dev'])('a typed password opens what was left off in %s', async (namespace) => {
  expect((await examinedFor(namespace, 'ops')).canMend).toBe(true);
});

test('a typed password is told to no other user, and to no other Nacos', async () => {
  expect((await examinedFor('dev', 'ann')).told).toEqual([
    ['http://a:8848', 'ops', 'public', 'typed'],
    ['http://a:8848', 'ann', 'dev', undefined],
  ]);
  expect((await examinedFor('dev', 'ops', 'http://b:8848')).told).toEqual([
    ['http://b:8848', 'ops', 'public', 'typed'],
    ['http://a:8848', 'ops', 'dev', undefined],
  ]);
});
