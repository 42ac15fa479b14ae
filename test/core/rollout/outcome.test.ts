import { expect, test } from 'vitest';
import { replay } from '../../../src/core/apply/apply.ts';
import type { Event, Fact } from '../../../src/core/event/event.ts';
import { exitCodeOf } from '../../../src/core/rollout/outcome.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { plannedLine } from '../../simulation/world/simulated-world.ts';

const target = '10.0.0.1:8080';
const request = { method: 'PATCH', url: '', hasToken: false };

function after(...facts: readonly Fact[]): Rollout {
  const { plan, nodes } = plainScenario(1);
  const planned = JSON.parse(plannedLine(plan, nodes, true)) as Event;
  const rest = facts.map((fact, index): Event => ({ ...planned, ...fact, seq: index + 1 }));
  const rollout = replay([planned, ...rest]);
  if (rollout === undefined) throw new Error('nothing was replayed');
  return rollout;
}

function write(enabled: boolean, outcome: 'accepted' | 'refused' | 'unknown'): Fact[] {
  const which = { target, registration: 0, enabled, purpose: 'disable' } as const;
  return [
    { type: 'write-began', ...which, weight: 1, request },
    { type: 'write-ended', ...which, outcome, ms: 1 },
  ];
}

function readBack(enabled: boolean): Fact {
  return { type: 'read-back', target, registration: 0, enabled, nodes: [] };
}

test('nothing off: the reason decides', () => {
  expect(exitCodeOf(after(), 'done')).toBe(0);
  expect(exitCodeOf(after(), 'aborted')).toBe(1);
  expect(exitCodeOf(after(), 'done-with-some-off')).toBe(1);
  for (const why of ['interrupted', 'unattended', 'undecided'] as const)
    expect(exitCodeOf(after(), why)).toBe(130);
  expect(exitCodeOf(after(), 'at-gate')).toBe(3);
});

test('3 wins whenever something may be off because of us', () => {
  for (const facts of [
    write(false, 'accepted'),
    write(false, 'unknown'),
    [...write(false, 'accepted'), readBack(false)],
  ])
    for (const why of ['done', 'aborted', 'stuck', 'interrupted'] as const)
      expect(exitCodeOf(after(...facts), why)).toBe(3);
});

test('a refused disable leaves nothing off, but for one that an earlier write may have taken off', () => {
  expect(exitCodeOf(after(...write(false, 'refused')), 'aborted')).toBe(1);
  expect(exitCodeOf(after(...write(false, 'accepted'), ...write(false, 'refused')), 'aborted')).toBe(3);
  expect(exitCodeOf(after(...write(false, 'unknown'), ...write(false, 'refused')), 'aborted')).toBe(3);
});

test('an enable counts only when it was read back', () => {
  const off = [...write(false, 'accepted'), readBack(false)];
  expect(exitCodeOf(after(...off, ...write(true, 'accepted')), 'done')).toBe(3);
  expect(exitCodeOf(after(...off, ...write(true, 'refused')), 'done')).toBe(3);
  expect(exitCodeOf(after(...off, ...write(true, 'accepted'), readBack(true)), 'done')).toBe(0);
});

function stuckWith(why: Extract<Fact, { type: 'step-failed' }>['why']): Fact[] {
  return [
    { type: 'disable-began', target, attempt: 1 },
    { type: 'step-failed', target, step: 'disable', attempt: 1, ms: 1, why },
  ];
}

test('a failure before any write has its own code, after one it is a failure', () => {
  const refused = stuckWith({ kind: 'refused', refusals: [{ kind: 'last-one', service: 'orders' }] });
  const noLeader = stuckWith({ kind: 'registry', error: { kind: 'no-leader', detail: '' } });
  const lost = stuckWith({ kind: 'registry', error: { kind: 'unreachable', addresses: [], detail: '' } });
  expect(exitCodeOf(after(...refused), 'stuck')).toBe(4);
  expect(exitCodeOf(after(...noLeader), 'stuck')).toBe(4);
  expect(exitCodeOf(after(...lost), 'stuck')).toBe(6);
  expect(exitCodeOf(after(...write(false, 'refused'), ...lost), 'stuck')).toBe(1);
});
