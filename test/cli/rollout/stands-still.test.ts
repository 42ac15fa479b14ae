import { expect, test } from 'vitest';
import type { Fact } from '../../../src/core/event/event.ts';
import { allOf, listed, openOf, plannedFact } from '../support/journaled.ts';
import { target } from '../support/orders-stage.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

const started: Fact = { type: 'runner-started', pid: 1, host: 'bastion', isAttended: false, lease: 'held' };
/** It is on again, and is watched for a while. */
const inSoak: readonly Fact[] = [started, { type: 'soak-began', target, attempt: 1, totalMs: 60_000 }];
const ended: Fact = { type: 'rollout-ended', outcome: 'abandoned', exitCode: 1 };

function stageWith(isRunning: boolean, ...facts: readonly Fact[]): Stage {
  const stage = setStage(listed);
  const { open, events } = openOf('aaaa', '2026-11-21T20:00:00.000Z', [plannedFact(), ...facts]);
  const read = async () => ({ ok: true, open, events }) as const;
  const all = allOf({ ...open, isRunning });
  stage.ports = { ...stage.ports, launcher: { ...stage.ports.launcher, all, read } };
  return stage;
}

const sentence =
  'Rollout aaaa of ann@bastion stands still, with nothing off: nacos-rollout resume aaaa carries it on.';

test('doctor names a rollout without a runner of which nothing is off, and how to carry it on', async () => {
  const { code, out } = await stageWith(false, ...inSoak).run('doctor', ...server);
  expect(out).toContain(`! ${sentence}`);
  expect(code).toBe(0);
});

test.each([
  ['runs', true, inSoak],
  ['has ended', false, [...inSoak, ended]],
] as const)('but none that %s', async (_, isRunning, facts) => {
  expect((await stageWith(isRunning, ...facts).run('doctor', ...server)).out).not.toContain('stands still');
});
