import { expect, test } from 'vitest';
import type { Instance } from '../../../src/core/registry/service.ts';
import type { Registry } from '../../../src/world/registry.ts';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { instance } from '../../simulation/scenario/scenario.ts';

const warming = plainScenario(1, (plan) => ({
  ...plan,
  targets: plan.targets.map((one) => ({ ...one, warmUp: { ms: 20_000, percents: [10, 50] } })),
}));

test.each([
  ['comes back in another cluster', 'moved', (one: Instance) => ({ ...one, cluster: 'C2' })],
  [
    'its server nodes do not agree on for 5 s',
    'not-agreed',
    (one: Instance, isFirstNode: boolean) => ({ ...one, weight: isFirstNode ? one.weight : 7 }),
  ],
] as const)('what %s is put on without a warm-up, and that is said', async (_when, why, shown) => {
  const { run, place } = plainPlace(warming);
  const { registry } = place.world;
  const real = registry.instances.bind(registry);
  const rollout = run();
  const isBeforeIt = (): boolean =>
    rollout.life.runner.rollout().targets[0]?.step === 'enable' &&
    !rollout.events.some((event) => event.type === 'write-began' && event.enabled);
  Object.assign(registry, {
    instances: async (...asked: Parameters<Registry['instances']>) => {
      const answer = await real(...asked);
      if (!answer.ok || answer.value === undefined || !isBeforeIt()) return answer;
      const isFirstNode = asked[1]?.node === registry.nodeAddresses[0];
      const items = answer.value.items.map((one) => (one.ip === '10.0.0.1' ? shown(one, isFirstNode) : one));
      return { ok: true, value: { ...answer.value, items } };
    },
  } satisfies Partial<Registry>);
  expect(await rollout.end()).toBe(0);
  const { events } = rollout;
  expect(events.filter(({ type }) => type === 'warm-up-left-out')).toMatchObject([
    { registrations: [0], why },
  ]);
  expect(events.some(({ type }) => type === 'weight-set')).toBe(false);
});

test('what has no weight is not warmed, and that is said', async () => {
  const { targets } = warming.plan;
  const weightless = targets.map((target) => ({
    ...target,
    registrations: target.registrations.map((one) => ({ ...one, weight: 0 })),
  }));
  const { run, place } = plainPlace({ ...warming, plan: { ...warming.plan, targets: weightless } });
  const slot = place.truth.slotOf(instance('orders', 'DEFAULT_GROUP', 1, 8080));
  place.truth.write(slot, { enabled: true, weight: 0 }, 'person', 'flip');
  await place.clock.advance(2000);
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  const { events } = rollout;
  const weights = events.flatMap((event) => (event.type === 'write-began' ? [event.weight] : []));
  expect(new Set(weights)).toEqual(new Set([0]));
  expect(events.some(({ type }) => type === 'warm-up-began')).toBe(false);
  expect(events.filter(({ type }) => type === 'warm-up-left-out')).toMatchObject([{ why: 'no-weight' }]);
  const [state] = rollout.life.runner.rollout().targets;
  expect(state?.steps['warm-up'].verdict).toBe('passed-over');
});
