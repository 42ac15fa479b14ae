import { expect, test } from 'vitest';
import { instanceKey } from '../../../src/core/registry/service.ts';
import type { InstancesOptions, InstanceWrite } from '../../../src/world/registry.ts';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { instance, registrationOf } from '../../simulation/scenario/scenario.ts';

const main = instance('orders', 'DEFAULT_GROUP', 1, 8080);
const companion = instance('providers:orders', 'DUBBO_GROUP', 1, 20_880);

test('what comes on while one node takes its time to answer is seen before the command', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const real = { ...place.world.registry };
  let isSlow = false;
  Object.assign(place.world.registry, {
    instances: async (id: typeof main, options: InstancesOptions) => {
      const answer = await real.instances(id, options);
      if (isSlow && options.node === 'http://node-1') await place.clock.sleep(3000);
      return answer;
    },
  });
  const rollout = run();
  rollout.life.runner.follow((event) => {
    if (event.type !== 'drain-ended' || event.attempt > 1) return;
    isSlow = true;
    place.clock.after(300, () => place.truth.forget(place.truth.slotOf(main)));
    place.clock.after(1000, () => (isSlow = false));
  });
  expect(await rollout.end()).toBe(0);
  const types = rollout.events.map(({ type }) => type);
  expect(types.indexOf('exposed')).toBeGreaterThan(-1);
  expect(types.indexOf('exposed')).toBeLessThan(types.indexOf('deploy-began'));
  expect(types.filter((type) => type === 'drain-began')).toHaveLength(2);
});

test('a companion that takes long to go off again holds up nobody', async () => {
  const scenario = plainScenario(1, (plan) => ({
    ...plan,
    targets: plan.targets.map((one) => ({
      ...one,
      drain: { ms: 20_000 },
      registrations: [registrationOf(main), registrationOf(companion)],
    })),
    overrides: ['DUBBO_GROUP@@providers:orders'],
  }));
  const { run, place } = plainPlace(scenario);
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const real = { ...place.world.registry };
  Object.assign(place.world.registry, {
    write: async (given: InstanceWrite) => {
      if (instanceKey(given.instance) === instanceKey(companion)) await place.clock.sleep(10_000);
      return real.write(given);
    },
  });
  place.truth.forget(place.truth.slotOf(companion));
  await rollout.untilEvent('exposed');
  place.truth.forget(place.truth.slotOf(main));
  const first = await rollout.untilEvent('exposure-ended');
  expect(first.registration).toBe(0);
  expect(first.ms).toBeLessThan(3000);
});

test('keeping out that waited for a disable does not write after it', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  place.truth.forget(place.truth.slotOf(main));
  await rollout.untilEvent('exposure-ended');
  // Later than a list may be.
  await place.clock.advance(4000);
  place.truth.forget(place.truth.slotOf(main));
  await rollout.untilStuck();
  const real = { ...place.world.registry };
  let asked = 0;
  Object.assign(place.world.registry, {
    instances: async (id: typeof main, options: InstancesOptions) => {
      // Keeping out looks first, at both nodes; the disable is quicker.
      const isLate = ++asked <= 2;
      const answer = await real.instances(id, options);
      if (isLate) await place.clock.sleep(400);
      return answer;
    },
  });
  const order = { type: 'decide', target: '10.0.0.1:8080', decision: 'retry' } as const;
  expect(rollout.life.runner.submit(order, 'someone@here')).toBeUndefined();
  await rollout.untilEvent('deploy-began');
  const types = rollout.events.map(({ type }) => type);
  expect(types.slice(types.lastIndexOf('disabled'))).not.toContain('write-began');
});
