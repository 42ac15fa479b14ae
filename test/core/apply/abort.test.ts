import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import type { Fact } from '../../../src/core/event/event.ts';
import type { CommandResult } from '../../../src/core/event/failure.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import { createJournalDisk } from '../../simulation/world/journal-disk.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { plannedLine } from '../../simulation/world/simulated-world.ts';

const target = '10.0.0.1:8080';
const at = '2026-11-21T20:00:00.000Z';
const runner: Fact = { type: 'runner-started', pid: 1, host: 'here', isAttended: true, lease: 'none' };
const putBack: Fact = { type: 'abort-asked', how: 'put-back', by: 'ann' };
const hookBegan: Fact = {
  type: 'hook-began',
  target,
  step: 'after-disable',
  attempt: 1,
  command: 'x',
  directory: 'hook-1',
};
const bad = { kind: 'exited', code: 7 } as const;

/** Off, with a hook before its drain. */
function disabled(): Rollout {
  const { plan, nodes } = plainScenario(1);
  const hooks = { afterDisable: { run: 'x', timeoutMs: 1000, onFailure: 'ask' as const } };
  const targets = plan.targets.map((one) => ({ ...one, hooks }));
  const line = plannedLine({ ...plan, targets }, nodes, true);
  return after(createJournalDisk(line).read(), [
    runner,
    { type: 'disable-began', target, attempt: 1 },
    { type: 'read-back', target, registration: 0, enabled: false, nodes: [] },
    { type: 'disabled', target, attempt: 1, ms: 5 },
  ]);
}

function after(rollout: Rollout, facts: readonly Fact[]): Rollout {
  return facts.reduce(
    (state, fact) => apply(state, { v: 1, seq: state.seq + 1, at, rollout: 'a', ...fact }),
    rollout,
  );
}

function hookEnded(result: CommandResult): Fact {
  return { type: 'hook-ended', target, step: 'after-disable', attempt: 1, ms: 5, result };
}

/** Drained, and its command begins. */
const deploys: readonly Fact[] = [
  hookBegan,
  hookEnded({ kind: 'exited', code: 0 }),
  { type: 'drain-began', target, attempt: 1, totalMs: 10 },
  { type: 'drain-ended', target, attempt: 1, ms: 10 },
  { type: 'deploy-began', target, attempt: 1, command: 'x', directory: 'deploy-1' },
];

function deployEnded(result: CommandResult): Fact {
  return { type: 'deploy-ended', target, attempt: 1, ms: 5, result };
}

const neverBegan = deployEnded({ kind: 'never-began' });
const notStarted = deployEnded({ kind: 'not-started', detail: 'ENOENT' });

test.each<[string, readonly Fact[]]>([
  ['its hook failed', [hookBegan, hookEnded(bad), putBack]],
  [
    'its hook failed anew after a deploy that never began',
    [...deploys, runner, neverBegan, hookBegan, hookEnded(bad), putBack],
  ],
  ['its deploy could not be started', [...deploys, notStarted, putBack]],
  ['its deploy never began, which is found after the abort', [...deploys, runner, putBack, neverBegan]],
])('what is as it was comes back on: %s', (_what, facts) => {
  const [state] = after(disabled(), facts).targets;
  expect(state).toMatchObject({ course: 'put-back', step: 'enable', phase: 'ready' });
});

test('what a command ran on does not, though a later one never began', () => {
  const facts = [
    ...deploys,
    deployEnded(bad),
    { type: 'decided', target, decision: 'retry', by: 'ann' },
    { type: 'deploy-began', target, attempt: 2, command: 'x', directory: 'deploy-2' },
    neverBegan,
    putBack,
  ] as const;
  expect(after(disabled(), facts).targets[0]?.result).toBe('left-off');
});
