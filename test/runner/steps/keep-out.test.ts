import { expect, test } from 'vitest';
import { registrationId } from '../../../src/core/plan/plan.ts';
import { isAllOn, type PlainRun, plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { type Slot, seenOf } from '../../simulation/world/ground-truth.ts';
import { restart } from '../../simulation/world/simulated-processes.ts';

const target = '10.0.0.1:8080';

function slotOf(rollout: PlainRun): Slot {
  const [first] = rollout.life.runner.rollout().planned.plan.targets[0]?.registrations ?? [];
  if (first === undefined) throw new Error('there is no first registration');
  return rollout.place.truth.slotOf(registrationId(first));
}

test('what shows up enabled in the drain goes off again, and the drain starts anew', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  await place.clock.advance(3000);
  place.truth.forget(slotOf(rollout));
  const exposed = await rollout.untilEvent('exposed');
  expect(exposed.wasAway).toBe(false);
  const { ms, isAtLeast } = await rollout.untilEvent('exposure-ended');
  expect(ms).toBeLessThan(3000);
  expect(isAtLeast).toBeUndefined();
  expect((await rollout.untilEvent('drain-began', 2)).attempt).toBe(2);
  expect((await rollout.untilEvent('drain-ended')).ms).toBe(5000);
  expect(await rollout.end()).toBe(0);
});

test('what came on while no runner lived was on for at least as long as the next one saw it', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  rollout.life.runner.submit({ type: 'stop' }, 'ann');
  await rollout.end();
  place.truth.forget(slotOf(rollout));
  await place.clock.advance(15_000);
  const next = run({ isResumed: true });
  const { isAtLeast, ms } = await next.untilEvent('exposure-ended');
  expect(ms).toBeLessThan(3000);
  expect(isAtLeast).toBe(true);
  expect(await next.end()).toBe(0);
});

test('the second time without having been away a person wants it on: nothing is deployed, and we ask', async () => {
  const { run, place, began } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  place.truth.forget(slotOf(rollout));
  await rollout.untilEvent('exposure-ended');
  // Later than a list may be.
  await place.clock.advance(4000);
  place.truth.forget(slotOf(rollout));
  await rollout.untilStuck();
  await place.clock.advance(60_000);
  const [first] = rollout.life.runner.rollout().targets;
  expect(first?.failure?.why.kind).toBe('wanted-on');
  expect(slotOf(rollout).override?.enabled).not.toBe(false);
  expect(began).toEqual([]);
});

test('a restart longer than the memory of Nacos: marked while away, it comes back off', async () => {
  const { run, place } = plainPlace(
    plainScenario(1, (plan) => ({
      ...plan,
      targets: plan.targets.map((one) => ({ ...one, check: { ...one.check, withinMs: 200_000 } })),
    })),
    (_process, _count, good) => good(90_000),
  );
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  expect(rollout.events.filter((event) => event.type === 'exposed')).toEqual([]);
  expect(isAllOn(place)).toBe(true);
});

test('a server that remembers nothing: taken off as soon as it is seen', async () => {
  const { run, place } = plainPlace({ ...plainScenario(1), remembers: false });
  const rollout = run();
  const exposed = await rollout.untilEvent('exposed');
  expect(exposed.wasAway).toBe(true);
  expect((await rollout.untilEvent('exposure-ended')).ms).toBeLessThan(2500);
  expect(await rollout.end()).toBe(0);
  expect(isAllOn(place)).toBe(true);
});

test('restarts that were seen as such are no person, however many', async () => {
  const { run, place } = plainPlace({ ...plainScenario(1), remembers: false }, (_process, _count, good) => {
    const once = good();
    const again = (): void => once.act();
    return {
      ...once,
      lastsMs: 30_000,
      act: () => {
        again();
        place.clock.after(10_000, again);
        place.clock.after(20_000, again);
      },
    };
  });
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  expect(rollout.events.filter((event) => event.type === 'exposed')).toHaveLength(3);
});

test('put on while it is away: the mark is taken back, and it comes on when it registers', async () => {
  const { run, place } = plainPlace(plainScenario(1), (_process, _count, good) => ({
    ...good(40_000),
    code: 1,
  }));
  const rollout = run();
  await rollout.untilStuck();
  await rollout.untilEvent('went-away');
  rollout.life.runner.submit({ type: 'decide', target, decision: 'put-on' }, 'someone@here');
  expect(await rollout.end()).toBe(1);
  await place.clock.advance(60_000);
  expect(isAllOn(place)).toBe(true);
});

test('put on while it is away, and no write gets through for a while', async () => {
  const scenario = plainScenario(1);
  const weather = { ...scenario.weather, calmFromMs: 60_000, leaderless: [{ fromMs: 15_000, toMs: 45_000 }] };
  const { run, place } = plainPlace({ ...scenario, weather }, (_process, _count, good) => ({
    ...good(50_000),
    code: 1,
  }));
  const rollout = run();
  await rollout.until(() => place.clock.monotonic() > 20_000);
  rollout.life.runner.submit({ type: 'decide', target, decision: 'put-on' }, 'someone@here');
  // It may give up before a leader is there: then it says so, and is asked again.
  while ((await rollout.untilStuckOrEnd()) === 'stuck')
    rollout.life.runner.submit({ type: 'decide', target, decision: 'put-on' }, 'someone@here');
  expect(await rollout.end()).toBe(1);
  await place.clock.advance(120_000);
  expect(isAllOn(place)).toBe(true);
});

test('a weight that the new version registers is kept, where the server remembers nothing of ours', async () => {
  const { run, place } = plainPlace({ ...plainScenario(1), remembers: false }, (process, _count, good) => ({
    ...good(),
    act: () => {
      const { clock, truth } = place;
      void restart(clock, truth, process, { awayMs: 3000, weight: 9, wellAfterMs: 1000, isComingBack: true });
    },
  }));
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  expect(seenOf(slotOf(rollout))?.weight).toBe(9);
});

test('a registry that is lost pauses a headless run, and it goes on when every node answers', async () => {
  const scenario = { ...plainScenario(2), isAttended: false };
  const { run, place, began } = plainPlace({
    ...scenario,
    weather: { ...scenario.weather, silent: [{ node: 1, fromMs: 3000, toMs: 40_000, isQuick: true }] },
  });
  const rollout = run();
  expect((await rollout.untilEvent('paused')).why).toBe('registry-lost');
  expect(await rollout.end()).toBe(0);
  expect(place.clock.monotonic()).toBeGreaterThan(40_000);
  expect(began).toHaveLength(2);
});

test('no command begins while a node is silent, though the drain is over', async () => {
  const scenario = plainScenario(1);
  const { run, place } = plainPlace({
    ...scenario,
    weather: { ...scenario.weather, silent: [{ node: 1, fromMs: 5000, toMs: 15_000, isQuick: true }] },
  });
  const rollout = run();
  await rollout.untilEvent('deploy-began');
  expect(place.clock.monotonic()).toBeGreaterThanOrEqual(15_000);
});

test('what cannot be taken off again for a while is one exposure, and no wish of a person', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const real = { ...place.world.registry };
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const error = { kind: 'no-leader', detail: '' };
  Object.assign(place.world.registry, { write: async () => ({ kind: 'refused', error }) });
  place.truth.forget(slotOf(rollout));
  await rollout.untilEvent('exposed');
  await place.clock.advance(70_000);
  Object.assign(place.world.registry, real);
  expect(await rollout.end()).toBe(0);
  expect(rollout.events.filter(({ type }) => type === 'exposed')).toHaveLength(1);
});
