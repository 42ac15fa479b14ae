import { expect, test } from 'vitest';
import { replay } from '../../../src/core/apply/apply.ts';
import type { Event, Fact } from '../../../src/core/event/event.ts';
import { takenOff } from '../../../src/core/report/left-off.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import { reachedAt } from '../../support/reached.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { instance } from '../../simulation/scenario/scenario.ts';

const first = instance('orders', 'DEFAULT_GROUP', 1, 8080);
const target = '10.0.0.1:8080';
const reached = reachedAt('http://a:8848');
const request = { method: 'PUT', url: 'http://a:8848/x', hasToken: false };

function hour(of: number): string {
  return `2026-11-21T${of}:00:00.000Z`;
}

type At = readonly [number, ...Fact[]];

function switched(enabled: boolean): readonly Fact[] {
  const about = { target, registration: 0, enabled };
  return [
    { type: enabled ? 'enable-began' : 'disable-began', target, attempt: 1 },
    { type: 'write-began', ...about, purpose: enabled ? 'enable' : 'disable', weight: 1, request },
    {
      type: 'write-ended',
      ...about,
      purpose: enabled ? 'enable' : 'disable',
      outcome: 'accepted',
      ms: 1,
    },
    { type: 'read-back', ...about, nodes: [] },
  ];
}

/** A rollout of one target that was planned at that hour, and what was recorded when. */
function rollout(id: string, plannedAt: number, ...hours: readonly At[]): Rollout {
  const { plan } = plainScenario(1);
  const planned: Fact = {
    type: 'rollout-planned',
    plan,
    by: 'ann@bastion',
    reached,
    world: 'real',
    isAttended: false,
    nodes: ['http://a:8848'],
    workingDirectory: '/srv',
  };
  const all: readonly At[] = [[plannedAt, planned], ...hours];
  const stamped = all.flatMap(([at, ...facts]) => facts.map((fact) => ({ at: hour(at), fact })));
  const events = stamped.map(({ at, fact }, seq): Event => ({ v: 1, seq, at, rollout: id, ...fact }));
  const found = replay(events);
  if (found === undefined) throw new Error('no rollout');
  return found;
}

const off = rollout('aaaa', 12, [12, ...switched(false)]);

test('of two that have it off, the one that took it off last is named, not the one that was planned last', () => {
  const carriedOn = rollout('bbbb', 11, [14, ...switched(false)]);
  expect(takenOff([off, carriedOn], reached, first)).toMatchObject({ rollout: 'bbbb', at: hour(14) });
  const before = rollout('cccc', 11, [11, ...switched(false)]);
  expect(takenOff([off, before], reached, first)).toMatchObject({ rollout: 'aaaa', at: hour(12) });
});

test('what another has put on since was taken off by nobody whom the journals know', () => {
  const putOn = rollout('bbbb', 11, [13, ...switched(false)], [14, ...switched(true)]);
  expect(takenOff([off, putOn], reached, first)).toBeUndefined();
  const earlier = rollout('bbbb', 10, [10, ...switched(false)], [11, ...switched(true)]);
  expect(takenOff([off, earlier], reached, first)).toMatchObject({ rollout: 'aaaa' });
});

test('whoever found it off and kept it out did not see it on', () => {
  const { plan } = plainScenario(1);
  const targets = plan.targets.map((one) => ({
    ...one,
    registrations: one.registrations.map((each) => ({ ...each, wasEnabled: false })),
  }));
  const along = rollout('bbbb', 13, [14, ...switched(false)]);
  const planned = { ...along.planned, plan: { ...plan, targets } };
  const found = along.targets.map((one) => ({
    ...one,
    registrations: one.registrations.map((each) => ({ ...each, wasOff: true })),
  }));
  expect(takenOff([{ ...along, planned, targets: found }, off], reached, first)).toMatchObject({
    rollout: 'aaaa',
  });
});
