import { expect, test } from 'vitest';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { instance } from '../../simulation/scenario/scenario.ts';
import { noFaults } from '../../simulation/scenario/faults.ts';

const first = instance('orders', 'DEFAULT_GROUP', 1, 8080);
const bystander = instance('orders', 'DEFAULT_GROUP', 99, 8080);

test('a disable that failed counts again before it is sent once more', async () => {
  const weather = { ...noFaults, writes: { ...noFaults.writes, refused: 1 }, calmFromMs: 8000 };
  const { run, place } = plainPlace({ ...plainScenario(1), weather });
  const rollout = run();
  await rollout.untilEvent('write-ended');
  place.truth.setHealth(place.truth.slotOf(bystander), false);
  await rollout.untilStuck();
  expect(await rollout.untilEvent('step-failed')).toMatchObject({
    step: 'disable',
    why: { kind: 'refused', refusals: [{ kind: 'last-one', service: 'orders' }] },
  });
  expect(rollout.events.filter((event) => event.type === 'write-began' && !event.enabled)).toHaveLength(1);
  expect(place.truth.slotOf(first).override).toBeUndefined();
});
