import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import type { Event, Fact } from '../../../src/core/event/event.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { cameOnAfter, cameOnBefore, offForSome } from '../../../src/core/rollout/came-on.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import { wanted } from '../../../src/core/rollout/wanted.ts';
import { createJournalDisk } from '../../simulation/world/journal-disk.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { plannedLine } from '../../simulation/world/simulated-world.ts';

const [first, second, third] = ['10.0.0.1:8080', '10.0.0.2:8080', '10.0.0.3:8080'] as const;

function begun(change: (plan: Plan) => Plan = (plan) => plan): Rollout {
  const { plan, nodes } = plainScenario(3);
  const targets = plan.targets.map((target) => ({ ...target, drainAhead: true as const }));
  const line = plannedLine(change({ ...plan, targets }), nodes, true);
  const runner = { type: 'runner-started', pid: 1, host: 'here', isAttended: true, lease: 'none' } as const;
  return after(createJournalDisk(line).read(), [runner]);
}

function eventOf(fact: Fact, seq: number): Event {
  return { v: 1, seq, at: '2026-11-21T20:00:00.000Z', rollout: 'a', ...fact };
}

function after(rollout: Rollout, facts: readonly Fact[]): Rollout {
  return facts.reduce((state, fact) => apply(state, eventOf(fact, state.seq + 1)), rollout);
}

function drained(target: string): readonly Fact[] {
  return [
    { type: 'disable-began', target, attempt: 1 },
    { type: 'disabled', target, attempt: 1, ms: 1 },
    { type: 'drain-began', target, attempt: 1, totalMs: 1 },
    { type: 'drain-ended', target, attempt: 1, ms: 1 },
  ];
}

function deploying(target: string): readonly Fact[] {
  return [...drained(target), { type: 'deploy-began', target, attempt: 1, command: 'x', directory: 'd' }];
}

function keysOf(rollout: Rollout): readonly string[] {
  return wanted(rollout).map(({ key }) => key);
}

test('the next one is wanted off once the one before is deployed, and no further one', () => {
  expect(keysOf(after(begun(), drained(first)))).toEqual([`deploy ${first} 1`]);
  const rollout = after(begun(), deploying(first));
  expect(keysOf(rollout)).toEqual([`deploy ${first} 1`, `disable ${second} 1`]);
  expect(keysOf(after(rollout, drained(second)))).toEqual([`deploy ${first} 1`]);
});

test.each<[string, (plan: Plan) => Plan]>([
  [
    'the plan does not let it',
    (plan) => ({ ...plan, targets: plan.targets.map(({ drainAhead: _off, ...one }) => one) }),
  ],
  ['another stage begins', (plan) => withSecond(plan, { stage: '2' })],
  ['another zone begins', (plan) => withSecond(plan, { zone: 'b' })],
  [
    'a gate stands between',
    (plan) => ({
      ...plan,
      gates: [{ kind: 'person', name: 'g', batch: 1, text: 'look', place: { side: 'before', of: 'batch' } }],
    }),
  ],
  ['its own batch has one that still drains', (plan) => withSecond(plan, { batch: 0 })],
])('nobody goes ahead where %s', (_why, change) => {
  const rollout = after(begun(change), deploying(first));
  expect(keysOf(rollout)).not.toContain(`disable ${third} 1`);
  const isBeside = change(rollout.planned.plan).targets[1]?.batch === 0;
  if (!isBeside) expect(keysOf(rollout)).toEqual([`deploy ${first} 1`]);
});

function withSecond(plan: Plan, change: Partial<Plan['targets'][number]>): Plan {
  return { ...plan, targets: plan.targets.map((one) => (one.name === second ? { ...one, ...change } : one)) };
}

test('what is in our hands, and what came on less than a drain ago, is off for some consumer', () => {
  const rollout = after(begun(), deploying(second));
  const back = { type: 'read-back', target: first, registration: 0, enabled: true, nodes: [] } as const;
  const cameOn = cameOnAfter(new Map(), eventOf(back, 9), 10_000);
  expect(offForSome(rollout, third, cameOn, 14_999)).toEqual({ names: [first, second], nextMs: 1 });
  expect(offForSome(rollout, third, cameOn, 15_000)).toEqual({ names: [second], nextMs: Infinity });
});

test('what an earlier runner put on counts as if it came on when this one began', () => {
  const rollout = after(begun(), deploying(first));
  expect([...cameOnBefore(rollout, 7000)]).toEqual([[first, 7000]]);
});

test('one that an earlier rollout left off runs what failed: it is not called back on', () => {
  const leaving = (left: 'off' | undefined) => (plan: Plan) =>
    withSecond(plan, {
      registrations: (plan.targets[1]?.registrations ?? []).map((one) => ({ ...one, ...(left && { left }) })),
    });
  const facts: readonly Fact[] = [
    ...deploying(first),
    ...drained(second),
    { type: 'deploy-ended', target: first, attempt: 1, ms: 1, result: { kind: 'exited', code: 1 } },
  ];
  expect(keysOf(after(begun(leaving(undefined)), facts))).toContain(`call-back ${second}`);
  expect(keysOf(after(begun(leaving('off')), facts))).toEqual([`keep-out ${second}`]);
});
