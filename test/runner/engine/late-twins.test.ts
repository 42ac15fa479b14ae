import { expect, test } from 'vitest';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { beside, besideInCluster, target, whyStuck, writesOf } from './twin-places.ts';

test('a twin that comes between the count and the write keeps its weight: nothing is written, and we ask', async () => {
  const { run, place, began } = plainPlace(plainScenario(1));
  let isThere = false;
  besideInCluster(place, () => isThere);
  const rollout = run();
  rollout.life.runner.follow(({ type }) => {
    if (type === 'forecast') isThere = true;
  });
  await rollout.untilStuck();
  expect(whyStuck(rollout)).toMatchObject({ why: { kind: 'registered-twice', instance: target } });
  expect({ writes: writesOf(rollout), began }).toEqual({ writes: [], began: [] });
});

test('it is on again only when everything is that is registered at its address', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const twin = beside(place);
  await rollout.untilEvent('exposure-ended');
  await rollout.untilEvent('enable-began');
  const real = { ...place.world.registry };
  const lateMs = place.clock.monotonic() + 8000;
  place.world.registry.instances = async (...words) => {
    const answer = await real.instances(...words);
    if (!answer.ok || answer.value === undefined || place.clock.monotonic() > lateMs) return answer;
    const items = answer.value.items.map((one) =>
      one.cluster === twin.id.cluster ? { ...one, enabled: false } : one,
    );
    return { ok: true, value: { ...answer.value, items } };
  };
  await rollout.until(() => rollout.events.some((event) => event.type === 'read-back' && event.enabled));
  expect(place.clock.monotonic()).toBeGreaterThan(lateMs);
  expect(await rollout.end()).toBe(0);
});
