import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import type { Fact } from '../../../src/core/event/event.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import { wanted } from '../../../src/core/rollout/wanted.ts';
import { createJournalDisk } from '../../simulation/world/journal-disk.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { plannedLine } from '../../simulation/world/simulated-world.ts';

const [first, second] = ['10.0.0.1:8080', '10.0.0.2:8080'] as const;
const deadline = '2026-11-21T20:00:00.000Z';

/** Both go at once, each with a hook before it. */
function begun(limits: Partial<Plan> = {}): Rollout {
  const { plan, nodes } = plainScenario(2);
  const hooks = { beforeTarget: { run: 'x', timeoutMs: 1000, onFailure: 'ask' as const } };
  const targets = plan.targets.map((target) => ({ ...target, batch: 0, hooks }));
  const line = plannedLine({ ...plan, targets, ...limits }, nodes, true);
  const runner = { type: 'runner-started', pid: 1, host: 'here', isAttended: true, lease: 'none' } as const;
  return after(createJournalDisk(line).read(), [runner]);
}

function after(rollout: Rollout, facts: readonly Fact[]): Rollout {
  return facts.reduce(
    (state, fact) => apply(state, { v: 1, seq: state.seq + 1, at: deadline, rollout: 'a', ...fact }),
    rollout,
  );
}

function hookBegan(target: string): Fact {
  return { type: 'hook-began', target, step: 'before-target', attempt: 1, command: 'x', directory: target };
}

function hookEnded(target: string, code: number): Fact {
  return {
    type: 'hook-ended',
    target,
    step: 'before-target',
    attempt: 1,
    ms: 1,
    result: { kind: 'exited', code },
  };
}

function keysOf(rollout: Rollout): readonly string[] {
  return wanted(rollout).map(({ key }) => key);
}

test('while a hook runs before the last ones the deadline is awaited, and holds them up', () => {
  const rollout = after(begun({ deadline: { at: deadline } }), [hookBegan(first), hookBegan(second)]);
  const awaited = `await-deadline ${deadline}`;
  expect(keysOf(rollout)).toEqual([awaited, `before-target ${first} 1`, `before-target ${second} 1`]);
  const isBetween = after(rollout, [hookEnded(first, 0)]);
  expect(keysOf(isBetween)).toEqual([awaited, `disable ${first} 1`, `before-target ${second} 1`]);
  const passed = after(isBetween, [{ type: 'deadline-passed', deadline }, hookEnded(second, 0)]);
  expect(keysOf(passed)).toEqual([]);
});

test('where nothing is left to begin it is awaited no more', () => {
  const facts: readonly Fact[] = [first, second].flatMap((target): readonly Fact[] => [
    hookBegan(target),
    hookEnded(target, 0),
    { type: 'disable-began', target, attempt: 1 },
  ]);
  const rollout = after(begun({ deadline: { at: deadline } }), facts);
  expect(keysOf(rollout)).toEqual([`disable ${first} 1`, `disable ${second} 1`]);
});

test.each(['retry-target', 'take-as-done'] as const)(
  'whose hook failed begins by %s no sooner than another that was not begun: nobody may wait for a decision',
  (decision) => {
    const failed: Fact = {
      type: 'step-failed',
      target: first,
      step: 'disable',
      attempt: 1,
      ms: 1,
      why: { kind: 'refused', refusals: [{ kind: 'last-one', service: 'orders' }] },
    };
    const rollout = after(begun(), [
      hookBegan(first),
      hookBegan(second),
      hookEnded(first, 0),
      { type: 'disable-began', target: first, attempt: 1 },
      hookEnded(second, 1),
      failed,
      { type: 'decided', target: second, decision, by: 'someone@here' },
    ]);
    expect(keysOf(rollout)).toEqual([]);
    const settled = after(rollout, [
      { type: 'decided', target: first, decision: 'leave-off', by: 'someone@here' },
    ]);
    expect(wanted(settled)).toMatchObject([{ kind: 'disable', target: second, attempt: 1 }]);
  },
);
