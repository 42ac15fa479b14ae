import { expect, test } from 'vitest';
import type { Fact } from '../../../src/core/event/event.ts';
import { instance } from '../support/fake-registry.ts';
import { allOf, listed, openOf, plannedFact } from '../support/journaled.ts';
import { target, writeBegan } from '../support/orders-stage.ts';
import { type Stage, setStage } from '../support/stage.ts';

/** It was off, and its deploy runs. */
const inDeploy: readonly Fact[] = [
  { type: 'runner-started', pid: 1, host: 'bastion', isAttended: false, lease: 'held' },
  { type: 'disable-began', target, attempt: 1 },
  writeBegan,
  { type: 'read-back', target, registration: 0, enabled: false, nodes: [] },
  { type: 'disabled', target, attempt: 1, ms: 600 },
  { type: 'deploy-began', target, attempt: 1, command: 'x', directory: 'd' },
];

function stageWith(enabled: boolean, isRunning = false): Stage {
  const stage = setStage([instance('orders', '10.0.0.1', 8080, { enabled }), ...listed.slice(1)]);
  const { open: found, events } = openOf('aaaa', '2026-11-21T20:00:00.000Z', [plannedFact(), ...inDeploy]);
  const open = { ...found, isRunning };
  const read = async () => ({ ok: true, open, events }) as const;
  stage.ports = { ...stage.ports, launcher: { ...stage.ports.launcher, all: allOf(open), read } };
  return stage;
}

const off = `**Still off because of us:** ${target} orders`;
const onAgain = `**Off by the journal, though Nacos shows it on:** ${target} orders`;

test('what Nacos shows on again is not said to be off still', async () => {
  const { out } = await stageWith(true).run('report', 'aaaa');
  expect(out).toContain(onAgain);
  expect(out).not.toContain('Still off because of us');
  const json = JSON.parse((await stageWith(true).run('report', 'aaaa', '--format', 'json')).out);
  expect(json).toMatchObject({ off: [], onAgain: [{ target, registration: 0 }] });
  const page = (await stageWith(true).run('report', 'aaaa', '--html')).out;
  expect(page).toContain(`Off by the journal, though Nacos shows it on: ${target} orders`);
  expect(page).not.toContain('Still off because of us');
});

test('what Nacos shows off, or cannot be asked about, is off as the journal says', async () => {
  expect((await stageWith(false).run('report', 'aaaa')).out).toContain(off);
  const silent = stageWith(true);
  silent.registry.readError = { kind: 'unreachable', addresses: [], detail: '' };
  expect((await silent.run('report', 'aaaa')).out).toContain(off);
});

test('doctor says of a deploy whose end is in no journal that it is not known, and who finds out', async () => {
  const { out } = await stageWith(false).run('doctor', '--server', 'a:8848');
  expect(out).toContain(
    'How its deploy ended is not known: nacos-rollout resume aaaa --yes finds out; or look',
  );
  expect(out).not.toContain('did not end well');
});

test('while a runner is at it, nobody else is asked', async () => {
  const stage = stageWith(true, true);
  expect((await stage.run('report', 'aaaa')).out).toContain(off);
  expect(stage.specs).toEqual([]);
});

test('a target at which nobody is any more is not said to be under way, nor its rollout', async () => {
  const { out } = await stageWith(false).run('report', 'aaaa');
  expect(out).toContain('- outcome: stands still: its runner is gone');
  expect(out).toMatch(/\| 10\.0\.0\.1:8080 \| orders \| stands still \|/);
  expect(out).not.toContain('under way');
  const json = JSON.parse((await stageWith(false).run('report', 'aaaa', '--format', 'json')).out);
  expect(json).toMatchObject({ isRunnerGone: true, targets: [{ isStanding: true }, {}] });
  const running = (await stageWith(false, true).run('report', 'aaaa')).out;
  expect(running).toContain('- outcome: not ended');
  expect(running).toContain('| under way |');
});
