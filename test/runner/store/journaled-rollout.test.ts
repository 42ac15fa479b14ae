import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { journaledRollout, plannedEvent } from '../../../src/runner/store/journaled-rollout.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { plannedLine } from '../../simulation/world/simulated-world.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';

const { plan, nodes } = plainScenario(1);
const {
  v: _v,
  seq: _seq,
  at: _at,
  rollout: _rollout,
  ...planned
} = JSON.parse(plannedLine(plan, nodes, true)) as Event & { type: 'rollout-planned' };
const clock = virtualClock();
const first = plannedEvent('7f3a0001', planned, clock);
const before = apply(undefined, first);

test('each fact gets its place and its time, stands in the journal and is true', () => {
  const lines: Event[] = [];
  const { record, rollout } = journaledRollout({ append: (event) => lines.push(event) }, before, clock);
  expect(first).toMatchObject({ v: 1, seq: 0, rollout: '7f3a0001', type: 'rollout-planned' });
  const paused = record({ type: 'paused', by: 'ann@bastion', why: 'asked' });
  const stopped = record({ type: 'stop-asked', by: 'ann@bastion' });
  expect(lines).toEqual([paused, stopped]);
  expect(lines).toMatchObject([
    { v: 1, seq: 1, rollout: '7f3a0001', type: 'paused' },
    { v: 1, seq: 2, rollout: '7f3a0001', type: 'stop-asked' },
  ]);
  expect(rollout()).toEqual(lines.reduce(apply, before));
});

test('what the disk does not take is not true', () => {
  const full = {
    append: () => {
      throw new Error('ENOSPC');
    },
  };
  const { record, rollout } = journaledRollout(full, before, clock);
  expect(() => record({ type: 'stop-asked', by: 'ann@bastion' })).toThrow('ENOSPC');
  expect(rollout()).toBe(before);
});

test('what cannot follow is not written', () => {
  const lines: Event[] = [];
  const { record, rollout } = journaledRollout({ append: (event) => lines.push(event) }, before, clock);
  expect(() => record({ type: 'disable-began', target: 'nobody', attempt: 1 })).toThrow('no target nobody');
  expect(lines).toEqual([]);
  expect(rollout()).toBe(before);
});
