import { expect, test } from 'vitest';
import type { Fact } from '../../../src/core/event/event.ts';
import { instance } from '../support/fake-registry.ts';
import { allOf, listed, openOf, plannedFact } from '../support/journaled.ts';
import { target, writeBegan } from '../support/orders-stage.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

const started: Fact = { type: 'runner-started', pid: 1, host: 'bastion', isAttended: false, lease: 'held' };
/** It is on again, and is watched for a while. */
const inSoak: readonly Fact[] = [started, { type: 'soak-began', target, attempt: 1, totalMs: 60_000 }];
const result = { kind: 'exited', code: 7 } as const;
const deployFailed: readonly Fact[] = [
  writeBegan,
  { type: 'deploy-began', target, attempt: 1, command: 'x', directory: 'deploy-1' },
  { type: 'deploy-ended', target, attempt: 1, ms: 5, result },
  { type: 'step-failed', target, step: 'deploy', attempt: 1, ms: 5, why: { kind: 'command', result } },
];
const ended: Fact = { type: 'rollout-ended', outcome: 'abandoned', exitCode: 1 };

function stageWith(isRunning: boolean, ...facts: readonly Fact[]): Stage {
  const stage = setStage(listed);
  const { open, events } = openOf('aaaa', '2026-11-21T20:00:00.000Z', [plannedFact(), ...facts]);
  const read = async () => ({ ok: true, open, events }) as const;
  const all = allOf({ ...open, isRunning });
  stage.ports = { ...stage.ports, launcher: { ...stage.ports.launcher, all, read } };
  return stage;
}

const sentence = 'Rollout aaaa of ann@bastion stands still, with nothing off: ';

test.each([
  [false, 'en', `! ${sentence}nacos-rollout resume aaaa --yes carries it on.`],
  [true, 'en', `! ${sentence}nacos-rollout resume aaaa carries it on.`],
  [false, 'zh-CN', '继续请用 nacos-rollout resume aaaa --yes。'],
  [true, 'zh-CN', '继续请用 nacos-rollout resume aaaa。'],
] as const)(
  'doctor names a rollout of which nothing is off, and what carries it on; at a terminal: %s, in %s',
  async (isTerminal, language, said) => {
    const stage = stageWith(false, ...inSoak);
    stage.isTerminal = isTerminal;
    const { code, out } = await stage.run('doctor', ...server, '--lang', language);
    expect(out).toContain(said);
    expect(code).toBe(0);
  },
);

test.each([
  [false, 'look at it, then nacos-rollout resume aaaa --yes, or '],
  [true, 'look at it, then nacos-rollout resume aaaa, or '],
] as const)('and of one with something off; at a terminal: %s', async (isTerminal, said) => {
  const stage = stageWith(false, started, ...deployFailed);
  stage.registry.list = [instance('orders', '10.0.0.1', 8080, { enabled: false }), ...listed.slice(1)];
  stage.isTerminal = isTerminal;
  expect((await stage.run('doctor', ...server)).out).toContain(said);
});

test.each([
  ['runs', true, inSoak],
  ['has ended', false, [...inSoak, ended]],
] as const)('but none that %s', async (_, isRunning, facts) => {
  expect((await stageWith(isRunning, ...facts).run('doctor', ...server)).out).not.toContain('stands still');
});
