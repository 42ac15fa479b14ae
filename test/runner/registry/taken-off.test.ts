import { expect, test } from 'vitest';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { firstWeight, instance } from '../../simulation/scenario/scenario.ts';

const second = instance('orders', 'DEFAULT_GROUP', 2, 8080);

test('somebody takes off the second while the first drains: it is asked about, not put on', async () => {
  const { run, place } = plainPlace(plainScenario(2));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const slot = place.truth.slotOf(second);
  place.truth.write(slot, { enabled: false, weight: firstWeight }, 'person', 'click');
  await rollout.untilStuck();
  expect(await rollout.untilEvent('step-failed')).toMatchObject({
    target: '10.0.0.2:8080',
    step: 'disable',
    why: { kind: 'refused', refusals: [{ kind: 'taken-off', instance: '10.0.0.2:8080 orders' }] },
  });
  const written = rollout.events.filter((event) => event.type === 'write-began');
  expect(written.map(({ target }) => target)).not.toContain('10.0.0.2:8080');
});
