import { expect, test } from 'vitest';
import type { ConsumersTold } from '../../../src/runner/context/consumers-told.ts';
import { type PlainRun, plainPlace, plainScenario } from '../../simulation/run-plain.ts';

/** One target that drains for half a minute, and one server node, which answers nothing from 8 s on. */
function silentFor(ms: number) {
  const scenario = plainScenario(1, (plan) => ({
    ...plan,
    targets: plan.targets.map((target) => ({ ...target, drain: { ms: 30_000 } })),
  }));
  const silent = [{ node: 0, fromMs: 8000, toMs: 8000 + ms, isQuick: true }];
  return plainPlace({ ...scenario, nodes: ['http://node-0'], weather: { ...scenario.weather, silent } });
}

const drains = ({ events }: PlainRun) => events.filter(({ type }) => type === 'drain-began').length;

test('a drain begins anew when the only server node answers again after a while: consumers may have been told otherwise', async () => {
  const { run, place } = silentFor(13_500);
  const rollout = run();
  const { ms } = await rollout.untilEvent('unwatched');
  expect(ms).toBeGreaterThanOrEqual(13_500);
  expect(place.clock.monotonic()).toBeGreaterThanOrEqual(21_500);
  expect((await rollout.untilEvent('drain-ended')).ms).toBe(30_000);
  expect(place.clock.monotonic()).toBeGreaterThanOrEqual(51_500);
  expect(await rollout.end()).toBe(0);
  expect(drains(rollout)).toBe(2);
});

test('a short silence, as of two reads that time out, is waited for no longer', async () => {
  const { run } = silentFor(9000);
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  expect(drains(rollout)).toBe(1);
});

test('a node that is taken for lost begins the drain anew once, when it is back', async () => {
  const { run } = silentFor(25_000);
  const rollout = run();
  await rollout.untilEvent('node-returned');
  await rollout.untilEvent('drain-ended');
  expect(drains(rollout)).toBe(2);
  expect(rollout.events.some(({ type }) => type === 'unwatched')).toBe(false);
});

test('who is told by every node, and looks more seldom, was watching until a node told nothing more', async () => {
  const { run, place } = silentFor(8000);
  const told: ConsumersTold = {
    // A session over which nothing comes is given up after five seconds.
    of: () =>
      place.clock.monotonic() < 13_000 || place.clock.monotonic() > 16_000
        ? { shown: 'gone', sinceMs: 0 }
        : undefined,
    listOf: () => undefined,
    hearing: () => ({ kind: 'listening' }),
    news: () => {
      const news = new AbortController();
      void place.clock.sleep(50).then(() => news.abort());
      return news.signal;
    },
  };
  const rollout = run({ told });
  expect(await rollout.end()).toBe(0);
  expect(drains(rollout)).toBe(1);
});
