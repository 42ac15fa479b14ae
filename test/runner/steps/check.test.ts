import { expect, test } from 'vitest';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { noFaults } from '../../simulation/scenario/faults.ts';

test('an instance that Nacos calls ill is not enabled, though its probe is good', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('check-began');
  const slots = [...place.processes.values()].flatMap((process) => process.slots);
  await rollout.until(() => slots.every((slot) => slot.registered !== undefined));
  for (const slot of slots) place.truth.setHealth(slot, false);
  await rollout.untilStuck();
  const [first] = rollout.life.runner.rollout().targets;
  expect(first?.failure?.why).toMatchObject({ kind: 'check', reading: { kind: 'unhealthy' } });
});

test('a probe that is good now and then is not good', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run();
  const [process] = place.processes.values();
  await rollout.untilEvent('check-began');
  const flap = (): void => {
    if (process !== undefined) process.isAnswering = !process.isAnswering;
    place.clock.after(1000, flap);
  };
  await rollout.untilEvent('came-back');
  flap();
  await rollout.untilStuck();
  const [first] = rollout.life.runner.rollout().targets;
  expect(first?.failure).toMatchObject({ step: 'check', why: { kind: 'check' } });
});

test('without a probe the registration must stay well for longer than a dead one does', async () => {
  const { run } = plainPlace({
    ...plainScenario(1, (plan) => ({
      ...plan,
      targets: plan.targets.map((target) => ({
        ...target,
        check: { kind: 'registration', successes: 1, withinMs: 100_000 },
      })),
    })),
    weather: noFaults,
  });
  const rollout = run();
  expect((await rollout.untilEvent('check-passed')).ms).toBeGreaterThanOrEqual(35_000);
  expect(await rollout.end()).toBe(0);
});

test('a process that was seen to restart is known to have', async () => {
  const { run } = plainPlace(plainScenario(1));
  const rollout = run();
  expect((await rollout.untilEvent('check-passed')).isRestarted).toBe(true);
});

test('a command that restarts nothing passes its check, and that is said', async () => {
  const { run } = plainPlace(plainScenario(1), (_process, _count, good) => ({
    ...good(),
    act: () => undefined,
  }));
  const rollout = run();
  expect((await rollout.untilEvent('check-passed')).isRestarted).toBe(false);
});
