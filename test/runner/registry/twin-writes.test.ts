import { expect, test } from 'vitest';
import { isAllOn, plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { noFaults } from '../../simulation/scenario/faults.ts';
import { seenOf } from '../../simulation/world/ground-truth.ts';
import { beside, own } from '../engine/twin-places.ts';

test('what was just taken off again is put on beside another one, although a list shows it as on', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  beside(place);
  await rollout.untilEvent('exposure-ended');
  await rollout.untilEvent('deploy-ended');
  const slot = place.truth.slotOf(own);
  place.truth.forget(slot);
  let wasOff = false;
  place.truth.onChange((changed) => {
    wasOff ||= changed === slot && seenOf(slot)?.enabled === false;
  });
  await rollout.untilEvent('exposed', 2);
  const lateMs = place.clock.monotonic() + 10_000;
  const real = { ...place.world.registry };
  place.world.registry.instances = async (...words) => {
    const answer = await real.instances(...words);
    if (!answer.ok || answer.value === undefined || place.clock.monotonic() > lateMs) return answer;
    const items = answer.value.items.map((one) =>
      one.ip === own.ip && one.cluster === own.cluster ? { ...one, enabled: true } : one,
    );
    return { ok: true, value: { ...answer.value, items } };
  };
  await rollout.until(() => wasOff);
  expect(await rollout.end()).toBe(0);
  expect(isAllOn(place)).toBe(true);
});

test('what cannot be read is taken off again beside one that can', async () => {
  const garbled: (typeof noFaults.garbled)[number][] = [];
  const { run, place } = plainPlace({ ...plainScenario(1), weather: { ...noFaults, garbled } });
  const rollout = run();
  await rollout.untilEvent('drain-began');
  beside(place);
  await rollout.untilEvent('exposure-ended');
  garbled.push({ fromMs: place.clock.monotonic(), toMs: 600_000, node: undefined, instance: own });
  const slot = place.truth.slotOf(own);
  place.truth.forget(slot);
  await rollout.untilEvent('exposed', 2);
  await rollout.until(() => seenOf(slot)?.enabled === false, 6000);
});

test('what consumers are given is taken off again before a list names it, beside one that is listed as off', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  beside(place);
  await rollout.untilEvent('exposure-ended');
  const real = { ...place.world.registry };
  place.world.registry.instances = async (...words) => {
    const answer = await real.instances(...words);
    if (!answer.ok || answer.value === undefined) return answer;
    const isNamed = ({ ip, cluster }: { ip: string; cluster: string }): boolean =>
      ip !== own.ip || cluster !== own.cluster;
    return { ok: true, value: { ...answer.value, items: answer.value.items.filter(isNamed) } };
  };
  const slot = place.truth.slotOf(own);
  place.truth.forget(slot);
  await rollout.untilEvent('exposed', 2);
  await rollout.until(() => seenOf(slot)?.enabled === false, 1000);
});

test('stopped between the writes to several records of an address, it writes to no other one', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const twin = beside(place);
  await rollout.untilEvent('exposure-ended');
  for (const slot of [twin, place.truth.slotOf(own)]) place.truth.forget(slot);
  let isAsked = false;
  rollout.life.runner.follow((event) => {
    if (event.type !== 'write-began' || isAsked) return;
    isAsked = true;
    rollout.life.runner.submit({ type: 'stop' }, 'ann@here');
  });
  expect(await rollout.end()).toBe(3);
  expect(rollout.events.at(-1)?.type).toBe('runner-rested');
});
