import { expect, test } from 'vitest';
import type { InstanceWrite } from '../../../src/world/registry.ts';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { instance } from '../../simulation/scenario/scenario.ts';
import { noFaults } from '../../simulation/scenario/faults.ts';

const gone = instance('orders', 'DEFAULT_GROUP', 1, 8080);

test('a mark on an absent instance is taken back only on the word of the server', async () => {
  const { run, place } = plainPlace(plainScenario(1), (_process, _count, good) => ({
    ...good(),
    code: 1,
    act: () => place.truth.deregister(place.truth.slotOf(gone)),
  }));
  const real = { ...place.world.registry };
  let unanswered = 0;
  Object.assign(place.world.registry, {
    write: async (given: InstanceWrite) => {
      if (!given.enabled || unanswered > 0) return real.write(given);
      unanswered += 1;
      return { kind: 'unknown', error: { kind: 'timeout', address: '', afterMs: 1, wasSent: true } };
    },
  });
  const rollout = run();
  await rollout.untilStuck();
  const order = { type: 'decide', target: '10.0.0.1:8080', decision: 'put-on' } as const;
  rollout.life.runner.submit(order, 'someone@here');
  await rollout.end();
  expect(unanswered).toBe(1);
  expect(place.truth.slotOf(gone).override?.enabled).not.toBe(false);
});

test('a mark is taken back although a late list still names who is gone', async () => {
  const frozen = [{ node: 0, fromMs: 5000, toMs: 16_000 }];
  const scenario = { ...plainScenario(1), weather: { ...noFaults, frozen } };
  const { run, place } = plainPlace(scenario, (_process, _count, good) => ({
    ...good(),
    code: 1,
    act: () => place.truth.deregister(place.truth.slotOf(gone)),
  }));
  const rollout = run();
  await rollout.untilStuck();
  expect(place.clock.monotonic()).toBeLessThan(15_000);
  const order = { type: 'decide', target: '10.0.0.1:8080', decision: 'put-on' } as const;
  rollout.life.runner.submit(order, 'someone@here');
  await rollout.end();
  expect(place.truth.slotOf(gone).override?.enabled).not.toBe(false);
});
