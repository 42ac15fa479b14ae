import { expect, test } from 'vitest';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { firstWeight, instance } from '../../simulation/scenario/scenario.ts';
import { isServing, seenOf } from '../../simulation/world/ground-truth.ts';

const first = instance('orders', 'DEFAULT_GROUP', 1, 8080);
const second = instance('orders', 'DEFAULT_GROUP', 2, 8080);
const name = '10.0.0.1:8080';
const failing = { code: 1, act: () => undefined } as const;

/** One of two is rolled, and its deploy fails. Then nobody runs it, and a person puts it on. */
async function putOnMeanwhile() {
  const { run, place } = plainPlace(
    { ...plainScenario(1), bystanders: [[second]] },
    (_process, count, good) => (count === 1 ? { ...good(), ...failing } : good()),
  );
  const before = run();
  await before.untilStuck();
  before.life.die();
  const write = (id: typeof first, enabled: boolean): void => {
    place.truth.write(place.truth.slotOf(id), { enabled, weight: firstWeight }, 'person', 'click');
  };
  await place.clock.advance(60_000);
  write(first, true);
  await place.clock.advance(60_000);
  const isOn = (id: typeof first): boolean => isServing(seenOf(place.truth.slotOf(id)));
  return { run, place, write, isOn };
}

test('a runner that takes over asks before it takes off the last one that is on', async () => {
  const { run, place, write, isOn } = await putOnMeanwhile();
  write(second, false);
  await place.clock.advance(60_000);
  let fewest = 1;
  place.truth.onChange(() => (fewest = Math.min(fewest, [first, second].filter(isOn).length)));
  const resumed = run({ isResumed: true });
  const exposed = await resumed.untilEvent('exposed');
  expect(exposed).toMatchObject({ isWanted: true, wasAway: false });
  await resumed.untilStuck();
  await place.clock.advance(60_000);
  expect(resumed.life.runner.rollout().targets[0]?.failure?.why).toEqual({
    kind: 'wanted-on',
    instance: name,
    isFound: true,
  });
  expect(fewest).toBe(1);
  resumed.life.runner.submit({ type: 'decide', target: name, decision: 'put-on' }, 'someone@here');
  expect(await resumed.end()).toBe(1);
  expect(isOn(first)).toBe(true);
});

test('where enough others are on it takes it off, as it is to be rolled', async () => {
  const { run, isOn } = await putOnMeanwhile();
  const resumed = run({ isResumed: true });
  await resumed.untilEvent('exposure-ended');
  expect(isOn(first)).toBe(false);
});
