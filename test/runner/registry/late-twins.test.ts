import { expect, test } from 'vitest';
import type { Target } from '../../../src/core/plan/plan.ts';
import { isAllOn, plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { type Scenario, firstWeight } from '../../simulation/scenario/scenario.ts';
import { seenOf } from '../../simulation/world/ground-truth.ts';
import {
  beside,
  besideInCluster,
  own,
  registered,
  target,
  whyStuck,
  writesOf,
} from '../engine/twin-places.ts';

function scenarioWith(change: (target: Target) => Target): Scenario {
  return plainScenario(1, (plan) => ({ ...plan, targets: plan.targets.map(change) }));
}

const offBefore = scenarioWith((one) => ({
  ...one,
  registrations: one.registrations.map((each) => ({ ...each, wasEnabled: false })),
}));

const leaving = scenarioWith((one) => ({
  ...one,
  leave: { call: { method: 'POST', url: 'http://{ip}:{port}/leave' }, isInstead: true },
}));

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

test('what was off before us goes off again, whatever is off beside it', async () => {
  const { run, place } = plainPlace(offBefore);
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const twin = place.truth.slotOf({ ...own, cluster: 'C1' });
  place.truth.write(twin, { enabled: false, weight: registered.weight }, 'person', 'click');
  place.truth.register(twin, registered);
  await place.clock.advance(3000);
  place.truth.forget(place.truth.slotOf(own));
  await rollout.untilEvent('exposure-ended');
  expect(seenOf(place.truth.slotOf(own))?.enabled).toBe(false);
  expect(whyStuck(rollout)).toBeUndefined();
});

test('one that consumers are told of before a list shows it is not taken off beside what was off before us', async () => {
  const { run, place, began } = plainPlace(offBefore);
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const lists = place.views.viewers.filter(({ name }) => name.endsWith('list'));
  for (const list of lists) Object.assign(list, { frozenUntilMs: place.clock.monotonic() + 4000 });
  const twin = beside(place);
  await rollout.untilStuck();
  expect(whyStuck(rollout)).toMatchObject({ why: { kind: 'registered-twice' } });
  expect({ isOn: seenOf(twin)?.enabled, began }).toEqual({ isOn: true, began: [] });
});

test('another registration of its address does not say that what left is back', async () => {
  const { run, place } = plainPlace(leaving);
  const rollout = run();
  await rollout.untilEvent('drain-began');
  beside(place);
  await rollout.untilEvent('exposure-ended');
  rollout.life.runner.submit({ type: 'abort', how: 'put-back' }, 'ann');
  expect(await rollout.end()).toBe(3);
  expect(seenOf(place.truth.slotOf(own))).toBeUndefined();
});

test('nor after a deploy, where it was there before', async () => {
  const { run, place } = plainPlace(leaving, (_process, _count, good) => ({
    ...good(),
    act: () => undefined,
  }));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  beside(place);
  await rollout.untilStuck();
  expect(whyStuck(rollout)).toMatchObject({
    step: 'check',
    why: { kind: 'check', reading: { kind: 'not-registered' } },
  });
});

test('a new version that registers in another cluster is back', async () => {
  const { run, place } = plainPlace(leaving, (process, _count, good) => ({
    ...good(),
    act: () => {
      process.slots = [place.truth.slotOf({ ...own, cluster: 'C1' })];
      for (const slot of process.slots) place.truth.register(slot, { ...registered, weight: firstWeight });
    },
  }));
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  expect(seenOf(place.truth.slotOf({ ...own, cluster: 'C1' }))?.enabled).toBe(true);
  expect(isAllOn(place)).toBe(false);
});

test('one that consumers are told of first goes off as soon as a list names it', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const namedMs = place.clock.monotonic() + 2500;
  for (const viewer of place.views.viewers.filter(({ name }) => name.endsWith('list')))
    Object.assign(viewer, { frozenUntilMs: namedMs });
  const twin = beside(place);
  await rollout.untilEvent('exposed');
  await rollout.until(() => seenOf(twin)?.enabled === false);
  expect(place.clock.monotonic() - namedMs).toBeLessThan(1000);
  expect(await rollout.end()).toBe(0);
});

test('where it was it is not remembered as off, once it is on in another cluster', async () => {
  const { run, place } = plainPlace(plainScenario(1), (_process, _count, good) => ({
    ...good(),
    act: () => place.truth.deregister(place.truth.slotOf(own)),
  }));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  beside(place);
  expect(await rollout.end()).toBe(0);
  place.truth.register(place.truth.slotOf(own), registered);
  expect(seenOf(place.truth.slotOf(own))?.enabled).toBe(true);
});
