import { expect, test } from 'vitest';
import type { Fact } from '../../src/core/event/event.ts';
import { rolled, target, writeBegan } from './support/orders-stage.ts';
import { allOf, listed, openOf, plannedFact } from './support/journaled.ts';
import { type Stage, setStage } from './support/stage.ts';

const abandoned: readonly Fact[] = [
  { type: 'runner-started', pid: 1, host: 'bastion', isAttended: false, lease: 'held' },
  { type: 'disable-began', target, attempt: 1 },
  writeBegan,
  { type: 'rollout-ended', outcome: 'abandoned', exitCode: 3 },
];

/** A machine with a rollout that was given up while its first target was off, and a later one. */
function stageWithLater(later: readonly Fact[]): Stage {
  const stage = setStage(listed.map((one) => (one.ip === '10.0.0.1' ? { ...one, enabled: false } : one)));
  const { launcher } = stage.ports;
  const { open: former, events } = openOf('aaaa', '2026-11-21T20:00:00.000Z', [plannedFact(), ...abandoned]);
  const { open } = openOf('bbbb', '2026-11-21T21:00:00.000Z', [plannedFact(), ...later]);
  const read = async () => ({ ok: true, open: former, events }) as const;
  stage.ports = { ...stage.ports, launcher: { ...launcher, all: allOf(open, former), read } };
  return stage;
}

test('what a later rollout found on and rolled is that one’s doing', async () => {
  const stage = stageWithLater(rolled);
  expect(await stage.run('status', 'aaaa')).toMatchObject({ code: 0 });
});

test('what a later rollout had found on in its plan, and off when its turn came, is named still', async () => {
  const refused: readonly Fact[] = [
    { type: 'disable-began', target, attempt: 1 },
    {
      type: 'step-failed',
      target,
      step: 'disable',
      attempt: 1,
      ms: 5,
      why: { kind: 'refused', refusals: [{ kind: 'taken-off', instance: `${target} orders` }] },
    },
    { type: 'abort-asked', how: 'put-back', by: 'ann' },
    { type: 'rollout-ended', outcome: 'aborted', exitCode: 1 },
  ];
  const stage = stageWithLater(refused);
  const { code, out } = await stage.run('status');
  expect(code).toBe(3);
  expect(out).toContain(`  off    ${target}`);
  expect((await stage.run('doctor')).out).toContain(target);
});
