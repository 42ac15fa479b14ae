import { expect, test } from 'vitest';
import type { FactOf } from '../../../src/core/event/event.ts';
import type { ConsumersTold } from '../../../src/runner/context/consumers-told.ts';
import type { Clock } from '../../../src/world/clock.ts';
import { type PlainRun, plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { instance } from '../../simulation/scenario/scenario.ts';

type Shown = ReturnType<ConsumersTold['of']>;

/** What a scripted node tells, by node and time. */
function scripted(clock: Clock, of: (node: string, nowMs: number) => Shown): ConsumersTold {
  return {
    of: (node) => of(node, clock.monotonic()),
    listOf: () => undefined,
    hearing: () => ({ kind: 'listening' }),
    // Each look sees what time has brought.
    news: () => {
      const news = new AbortController();
      void clock.sleep(50).then(() => news.abort());
      return news.signal;
    },
  };
}

const at = (event: { at: string } | undefined): number => Date.parse(event?.at ?? '');
const disabledAt = ({ events }: PlainRun) => events.find(({ type }) => type === 'disabled');
const accepted = ({ events }: PlainRun) => events.find(({ type }) => type === 'write-ended');

/** Until the first disable was read back. */
async function readBack(of: (node: string, nowMs: number) => Shown) {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run({ told: scripted(place.clock, of) });
  const back: FactOf<'read-back'> = await rollout.untilEvent('read-back');
  await rollout.until(() => disabledAt(rollout) !== undefined);
  return { told: back.told, ms: at(disabledAt(rollout)) - at(accepted(rollout)) };
}

test('a disable waits until consumers are told, and says after how long each node told them', async () => {
  const { told, ms } = await readBack((node, nowMs) => {
    if (nowMs < 2000) return { shown: 'given', sinceMs: 0 };
    return { shown: 'gone', sinceMs: node === 'http://node-0' ? 1500 : 2000 };
  });
  expect(told).toMatchObject([{ node: 'http://node-0' }, { node: 'http://node-1' }]);
  const [first, second] = told ?? [];
  expect((second?.ms ?? 0) - (first?.ms ?? 0)).toBe(500);
  expect(ms).toBeGreaterThanOrEqual(second?.ms ?? Infinity);
});

test('a push that never comes is waited for three seconds longer than the lists, and named', async () => {
  const plain = await readBack(() => undefined);
  expect(plain.told).toBeUndefined();
  const { told, ms } = await readBack(() => ({ shown: 'given', sinceMs: 0 }));
  expect(told).toEqual([{ node: 'http://node-0' }, { node: 'http://node-1' }]);
  // A push is waited for with the first look, too.
  expect(ms - plain.ms).toBeGreaterThanOrEqual(2900);
  expect(ms - plain.ms).toBeLessThan(3500);
});

test('a node that we do not hear is not waited for', async () => {
  const plain = await readBack(() => undefined);
  const { told, ms } = await readBack((node) =>
    node === 'http://node-0' ? { shown: 'gone', sinceMs: 0 } : undefined,
  );
  expect(told).toEqual([{ node: 'http://node-0', ms: 0 }]);
  expect(ms).toBe(plain.ms);
});

test('a whole rollout ends well though no push ever comes', async () => {
  const { run, place } = plainPlace(plainScenario(2));
  const rollout = run({ told: scripted(place.clock, () => ({ shown: 'unread', sinceMs: 0 })) });
  expect(await rollout.end()).toBe(0);
});

test('who is stopped while a push is waited for records nothing after the end', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run({ told: scripted(place.clock, () => ({ shown: 'given', sinceMs: 0 })) });
  await rollout.until(() => accepted(rollout) !== undefined);
  await place.clock.advance(2500);
  rollout.life.runner.submit({ type: 'stop' }, 'ann@a');
  await rollout.end();
  await place.clock.advance(5000);
  const types = rollout.events.map(({ type }) => type);
  expect(types).not.toContain('read-back');
  expect(types.at(-1)).toBe('runner-rested');
});

test('what is off is looked at again as soon as a node tells nothing more, and not at the next look of who is told', async () => {
  let isHeard = true;
  const slow = plainScenario(1, (plan) => ({
    ...plan,
    targets: plan.targets.map((target) => ({ ...target, drain: { ms: 30_000 } })),
  }));
  const { run, place } = plainPlace(slow);
  const rollout = run({
    told: scripted(place.clock, () => (isHeard ? { shown: 'gone', sinceMs: 0 } : undefined)),
  });
  await rollout.untilEvent('drain-began');
  // It rests from its first look on.
  await place.clock.advance(1500);
  isHeard = false;
  place.truth.forget(place.truth.slotOf(instance('orders', 'DEFAULT_GROUP', 1, 8080)));
  const clickedMs = place.clock.monotonic();
  await rollout.untilEvent('exposed');
  expect(place.clock.monotonic() - clickedMs).toBeLessThan(3000);
});
