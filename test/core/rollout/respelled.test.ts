import { expect, test } from 'vitest';
import { replay } from '../../../src/core/apply/apply.ts';
import { type Event, type Fact, parseEvent } from '../../../src/core/event/event.ts';
import type { TargetState } from '../../../src/core/rollout/target-state.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { instance, registrationOf } from '../../simulation/scenario/scenario.ts';
import { plannedLine } from '../../simulation/world/simulated-world.ts';

const target = '10.0.0.1:8080';
const main = registrationOf({ ...instance('orders', 'DEFAULT_GROUP', 1, 8080), ip: '2001:db8::1' });
const companion = registrationOf({ ...main, service: 'providers:orders', port: 20_880 });
const respelled = { ...main, ip: '[2001:db8::1]' };

const write = { target, enabled: false, purpose: 'disable' } as const;
const request = { method: 'PATCH', url: 'http://a', hasToken: false };
const began = (registration: number): Fact => ({
  type: 'write-began',
  ...write,
  registration,
  weight: 5,
  request,
});
const ended = (registration: number, outcome: 'accepted' | 'unknown'): Fact => ({
  type: 'write-ended',
  ...write,
  registration,
  outcome,
  ms: 1,
});
const identified = (first: typeof main): Fact => ({
  type: 'identified',
  target,
  registrations: [first, companion],
  by: 'nobody',
  isRespelled: true,
});

function stateAfter(facts: readonly Fact[]): TargetState {
  const { plan } = plainScenario(1, (one) => ({
    ...one,
    targets: one.targets.map((each) => ({ ...each, registrations: [main, companion] })),
  }));
  const planned = parseEvent(JSON.parse(plannedLine(plan, ['http://a'], true)));
  if (!planned.ok) throw new Error(planned.problem);
  const at = '2026-11-21T20:00:00.000Z';
  const events = facts.map(
    (fact, index): Event => ({ v: 1, seq: index + 1, at, rollout: 'simulated', ...fact }),
  );
  const [state] = replay([planned.event, ...events])?.targets ?? [];
  if (state === undefined) throw new Error('no target');
  return state;
}

const off: readonly Fact[] = [
  { type: 'disable-began', target, attempt: 1 },
  began(0),
  ended(0, 'unknown'),
  began(1),
  ended(1, 'unknown'),
];

test('what stayed where it was is as it was; what moved takes no write to the old place along', () => {
  const before = stateAfter(off);
  const after = stateAfter([...off, identified(respelled)]);
  expect(after.registrations[1]).toEqual(before.registrations[1]);
  expect(after.registrations[0]).toMatchObject({ mark: 'going-off', isAway: true, isUnsettled: false });
  expect(after.former).toMatchObject([{ registration: main, index: 0, isUnsettled: true }]);
});

test('where it is again, what is on its way there counts again, and nothing is taken back', () => {
  const after = stateAfter([...off, identified(respelled), identified(main)]);
  expect(after.registrations[0]).toMatchObject({ isUnsettled: true });
  expect(after.former.map(({ registration }) => registration.ip)).toEqual([respelled.ip]);
});

test('before anything was written nothing is left behind', () => {
  const [first] = off;
  const after = stateAfter([...(first === undefined ? [] : [first]), identified(respelled)]);
  expect(after.former).toEqual([]);
  expect(after.registrations[0]).toMatchObject({ mark: 'untouched', isAway: false, wasAway: false });
});
