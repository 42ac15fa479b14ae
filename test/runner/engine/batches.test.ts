import { expect, test } from 'vitest';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { instance, registrationOf } from '../../simulation/scenario/scenario.ts';
import { isAllOn, plainPlace, plainScenario } from '../../simulation/run-plain.ts';

/** All targets in the first batch. */
function together(minimum: number): (plan: Plan) => Plan {
  return (plan) => ({
    ...plan,
    targets: plan.targets.map((target) => ({ ...target, batch: 0 })),
    minimums: plan.minimums.map((entry) => ({ ...entry, minimum })),
  });
}

test('two of a batch go off at the same time', async () => {
  const { run, place } = plainPlace(plainScenario(2, together(1)));
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  const order = rollout.events.map((event) => event.type);
  expect(order.lastIndexOf('disabled')).toBeLessThan(order.indexOf('drain-ended'));
  expect(isAllOn(place)).toBe(true);
});

test('of two at the same time only one may go where the minimum allows one', async () => {
  const { run, began } = plainPlace({ ...plainScenario(2, together(2)), isAttended: false });
  const rollout = run();
  await rollout.end();
  expect(began).toHaveLength(1);
  const refused = rollout.events.filter((event) => event.type === 'step-failed');
  expect(refused).toMatchObject([{ step: 'disable', why: { kind: 'refused' } }]);
});

test('the last one is refused before anything is written', async () => {
  const { run } = plainPlace({ ...plainScenario(1), bystanders: [], isAttended: false });
  const rollout = run();
  expect(await rollout.end()).toBe(4);
  expect(rollout.events.map((event) => event.type)).not.toContain('write-began');
});

test('the last one goes where a person typed the name', async () => {
  const scenario = plainScenario(1, (plan) => ({ ...plan, overrides: ['orders'] }));
  const { run, place } = plainPlace({ ...scenario, bystanders: [] });
  expect(await run().end()).toBe(0);
  expect(isAllOn(place)).toBe(true);
});

function withCompanion(plan: Plan): Plan {
  const companion = instance('providers:orders', 'DUBBO_GROUP', 1, 20_880);
  return {
    ...plan,
    targets: plan.targets.map((target) => ({
      ...target,
      registrations: [...target.registrations, registrationOf(companion)],
    })),
  };
}

const dubboPeer = [instance('providers:orders', 'DUBBO_GROUP', 99, 20_880)];

test('a companion goes off before the drain and comes back with its target', async () => {
  const scenario = plainScenario(1, withCompanion);
  const { run, place } = plainPlace({ ...scenario, bystanders: [...scenario.bystanders, dubboPeer] });
  const rollout = run();
  const ended = rollout.untilEvent('drain-began');
  await ended;
  expect([...place.truth.slots.values()].filter((slot) => slot.override?.enabled === false)).toHaveLength(2);
  expect(await rollout.end()).toBe(0);
  expect(isAllOn(place)).toBe(true);
});

test('a companion that is the last of its service keeps the whole target on', async () => {
  const { run } = plainPlace({ ...plainScenario(1, withCompanion), isAttended: false });
  const rollout = run();
  expect(await rollout.end()).toBe(4);
  expect(rollout.events.map((event) => event.type)).not.toContain('write-began');
});

test('a companion that was off before us stays off', async () => {
  const off = (plan: Plan): Plan => ({
    ...withCompanion(plan),
    targets: withCompanion(plan).targets.map((target) => ({
      ...target,
      registrations: target.registrations.map((one, index) => ({ ...one, wasEnabled: index === 0 })),
    })),
  });
  const { run, place } = plainPlace(plainScenario(1, off));
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  const companion = place.truth.slotOf(instance('providers:orders', 'DUBBO_GROUP', 1, 20_880));
  expect(companion.override).toMatchObject({ enabled: false });
});

test('where the second cannot go off, the first comes back', async () => {
  const scenario = plainScenario(1, withCompanion);
  const { run, place } = plainPlace({
    ...scenario,
    bystanders: [...scenario.bystanders, dubboPeer],
    isAttended: false,
  });
  const companion = place.truth.slotOf(instance('providers:orders', 'DUBBO_GROUP', 1, 20_880));
  const rollout = run();
  // It leaves just when it is to be written to.
  place.truth.deregister(companion);
  await rollout.end();
  const main = place.truth.slotOf(instance('orders', 'DEFAULT_GROUP', 1, 8080));
  expect(main.override?.enabled).not.toBe(false);
  expect(rollout.events.map((event) => event.type)).not.toContain('deploy-began');
});

test('a process that is registered twice in one service takes both with it', async () => {
  const twice = (plan: Plan): Plan => ({
    ...plan,
    targets: plan.targets.map((target) => ({
      ...target,
      registrations: [...target.registrations, registrationOf(instance('orders', 'DEFAULT_GROUP', 1, 8081))],
    })),
  });
  const { run } = plainPlace({ ...plainScenario(1, twice), bystanders: [], isAttended: false });
  const rollout = run();
  expect(await rollout.end()).toBe(4);
  expect(rollout.events.map((event) => event.type)).not.toContain('write-began');
});

test('a target that is back on counts, though its companion was off before us and stays off', async () => {
  const beside = (plan: Plan): Plan => ({
    ...plan,
    minimums: plan.minimums.map((entry) => ({ ...entry, minimum: 2 })),
    targets: plan.targets.map((target, index) => ({
      ...target,
      registrations: [
        ...target.registrations,
        { ...registrationOf(instance('gray', 'DEFAULT_GROUP', index + 1, 8081)), wasEnabled: false },
      ],
    })),
  });
  const { run, began } = plainPlace({ ...plainScenario(3, beside), bystanders: [], isAttended: false });
  expect(await run().end()).toBe(0);
  expect(began).toHaveLength(3);
});
