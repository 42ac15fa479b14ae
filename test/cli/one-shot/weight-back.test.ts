import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Fact } from '../../../src/core/event/event.ts';
import { openJournal } from '../../../src/runner/store/journal.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { reachedAt } from '../../support/reached.ts';
import { gone, keptIn } from '../support/journal-machine.ts';
import { instance } from '../support/fake-registry.ts';
import { listed, openOf, plannedFact } from '../support/journaled.ts';
import { target, writeBegan } from '../support/orders-stage.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

const write = { target, registration: 0, enabled: true, purpose: 'enable' } as const;
const request = { method: 'PATCH', url: 'http://a/x', hasToken: false };

const deployed: readonly Fact[] = [
  { ...plannedFact(), reached: reachedAt('http://127.0.0.1:8848') } as Fact,
  { type: 'runner-started', pid: gone, host: 'bastion', isAttended: false, lease: 'held' },
  { type: 'disable-began', target, attempt: 1 },
  writeBegan,
  { type: 'write-ended', ...write, enabled: false, purpose: 'disable', outcome: 'accepted', ms: 5 },
  { type: 'read-back', target, registration: 0, enabled: false, nodes: [] },
  { type: 'disabled', target, attempt: 1, ms: 5 },
  { type: 'drain-began', target, attempt: 1, totalMs: 1000 },
  { type: 'drain-ended', target, attempt: 1, ms: 1000 },
  { type: 'deploy-began', target, attempt: 1, command: 'x', directory: 'd' },
  { type: 'deploy-ended', target, attempt: 1, ms: 5, result: { kind: 'exited', code: 0 } },
  { type: 'check-began', target, attempt: 1 },
  { type: 'check-passed', target, attempt: 1, ms: 5, isRestarted: true },
  { type: 'enable-began', target, attempt: 1 },
  { type: 'write-began', ...write, weight: 0.5, fullWeight: 5, request },
  { type: 'write-ended', ...write, outcome: 'accepted', ms: 5 },
];

/** Its enable, with a tenth of its weight, was accepted and not read back in time; a person then left it as it is. */
const notReadBack: readonly Fact[] = [
  {
    type: 'step-failed',
    target,
    step: 'enable',
    attempt: 1,
    ms: 30_000,
    why: { kind: 'not-read-back', node: 'http://127.0.0.1:8848', isEnabled: false, afterMs: 30_000 },
  },
  { type: 'abort-asked', how: 'leave', by: 'ann@bastion' },
  { type: 'rollout-ended', outcome: 'aborted', exitCode: 3 },
];

/** It warmed up, and a person said that it has to stay as it is. */
const warming: readonly Fact[] = [
  { type: 'read-back', target, registration: 0, enabled: true, weight: 0.5, nodes: [] },
  { type: 'enabled', target, attempt: 1, ms: 5 },
  { type: 'rollout-ended', outcome: 'aborted', exitCode: 3 },
];

/** A machine on which a rollout ended like that, and what Nacos lists of its first instance now. */
function left(end: readonly Fact[], shown: { readonly weight: number; readonly enabled: boolean }): Stage {
  const root = join(newDirectory('one-shot'), 'state');
  const { events } = openOf('aaaaaaaa', '2026-11-21T19:00:00.000Z', [...deployed, ...end]);
  const directory = join(root, 'rollouts', 'aaaaaaaa');
  mkdirSync(directory, { recursive: true });
  const journal = openJournal(directory);
  for (const event of events) journal.append(event);
  journal.close();
  const stage = setStage([instance('orders', '10.0.0.1', 8080, shown), ...listed.slice(1)]);
  return keptIn(stage, root, process.pid);
}

const weightOf = ({ registry }: Stage): number | undefined =>
  registry.list.find(({ ip }) => ip === '10.0.0.1')?.weight;

const enable = ['enable', 'DEFAULT_GROUP@@orders', '--instance', target, ...server];

test.each([
  ['off', notReadBack, false],
  ['on', notReadBack, true],
  ['on, where that was read back', warming, true],
] as const)(
  'enable gives the whole of its weight to what a warm-up left %s with a part of it',
  async (_what, end, isOn) => {
    const stage = left(end, { weight: 0.5, enabled: isOn });
    expect((await stage.run('status')).code).toBe(3);
    const { code, err } = await stage.run(...enable);
    expect(code).toBe(0);
    expect(err).toContain('orders 10.0.0.1:8080 has all of its weight again, 5');
    expect(weightOf(stage)).toBe(5);
    expect(await stage.run('status')).toMatchObject({ code: 0 });
  },
);

test('a weight that somebody gave it since stays, and the journal says so', async () => {
  const stage = left(notReadBack, { weight: 3, enabled: false });
  const { code, err } = await stage.run(...enable);
  expect(code).toBe(0);
  expect(err).not.toContain('weight');
  expect(weightOf(stage)).toBe(3);
  const read = await stage.ports.launcher.read('aaaaaaaa');
  expect(read.ok && read.events).toContainEqual(
    expect.objectContaining({ type: 'weight-overridden', full: 5, found: 3 }),
  );
  expect(await stage.run('status')).toMatchObject({ code: 0 });
});

test('what goes off with a part of its weight comes back with all of it', async () => {
  const stage = left(warming, { weight: 0.5, enabled: true });
  const disable = ['disable', ...enable.slice(1)];
  expect(await stage.run(...disable)).toMatchObject({ code: 0 });
  expect(await stage.run(...enable)).toMatchObject({ code: 0 });
  expect(weightOf(stage)).toBe(5);
  expect(await stage.run('status')).toMatchObject({ code: 0 });
});
