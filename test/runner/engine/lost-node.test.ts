import { shortName } from '../../../src/core/registry/service-name.ts';
import { expect, test } from 'vitest';
import { nodesOf } from '../../../src/core/rollout/rollout.ts';
import type { Event } from '../../../src/core/event/event.ts';
import type { ServiceId } from '../../../src/core/registry/service.ts';
import type { InstancesOptions } from '../../../src/world/registry.ts';
import { instance, registrationOf } from '../../simulation/scenario/scenario.ts';
import { isAllOn, plainPlace, plainScenario, rolloutOn } from '../../simulation/run-plain.ts';

const nodes = ['http://node-0', 'http://node-1', 'http://node-2'];
const lost = 'http://node-2';
const forGood = 10_000_000;

/** Two targets on three server nodes, one of which dies while the first target drains. */
function withLostNode(toMs: number, isAttended: boolean, others: readonly number[] = []) {
  const scenario = { ...plainScenario(2), nodes, isAttended };
  const silent = [2, ...others].map((node) => ({ node, fromMs: 3000, toMs, isQuick: true }));
  const { run, place, paper, began } = plainPlace({
    ...scenario,
    weather: { ...scenario.weather, silent, calmFromMs: toMs },
  });
  return { rollout: run(), place, paper, began };
}

const isAboutCount = (type: string): boolean =>
  ['node-dropped', 'node-returned', 'disable-began', 'forecast'].includes(type);

const aboutNodes = (events: readonly Event[]): readonly string[] =>
  events.flatMap((event) => {
    if (event.type === 'paused' || event.type === 'continued') return [`${event.type} by ${event.by}`];
    return 'node' in event ? [`${event.type} ${event.node}`] : [];
  });

test('a node that comes back is waited for, and the rollout goes on by itself', async () => {
  const { rollout, place, paper } = withLostNode(60_000, true);
  await rollout.untilEvent('node-lost');
  expect(place.clock.monotonic()).toBeLessThan(25_000);
  expect(await rollout.end()).toBe(0);
  expect(aboutNodes(rollout.events)).toEqual([
    `node-lost ${lost}`,
    'paused by nobody',
    `node-returned ${lost}`,
    'continued by nobody',
  ]);
  expect(nodesOf(rolloutOn(paper))).toEqual(nodes);
});

test('with a person, nothing begins without the node until the person says so', async () => {
  const { rollout, place, began, paper } = withLostNode(forGood, true);
  await rollout.untilEvent('node-lost');
  const count = began.length;
  await place.clock.advance(300_000);
  expect(began).toHaveLength(count);
  expect(rollout.life.runner.submit({ type: 'continue' }, 'someone@here')).toBeUndefined();
  expect(await rollout.end()).toBe(0);
  expect(aboutNodes(rollout.events).slice(2)).toEqual([`node-dropped ${lost}`, 'continued by someone@here']);
  expect(nodesOf(rolloutOn(paper))).toEqual(nodes.slice(0, 2));
  expect(isAllOn(place)).toBe(true);
});

test('without a person, a majority that agrees goes on without the node after 30 s, and says so', async () => {
  const { rollout, place } = withLostNode(forGood, false);
  await rollout.untilEvent('node-lost');
  const lostAt = place.clock.monotonic();
  const { by } = await rollout.untilEvent('node-dropped');
  expect(by).toBe('nobody');
  expect(place.clock.monotonic() - lostAt).toBeGreaterThanOrEqual(29_000);
  expect(place.clock.monotonic() - lostAt).toBeLessThan(40_000);
  expect(await rollout.end()).toBe(0);
  expect(isAllOn(place)).toBe(true);
  const backs = rollout.events
    .filter((event) => event.type === 'read-back')
    .map((event) => event.nodes.length);
  expect([backs[0], backs.at(-1)]).toEqual([3, 2]);
});

/** Dropped while nobody watches, it answers again after a minute, and for long shows what was so before. */
function withDroppedBack(silentToMs: number, drainMs = 20_000) {
  const scenario = {
    ...plainScenario(3, (plan) => ({
      ...plan,
      targets: plan.targets.map((one) => ({ ...one, drain: { ms: drainMs } })),
    })),
    nodes,
    isAttended: false,
  };
  const silent = [{ node: 2, fromMs: 3000, toMs: silentToMs, isQuick: true }];
  const frozen = [{ node: 2, fromMs: silentToMs, toMs: 200_000 }];
  const place = plainPlace({
    ...scenario,
    weather: { ...scenario.weather, silent, frozen, calmFromMs: 200_000 },
  });
  return { ...place, rollout: place.run() };
}

test('one that was dropped and answers again counts again: nothing is deployed that it gives to consumers', async () => {
  const { rollout, place } = withDroppedBack(63_000);
  const given: string[] = [];
  rollout.life.runner.follow((event) => {
    if (event.type !== 'deploy-began') return;
    const host = Number(event.target.split(':')[0]?.split('.').at(-1));
    const service = instance('orders', 'DEFAULT_GROUP', host, 8080);
    void place.world.registry.consumerView(service, { node: lost }).then((answer) => {
      const isGiven =
        answer.ok && answer.value.items.some(({ ip, port }) => `${ip}:${port}` === event.target);
      return isGiven && given.push(event.target);
    });
  });
  await rollout.untilEvent('node-returned');
  expect(place.clock.monotonic()).toBeLessThan(70_000);
  expect(nodesOf(rollout.life.runner.rollout())).toEqual(nodes);
  await rollout.until(() => rollout.outcome() !== undefined);
  expect(given).toEqual([]);
});

test('what drained when a dropped one answers again drains anew', async () => {
  const { rollout } = withDroppedBack(52_000, 90_000);
  await rollout.untilEvent('node-dropped');
  await rollout.untilEvent('node-returned');
  await rollout.untilEvent('drain-began', 2);
  const { ms } = await rollout.untilEvent('drain-ended');
  expect(ms).toBeGreaterThanOrEqual(90_000);
  expect(rollout.events.filter(({ type }) => type === 'exposed')).toEqual([]);
});

test('one that was dropped is asked before each disable, and is counted on when it answers', async () => {
  const { run, place } = plainPlace({
    ...plainScenario(2, (plan) => ({
      ...plan,
      targets: plan.targets.map((one) => ({ ...one, drain: { ms: 60_000 } })),
    })),
    nodes,
    isAttended: false,
  });
  const real = { ...place.world.registry };
  let isAway = false;
  Object.assign(place.world.registry, {
    instances: async (id: ServiceId, options: InstancesOptions) =>
      isAway && options.node === lost
        ? { ok: false, error: { kind: 'unreachable', addresses: [], detail: 'refused' } }
        : real.instances(id, options),
  });
  const rollout = run();
  rollout.life.runner.follow(({ type }) => {
    if (type === 'drain-began') isAway = true;
    if (type === 'disable-began') isAway = false;
  });
  await rollout.untilEvent('forecast', 2);
  expect(rollout.events.flatMap(({ type }) => (isAboutCount(type) ? [type] : []))).toEqual([
    'disable-began',
    'forecast',
    'node-dropped',
    'disable-began',
    'node-returned',
    'forecast',
  ]);
});

test('who carries on asks a dropped one again', async () => {
  const { rollout, paper, run } = withDroppedBack(forGood);
  await rollout.untilEvent('node-dropped');
  rollout.life.runner.submit({ type: 'stop' }, 'someone@here');
  await rollout.end();
  expect(nodesOf(rolloutOn(paper))).toEqual(nodes.slice(0, 2));
  const next = run({ isResumed: true });
  await next.untilEvent('runner-started');
  expect(nodesOf(next.life.runner.rollout())).toEqual(nodes);
  expect(await next.untilEvent('node-dropped')).toMatchObject({ node: lost });
});

test('without a person and without a majority it waits, and goes on when the nodes are back', async () => {
  const { rollout, place } = withLostNode(50_000, false, [1]);
  expect(await rollout.end()).toBe(0);
  expect(rollout.events.some(({ type }) => type === 'node-dropped')).toBe(false);
  expect(rollout.events.filter(({ type }) => type === 'node-returned')).toHaveLength(2);
  expect(isAllOn(place)).toBe(true);
});

test('nobody goes on when every node is lost', async () => {
  const { rollout } = withLostNode(80_000, true, [0, 1]);
  await rollout.untilEvent('node-lost', 3);
  expect(rollout.life.runner.submit({ type: 'continue' }, 'someone@here')).toBe('not-possible-here');
  expect(await rollout.end()).toBe(0);
});

test('a node that dies while a disable is read back holds the read-back, and fails nothing', async () => {
  const scenario = { ...plainScenario(2), nodes, isAttended: false };
  const silent = [{ node: 2, fromMs: 1, toMs: forGood, isQuick: true }];
  const { run, place } = plainPlace({
    ...scenario,
    weather: { ...scenario.weather, silent, calmFromMs: forGood },
  });
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  expect(rollout.events.filter(({ type }) => type === 'step-failed')).toEqual([]);
  expect(isAllOn(place)).toBe(true);
});

test('what drained while no node answered drains again: it may have been on meanwhile', async () => {
  const { rollout, place, began } = withLostNode(40_000, true, [0, 1]);
  await rollout.untilEvent('node-lost');
  await rollout.until(() => rollout.life.runner.rollout().targets[0]?.step === 'deploy');
  await rollout.untilEvent('node-returned');
  expect(began).toEqual([]);
  expect((await rollout.untilEvent('drain-began', 2)).attempt).toBe(2);
  expect(place.clock.monotonic()).toBeGreaterThan(39_000);
  expect(await rollout.end()).toBe(0);
});

test('a node that is silent about the companion only is lost too', async () => {
  const companion = instance('providers:orders', 'DUBBO_GROUP', 1, 20_880);
  const scenario = plainScenario(1, (plan) => ({
    ...plan,
    targets: plan.targets.map((one) => ({
      ...one,
      drain: { ms: 60_000 },
      registrations: [...one.registrations, registrationOf(companion)],
    })),
    overrides: [shortName(companion)],
  }));
  const { run, place } = plainPlace(scenario);
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const real = { ...place.world.registry };
  const error = { kind: 'unreachable', addresses: [], detail: 'refused' } as const;
  Object.assign(place.world.registry, {
    instances: async (id: ServiceId, options: InstancesOptions) =>
      id.service === companion.service && options.node === 'http://node-1'
        ? { ok: false, error }
        : real.instances(id, options),
  });
  expect((await rollout.untilEvent('node-lost')).node).toBe('http://node-1');
});
