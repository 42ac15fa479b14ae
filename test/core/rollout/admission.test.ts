import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import type { Event, Fact } from '../../../src/core/event/event.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import { wanted } from '../../../src/core/rollout/wanted.ts';
import { createJournalDisk } from '../../simulation/world/journal-disk.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { plannedLine } from '../../simulation/world/simulated-world.ts';

const first = '10.0.0.1:8080';
const why = { kind: 'refused', refusals: [{ kind: 'last-one', service: 'orders' }] } as const;

function after(rollout: Rollout, facts: readonly Fact[]): Rollout {
  return facts.reduce((state, fact) => {
    const event = { v: 1, seq: state.seq + 1, at: '2026-11-21T20:00:00.000Z', rollout: state.id, ...fact };
    return apply(state, event satisfies Event);
  }, rollout);
}

test('of one batch, who waited through a pause goes on waiting while another is stuck', () => {
  const { plan, nodes } = plainScenario(2);
  const together = { ...plan, targets: plan.targets.map((target) => ({ ...target, batch: 0 })) };
  const rollout = after(createJournalDisk(plannedLine(together, nodes, true)).read(), [
    { type: 'runner-started', pid: 1, host: 'here', isAttended: true, lease: 'none' },
    { type: 'disable-began', target: first, attempt: 1 },
    { type: 'paused', by: 'someone@here', why: 'asked' },
    { type: 'step-failed', target: first, step: 'disable', attempt: 1, ms: 1, why },
    { type: 'continued', by: 'someone@here' },
  ]);
  expect(wanted(rollout)).toEqual([]);
  const decided = { type: 'decided', target: first, decision: 'leave-off', by: 'someone@here' } as const;
  expect(wanted(after(rollout, [decided])).map(({ kind }) => kind)).toEqual(['disable']);
});

test('nothing begins while a node is lost, whoever continued', () => {
  const { plan, nodes } = plainScenario(1);
  const [node = ''] = nodes;
  const error = { kind: 'timeout', address: node, afterMs: 5000, wasSent: true } as const;
  const rollout = after(createJournalDisk(plannedLine(plan, nodes, true)).read(), [
    { type: 'runner-started', pid: 1, host: 'here', isAttended: true, lease: 'none' },
    { type: 'node-lost', node, error },
    { type: 'paused', by: 'nobody', why: 'registry-lost' },
    { type: 'continued', by: 'nobody' },
  ]);
  expect(wanted(rollout).map(({ kind }) => kind)).toEqual(['await-registry']);
});

test('what is wanted of thousands of targets is told after every event within milliseconds', () => {
  const { plan, nodes } = plainScenario(1);
  const [one] = plan.targets;
  if (one === undefined) throw new Error('a plan of none');
  const targets = Array.from({ length: 4000 }, (_, index) => ({
    ...one,
    name: `target ${index}`,
    batch: index,
  }));
  let rollout = after(createJournalDisk(plannedLine({ ...plan, targets }, nodes, true)).read(), [
    { type: 'runner-started', pid: 1, host: 'here', isAttended: true, lease: 'none' },
  ]);
  const before = process.cpuUsage();
  for (let attempt = 1; attempt <= 50; attempt += 1) {
    rollout = after(rollout, [{ type: 'disable-began', target: 'target 0', attempt }]);
    expect(wanted(rollout).map(({ key }) => key)).toEqual([`disable target 0 ${attempt}`]);
  }
  // A search through the plan for each target took half a minute.
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(1500);
});
