import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import type { Event, Fact } from '../../../src/core/event/event.ts';
import { holdBy } from '../../../src/core/rollout/holds.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import { wanted } from '../../../src/core/rollout/wanted.ts';
import { admitOrder } from '../../../src/runner/engine/admit-order.ts';
import { createJournalDisk } from '../../simulation/world/journal-disk.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { plannedLine } from '../../simulation/world/simulated-world.ts';

const by = 'ann@here';
const error = { kind: 'timeout', address: 'a', afterMs: 5000, wasSent: true } as const;
const lost: Fact = { type: 'node-lost', node: 'http://node-1', error };
const back: Fact = { type: 'node-returned', node: 'http://node-1' };
const byItself: Fact = { type: 'continued', by: 'nobody' };

function begun(): Rollout {
  const { plan, nodes } = plainScenario(1);
  const started: Fact = { type: 'runner-started', pid: 1, host: 'here', isAttended: true, lease: 'held' };
  return after(createJournalDisk(plannedLine(plan, nodes, true)).read(), [started]);
}

function after(rollout: Rollout, facts: readonly Fact[]): Rollout {
  return facts.reduce((state, fact) => {
    const event = { v: 1, seq: state.seq + 1, at: '2026-11-21T20:00:00.000Z', rollout: state.id, ...fact };
    return apply(state, event satisfies Event);
  }, rollout);
}

/** What the runner does with it. */
function ordered(rollout: Rollout, type: 'pause' | 'continue'): Rollout {
  const admitted = admitOrder(rollout, { type }, by);
  if ('refused' in admitted) throw new Error(admitted.refused);
  return after(rollout, admitted.facts);
}

const begins = (rollout: Rollout): boolean => wanted(rollout).some(({ kind }) => kind === 'disable');

test.each<[string, readonly Fact[], readonly Fact[]]>([
  ['the registry', [lost, { type: 'paused', by: 'nobody', why: 'registry-lost' }], [back, byItself]],
  ['the lease', [{ type: 'paused', by: 'nobody', why: 'lease-lost' }], [byItself]],
  [
    'the registry, and then the lease,',
    [
      lost,
      { type: 'paused', by: 'nobody', why: 'registry-lost' },
      { type: 'paused', by: 'nobody', why: 'lease-lost' },
    ],
    [back, byItself],
  ],
])('who asks for a pause while %s is lost is obeyed when that is back', (_, gone, returned) => {
  const before = after(begun(), gone);
  expect(begins(after(before, [...returned, byItself]))).toBe(true);
  const asked = ordered(before, 'pause');
  expect(holdBy(asked, 'paused')?.why).toBe(holdBy(before, 'paused')?.why);
  expect(admitOrder(asked, { type: 'pause' }, 'bob@here')).toEqual({ refused: 'already-paused' });
  const still = after(asked, returned);
  expect(holdBy(still, 'paused')).toEqual({ kind: 'paused', by, why: 'asked' });
  expect(begins(still)).toBe(false);
  expect(begins(ordered(still, 'continue'))).toBe(true);
});

test('what was asked for while the registry is lost stays when the lease is lost as well', () => {
  const asked = ordered(
    after(begun(), [lost, { type: 'paused', by: 'nobody', why: 'registry-lost' }]),
    'pause',
  );
  const both = after(asked, [{ type: 'paused', by: 'nobody', why: 'lease-lost' }, back, byItself]);
  expect(holdBy(both, 'paused')).toEqual({ kind: 'paused', by, why: 'asked' });
});

test('who goes on without the node that is lost goes on, whoever asked for a pause before', () => {
  const asked = ordered(
    after(begun(), [lost, { type: 'paused', by: 'nobody', why: 'registry-lost' }]),
    'pause',
  );
  const on = ordered(asked, 'continue');
  expect(on.droppedNodes).toEqual(['http://node-1']);
  expect(begins(on)).toBe(true);
});

test('who takes over while the registry is away writes nothing before the lease is held, and goes on then', () => {
  const { plan, nodes } = plainScenario(1);
  const started: Fact = { type: 'runner-started', pid: 1, host: 'here', isAttended: true, lease: 'awaited' };
  const rested: Fact = { type: 'runner-rested', why: 'interrupted', exitCode: 1 };
  const planned = createJournalDisk(plannedLine(plan, nodes, true)).read();
  const awaiting = after(planned, [
    { ...started, lease: 'held' },
    { type: 'paused', by, why: 'asked' },
    rested,
    started,
  ]);
  expect(holdBy(awaiting, 'paused')).toEqual({ kind: 'paused', by: 'nobody', why: 'lease-lost' });
  expect(begins(awaiting)).toBe(false);
  expect(begins(after(awaiting, [byItself]))).toBe(true);
});
