import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import type { Event, Fact } from '../../../src/core/event/event.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import { wanted } from '../../../src/core/rollout/wanted.ts';
import { createJournalDisk } from '../../simulation/world/journal-disk.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { plannedLine } from '../../simulation/world/simulated-world.ts';

const target = '10.0.0.1:8080';
const started: Fact = { type: 'runner-started', pid: 1, host: 'here', isAttended: true, lease: 'none' };
const off: Fact = { type: 'read-back', target, registration: 0, enabled: false, nodes: [] };

/** Off, and in its first drain. */
function draining(): Rollout {
  const { plan, nodes } = plainScenario(1);
  const rollback = { run: './back.sh', timeoutMs: 60_000 };
  const targets = plan.targets.map((one) => ({ ...one, rollback }));
  return after(createJournalDisk(plannedLine({ ...plan, targets }, nodes, true)).read(), [
    started,
    { type: 'disable-began', target, attempt: 1 },
    off,
    { type: 'disabled', target, attempt: 1, ms: 5 },
    { type: 'drain-began', target, attempt: 1, totalMs: 5000 },
  ]);
}

function after(rollout: Rollout, facts: readonly Fact[]): Rollout {
  return facts.reduce((state, fact) => {
    const event = { v: 1, seq: state.seq + 1, at: '2026-11-21T20:00:00.000Z', rollout: state.id, ...fact };
    return apply(state, event satisfies Event);
  }, rollout);
}

const steps = (rollout: Rollout): readonly string[] =>
  wanted(rollout)
    .map(({ kind }) => kind)
    .filter((kind) => kind !== 'keep-out');

test('what is still called at the end of a second drain is not rolled back before another one', () => {
  const calls = { callers: [], doubts: [], perSecond: { fromMs: 0, counts: [] } };
  const stuck = after(draining(), [
    { type: 'drain-ended', target, attempt: 1, ms: 5000 },
    { type: 'deploy-began', target, attempt: 1, command: 'x', directory: 'deploy-1' },
    { type: 'deploy-ended', target, attempt: 1, ms: 5, result: { kind: 'exited', code: 1 } },
    { type: 'exposed', target, registration: 0, wasAway: true, sources: ['a'] },
    off,
    { type: 'decided', target, decision: 'retry', by: 'ann' },
    { type: 'drain-began', target, attempt: 2, totalMs: 5000 },
    {
      type: 'step-failed',
      target,
      step: 'drain',
      attempt: 2,
      ms: 90_000,
      why: { kind: 'still-called', afterMs: 90_000, calls, active: 3 },
    },
  ]);
  const rolledBack = after(stuck, [{ type: 'decided', target, decision: 'roll-back', by: 'ann' }]);
  expect(steps(rolledBack)).toEqual(['disable']);
  const drained = after(stuck, [
    { type: 'decided', target, decision: 'retry', by: 'ann' },
    { type: 'drain-began', target, attempt: 3, totalMs: 5000 },
    { type: 'drain-ended', target, attempt: 3, ms: 5000 },
    { type: 'deploy-began', target, attempt: 2, command: 'x', directory: 'deploy-2' },
    { type: 'deploy-ended', target, attempt: 2, ms: 5, result: { kind: 'exited', code: 1 } },
    { type: 'decided', target, decision: 'roll-back', by: 'ann' },
  ]);
  expect(steps(drained)).toEqual(['deploy']);
});

test('a drain that is done after one that was skipped is not skipped', () => {
  const skipped = after(draining(), [{ type: 'drain-skipped', target, by: 'ann' }]);
  expect(skipped.targets[0]?.isDrainSkipped).toBe(true);
  const takenOver = after(skipped, [started]);
  expect(steps(takenOver)).toEqual(['drain']);
  expect(takenOver.targets[0]?.isDrainSkipped).toBe(false);
});
