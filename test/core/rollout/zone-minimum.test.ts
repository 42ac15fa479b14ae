import { expect, test } from 'vitest';
import { mayTakeOff } from '../../../src/core/rollout/guard.ts';
import type { Plan, Target } from '../../../src/core/plan/plan.ts';
import type { Instance } from '../../../src/core/registry/service.ts';
import { instance, registrationOf } from '../../simulation/scenario/scenario.ts';
import { plainScenario } from '../../simulation/run-plain.ts';

const id = { namespace: 'public', group: 'DEFAULT_GROUP', service: 'orders' };

/** A letter an instance: its zone, large where it is on and well. */
function listed(zones: string): Instance[] {
  return zones.split('').map((letter, index) => ({
    ...instance('orders', 'DEFAULT_GROUP', index + 1, 8080),
    enabled: true,
    healthy: letter === letter.toUpperCase(),
    weight: 1,
    ephemeral: true,
    metadata: letter === '-' ? {} : { zone: letter.toLowerCase() },
  }));
}

function refusals(
  zones: readonly string[],
  { minimum = 1, meantOff = [] as readonly number[], overrides = [] as readonly string[] } = {},
) {
  const { plan } = plainScenario(1);
  const [target] = plan.targets as [Target];
  const rule = { ...id, by: 'metadata' as const, key: 'zone', minimum };
  const asked: Plan = { ...plan, overrides, zones: [rule] };
  const others = meantOff.map((host) => registrationOf(instance('orders', 'DEFAULT_GROUP', host, 8080)));
  const views = zones.map((each, at) => ({
    node: `node-${at}`,
    service: id,
    instances: listed(each),
    unreadable: [],
    protectThreshold: 0,
  }));
  const verdict = mayTakeOff(asked, target, others, views);
  return verdict.kind === 'go' ? [] : verdict.refusals;
}

test('the last of a zone stays, though others of the service are on', () => {
  expect(refusals(['ABB'])).toEqual([
    {
      kind: 'below-zone-minimum',
      service: 'orders',
      zone: 'a',
      now: 1,
      after: 0,
      minimum: 1,
      seenBy: 'node-0',
    },
  ]);
  expect(refusals(['AAB'])).toEqual([]);
  expect(refusals(['AAB'], { minimum: 2 })).toMatchObject([{ now: 2, after: 1, minimum: 2 }]);
});

test('what is meant to go off counts as off, and only well ones of its own zone count', () => {
  expect(refusals(['AAB'], { meantOff: [2] })).toMatchObject([{ zone: 'a', now: 1, after: 0 }]);
  expect(refusals(['AABB'], { meantOff: [3] })).toEqual([]);
  expect(refusals(['AaB'])).toMatchObject([{ zone: 'a', now: 1, after: 0 }]);
});

test('the node that shows fewest decides', () => {
  expect(refusals(['AAB', 'AaB'])).toMatchObject([{ seenBy: 'node-1' }]);
});

test('those whose metadata does not say are a zone of their own', () => {
  expect(refusals(['-BB'])).toMatchObject([{ zone: '', now: 1, after: 0 }]);
  expect(refusals(['--B'])).toEqual([]);
});

test('one that serves nobody takes nothing from its zone', () => {
  expect(refusals(['aBB'], { minimum: 5 })).toEqual([]);
});

test('a typed name overrides the minimum of a zone too', () => {
  expect(refusals(['ABB'], { overrides: ['orders'] })).toEqual([]);
});
