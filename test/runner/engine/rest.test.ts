import { expect, test } from 'vitest';
import { tellLease } from '../../../src/runner/process/claim.ts';
import type { InstanceWrite } from '../../../src/world/registry.ts';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { instance } from '../../simulation/scenario/scenario.ts';

const gone = instance('orders', 'DEFAULT_GROUP', 1, 8080);

test('who gives up waiting for a decision waits for the answer to a mark that is being renewed', async () => {
  const { run, place } = plainPlace(plainScenario(1), (_process, _count, good) => ({
    ...good(),
    code: 1,
    act: () => place.truth.deregister(place.truth.slotOf(gone)),
  }));
  const real = { ...place.world.registry };
  Object.assign(place.world.registry, {
    write: async (given: InstanceWrite) => {
      // Longer than the pause between two renewals: one is on its way at almost any moment.
      if (given.mode === 'absent') await place.clock.sleep(45_000);
      return real.write(given);
    },
  });
  const rollout = run();
  await rollout.untilStuck();
  rollout.life.runner.record({ type: 'face-lost', by: 'someone@here' });
  expect(await rollout.end()).toBe(3);
  await place.clock.advance(60_000);
  const types = rollout.events.map(({ type }) => type);
  expect(types.at(-1)).toBe('runner-rested');
  expect(types.filter((type) => type === 'write-ended')).toHaveLength(
    types.filter((type) => type === 'write-began').length,
  );
});

test('what becomes of the lease after the end is no part of the journal', async () => {
  const { run } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const { runner } = rollout.life;
  tellLease(runner, 'lost');
  expect(runner.rollout().paused?.why).toBe('lease-lost');
  tellLease(runner, 'regained');
  await rollout.end();
  const count = rollout.events.length;
  tellLease(runner, 'lost');
  expect(rollout.events).toHaveLength(count);
});
