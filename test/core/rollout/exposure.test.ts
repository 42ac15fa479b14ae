import { expect, test } from 'vitest';
import { replay } from '../../../src/core/apply/apply.ts';
import type { Event, Fact } from '../../../src/core/event/event.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import type { TargetState } from '../../../src/core/rollout/target-state.ts';
import { wanted } from '../../../src/core/rollout/wanted.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { plannedLine } from '../../simulation/world/simulated-world.ts';

const target = '10.0.0.1:8080';

function after(...facts: readonly Fact[]): TargetState | undefined {
  return rolloutAfter(...facts)?.targets[0];
}

function rolloutAfter(...facts: readonly Fact[]): Rollout | undefined {
  const { plan, nodes } = plainScenario(1);
  const planned = JSON.parse(plannedLine(plan, nodes, true)) as Event;
  const rest = facts.map((fact, index): Event => ({ ...planned, ...fact, seq: index + 1 }));
  return replay([planned, ...rest]);
}

function exposed(wasAway: boolean): Fact {
  return { type: 'exposed', target, registration: 0, wasAway, sources: [] };
}

const began: readonly Fact[] = [
  { type: 'disable-began', target, attempt: 1 },
  { type: 'disabled', target, attempt: 1, ms: 1 },
];
const deployed: Fact = { type: 'deploy-began', target, attempt: 1, command: '', directory: '' };

test('the second time without having been away, a person wants it on', () => {
  expect(after(...began, exposed(false))?.phase).toBe('ready');
  expect(after(...began, exposed(false), exposed(false))?.failure?.why.kind).toBe('wanted-on');
});

test('a restart that was seen is no such time', () => {
  expect(after(...began, exposed(true), exposed(false))?.failure).toBeUndefined();
});

test('nor is one before the command counted with one after it', () => {
  expect(after(...began, exposed(false), deployed, exposed(false))?.failure).toBeUndefined();
});

test('an exposure at the old address is none at the new one', () => {
  const [registration] = plainScenario(1).plan.targets[0]?.registrations ?? [];
  if (registration === undefined) throw new Error('there is no registration');
  const moved: Fact = {
    type: 'identified',
    target,
    registrations: [{ ...registration, ip: '10.0.0.41' }],
    by: 'nobody',
  };
  expect(after(...began, exposed(true))?.registrations[0]?.isExposed).toBe(true);
  expect(after(...began, exposed(true), moved)?.registrations[0]?.isExposed).toBe(false);
});

test('a crash between its coming back on and the exposure makes no person of it', () => {
  const away: Fact = { type: 'went-away', target, registration: 0 };
  const back = (isEnabled: boolean): Fact => ({ type: 'came-back', target, registration: 0, isEnabled });
  const isAway = (...facts: readonly Fact[]): boolean | undefined =>
    after(...began, away, ...facts)?.registrations[0]?.isAway;
  expect(isAway(back(false))).toBe(false);
  expect(isAway(back(true))).toBe(true);
  expect(isAway(back(true), exposed(true))).toBe(false);
});

test('a drain that is called off before it has begun is no attempt, and what is in flight of it ends', () => {
  const started: Fact = { type: 'runner-started', pid: 1, host: 'a', isAttended: true, lease: 'held' };
  const draining: Fact = { type: 'drain-began', target, attempt: 1, totalMs: 40_000 };
  const takenOver = [started, ...began, draining, started];
  const keyOf = (...facts: readonly Fact[]): string | undefined => {
    const rollout = rolloutAfter(...facts);
    return rollout && wanted(rollout).find(({ kind }) => kind === 'drain')?.key;
  };
  for (const facts of [
    takenOver,
    [...takenOver, exposed(true)],
    [...takenOver, exposed(true), exposed(true)],
  ])
    expect(after(...facts)?.steps.drain.attempt).toBe(2);
  expect(keyOf(...takenOver, exposed(true))).not.toBe(keyOf(...takenOver));
  const begunAnew: Fact = { ...draining, attempt: 2 };
  expect(keyOf(...takenOver, exposed(true), begunAnew)).toBe(keyOf(...takenOver, exposed(true)));
});

test('an attempt that an older version counted higher goes on from there', () => {
  const draining = (attempt: number): Fact => ({ type: 'drain-began', target, attempt, totalMs: 40_000 });
  expect(after(...began, draining(3), exposed(true))?.steps.drain.attempt).toBe(4);
});
