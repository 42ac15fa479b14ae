import { expect, test } from 'vitest';
import type { Instance } from '../../../src/core/registry/service.ts';
import { compareWithNacos } from '../../../src/runner/registry/compare-with-nacos.ts';
import { instance } from '../../simulation/scenario/scenario.ts';
import { isAllOn, plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { seenOf } from '../../simulation/world/ground-truth.ts';
import type { SimulatedWorld } from '../../simulation/world/simulated-world.ts';
import { beside, besideInCluster, own, registered, target, whyStuck, writesOf } from './twin-places.ts';

test('a target that is registered twice by then is not taken off: nothing is written', async () => {
  for (const make of [beside, (place: SimulatedWorld) => besideInCluster(place, () => true)]) {
    const { run, place, began } = plainPlace(plainScenario(1));
    make(place);
    await place.clock.advance(3000);
    const rollout = run();
    await rollout.untilStuck();
    expect(whyStuck(rollout)).toMatchObject({
      step: 'disable',
      why: { kind: 'refused', refusals: [{ kind: 'registered-twice', instance: target }] },
    });
    expect({ writes: writesOf(rollout), began }).toEqual({ writes: [], began: [] });
  }
});

test('a twin that comes up on in another cluster goes off too, and comes back with its own weight', async () => {
  const { run, place, began } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const twin = beside(place);
  await rollout.untilEvent('exposure-ended');
  expect(began).toEqual([]);
  expect(seenOf(twin)).toMatchObject({ enabled: false, weight: 100 });
  expect((await rollout.untilEvent('drain-began', 2)).attempt).toBe(2);
  await rollout.untilEvent('deploy-began');
  expect(seenOf(twin)?.enabled).toBe(false);
  expect(await rollout.end()).toBe(0);
  expect(seenOf(twin)).toMatchObject({ enabled: true, weight: 100 });
  expect(seenOf(place.truth.slotOf(own))).toMatchObject({ enabled: true, weight: 5 });
  expect(isAllOn(place)).toBe(true);
});

test('a twin that cannot be taken off holds up the deploy for as long as it is on', async () => {
  const { run, place, began } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const twin = beside(place);
  const real = { ...place.world.registry };
  let isRefusing = true;
  place.world.registry.write = async (wish) =>
    isRefusing && wish.instance.cluster === 'C1'
      ? { kind: 'refused', error: { kind: 'no-leader', detail: 'x' } }
      : await real.write(wish);
  await rollout.untilEvent('exposed');
  await place.clock.advance(120_000);
  expect(began).toEqual([]);
  isRefusing = false;
  await rollout.untilEvent('exposure-ended');
  expect(seenOf(twin)?.enabled).toBe(false);
  expect(await rollout.end()).toBe(0);
});

test('weights that no write can leave as they are: none is written, nothing is deployed, and we ask', async () => {
  const { run, place, began } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const before = writesOf(rollout).length;
  let isThere = true;
  besideInCluster(place, () => isThere);
  place.truth.forget(place.truth.slotOf(own));
  await rollout.untilStuck();
  const twins = [
    { cluster: 'DEFAULT', ip: own.ip, weight: 5, enabled: true },
    { cluster: 'DEFAULT', ip: own.ip, weight: 100, enabled: true },
  ];
  expect(whyStuck(rollout)).toMatchObject({ why: { kind: 'registered-twice', instance: target, twins } });
  await place.clock.advance(60_000);
  expect({ count: writesOf(rollout).length, began }).toEqual({ count: before, began: [] });
  expect(rollout.events.filter(({ type }) => type === 'exposed')).toHaveLength(1);
  // A person had the other client deregister it: from the start, and well.
  isThere = false;
  rollout.life.runner.submit({ type: 'decide', target, decision: 'retry' }, 'ann');
  expect(await rollout.end()).toBe(0);
  expect(began).toEqual([target]);
});

test('the command that runs when it shows up comes to its end, and then we ask', async () => {
  const { run, place } = plainPlace(plainScenario(1), (_process, _count, good) => ({
    ...good(),
    act: () => undefined,
  }));
  const rollout = run();
  await rollout.untilEvent('deploy-began');
  besideInCluster(place, () => true);
  place.truth.forget(place.truth.slotOf(own));
  await rollout.untilStuck();
  expect(rollout.events.map(({ type }) => type)).toContain('deploy-ended');
  expect(whyStuck(rollout)).toMatchObject({ step: 'check', why: { kind: 'registered-twice' } });
});

test('an old registration beside the new one is waited for, as long as it is ill', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('deploy-ended');
  const endsMs = place.clock.monotonic() + 25_000;
  besideInCluster(place, () => place.clock.monotonic() < endsMs, { healthy: false });
  await rollout.untilEvent('check-passed');
  expect(place.clock.monotonic()).toBeGreaterThanOrEqual(endsMs);
  expect(await rollout.end()).toBe(0);
});

test('a well one beside it stays as it is, and goes on with it', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('deploy-ended');
  besideInCluster(place, () => true);
  expect(await rollout.end()).toBe(0);
  expect(new Set(writesOf(rollout))).toEqual(new Set(['disable 5', 'enable 5', 'hold-absent 5']));
});

test('what a runner that died left off in two clusters, the next one puts on in both', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const first = run({ death: { afterMs: 9000, line: 'whole' } });
  await first.untilEvent('drain-began');
  const twin = beside(place);
  await first.untilEvent('exposure-ended');
  expect(await first.end()).toBe('died');
  expect(seenOf(twin)?.enabled).toBe(false);
  expect(await run({ isResumed: true }).end()).toBe(0);
  expect(isAllOn(place)).toBe(true);
});

test('half on is a difference to a journal that says off', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const { registry } = place.world;
  const answer = await registry.instances(own);
  const items = answer.ok ? (answer.value?.items ?? []) : [];
  const twin: Instance = {
    ...own,
    cluster: 'C1',
    enabled: true,
    healthy: true,
    weight: 1,
    ephemeral: true,
    metadata: {},
  };
  const shown = {
    ...registry,
    instances: async () => ({ ok: true, value: { items: [...items, twin], unreadable: [] } }),
  };
  const differences = await compareWithNacos(shown as typeof registry, rollout.life.runner.rollout());
  expect(differences).toMatchObject([{ kind: 'shown-on', instance: target }]);
});

test('one that came back under a new address and is registered twice there is not taken for the target', async () => {
  const plain = plainScenario(1, (plan) => ({
    ...plan,
    targets: plan.targets.map((one) => ({ ...one, anyNew: { match: {} } })),
  }));
  const { run, place } = plainPlace(plain, (_process, _count, good) => ({ ...good(), act: () => undefined }));
  const rollout = run();
  await rollout.untilEvent('deploy-began');
  place.truth.deregister(place.truth.slotOf(own));
  const moved = instance('orders', 'DEFAULT_GROUP', 50, 8080);
  for (const cluster of ['DEFAULT', 'C1'])
    place.truth.register(place.truth.slotOf({ ...moved, cluster }), registered);
  await rollout.untilStuck();
  expect(whyStuck(rollout)).toMatchObject({
    step: 'check',
    why: { kind: 'somebody-else', candidates: ['10.0.0.50:8080'] },
  });
  expect(whyStuck(rollout)).not.toHaveProperty('why.found');
  expect(rollout.events.map(({ type }) => type)).not.toContain('identified');
});

test('a second registration that arrives is no person who wants it on, however often', async () => {
  const { run, place, began } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  for (const cluster of ['C1', 'C2', 'C3']) {
    place.truth.register(place.truth.slotOf({ ...own, cluster }), registered);
    await rollout.untilEvent('exposure-ended', Number(cluster.slice(1)));
  }
  expect(whyStuck(rollout)).toBeUndefined();
  expect(await rollout.end()).toBe(0);
  expect(began).toEqual([target]);
  expect(isAllOn(place)).toBe(true);
});

test('beside one that was off before us it is left alone, and we ask: it would not come back', async () => {
  const { run, place, began } = plainPlace(
    plainScenario(1, (plan) => ({
      ...plan,
      targets: plan.targets.map((one) => ({
        ...one,
        registrations: one.registrations.map((each) => ({ ...each, wasEnabled: false })),
      })),
    })),
  );
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const twin = beside(place);
  await rollout.untilStuck();
  expect(whyStuck(rollout)).toMatchObject({ why: { kind: 'registered-twice' } });
  expect({ isOn: seenOf(twin)?.enabled, began }).toEqual({ isOn: true, began: [] });
});

test('no mark is left where it was, when another registration of its address is put on', async () => {
  const { run, place } = plainPlace(plainScenario(1), (_process, _count, good) => ({
    ...good(),
    act: () => place.truth.deregister(place.truth.slotOf(own)),
  }));
  const rollout = run();
  await rollout.untilEvent('deploy-ended');
  // Longer than Nacos remembers: only the mark that holds it is there now, and that one never ends.
  await rollout.untilStuck();
  await place.clock.advance(70_000);
  const twin = beside(place);
  await rollout.untilEvent('exposure-ended');
  rollout.life.runner.submit({ type: 'decide', target, decision: 'put-on' }, 'ann');
  await rollout.end();
  expect(seenOf(twin)).toMatchObject({ enabled: true, weight: 100 });
  expect(place.truth.slotOf(own).override).toMatchObject({ enabled: true, weight: 5 });
});
