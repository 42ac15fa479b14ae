import { expect, test } from 'vitest';
import { loweredByUs } from '../../../src/core/rollout/rollout.ts';
import type { WriteOutcome } from '../../../src/world/registry.ts';
import { type PlainRun, plainPlace, plainScenario, rolloutOn } from '../../simulation/run-plain.ts';
import { noFaults } from '../../simulation/scenario/faults.ts';
import { firstWeight } from '../../simulation/scenario/scenario.ts';
import { seenOf } from '../../simulation/world/ground-truth.ts';
import { compareWithNacos } from '../../../src/runner/registry/compare-with-nacos.ts';
import { beside, own, registered } from '../engine/twin-places.ts';

const half = firstWeight / 2;
const elsewhere = { ...own, cluster: 'C1' };
const timeout: WriteOutcome = {
  kind: 'unknown',
  error: { kind: 'timeout', address: '', afterMs: 5000, wasSent: true },
};

function warming(ms: number, weather = noFaults, perform?: Parameters<typeof plainPlace>[1]) {
  const scenario = plainScenario(1, (plan) => ({
    ...plan,
    targets: plan.targets.map((one) => ({ ...one, warmUp: { ms, percents: [10, 50] } })),
  }));
  const opened = plainPlace({ ...scenario, weather }, perform);
  const slot = opened.place.truth.slotOf(own);
  const person = (weight: number): boolean =>
    opened.place.truth.write(slot, { enabled: true, weight }, 'person', 'weighed');
  return { ...opened, slot, person };
}

/** What happens with the first half of its weight that is written, in place of the write. */
function firstHalf({ place }: ReturnType<typeof warming>, happens: () => Promise<WriteOutcome>): void {
  const { registry } = place.world;
  const write = registry.write.bind(registry);
  let isOver = false;
  registry.write = async (wish) => {
    if (isOver || wish.weight !== half) return write(wish);
    isOver = true;
    return happens();
  };
}

/** It is not answered, and comes through so long after that, if at all. */
function losesHalf(opened: ReturnType<typeof warming>, lateMs?: number): void {
  const { clock, truth } = opened.place;
  firstHalf(opened, async () => {
    await clock.sleep(5000);
    if (lateMs !== undefined)
      clock.after(lateMs, () => truth.write(opened.slot, { enabled: true, weight: half }, 'us', 'write'));
    return timeout;
  });
}

const isHalfLost = ({ events }: PlainRun): boolean =>
  events.some((event) => event.type === 'write-ended' && event.outcome === 'unknown');

const weightsWritten = ({ events }: PlainRun): readonly number[] =>
  events.flatMap((event) => (event.type === 'write-began' ? [event.weight] : []));

test('a part that may still be applied is waited for before the rest is given', async () => {
  const opened = warming(2000);
  losesHalf(opened, 11_400);
  const rollout = opened.run();
  expect(await rollout.end()).toBe(0);
  await opened.place.clock.advance(30_000);
  expect(seenOf(opened.slot)?.weight).toBe(firstWeight);
});

test('a weight that somebody gives while a part may still be applied stays, and nothing is written any more', async () => {
  const opened = warming(20_000);
  losesHalf(opened);
  const rollout = opened.run();
  await rollout.until(() => isHalfLost(rollout));
  opened.person(7);
  expect(await rollout.untilEvent('weight-overridden')).toMatchObject({ full: firstWeight, found: 7 });
  expect(await rollout.end()).toBe(0);
  expect(seenOf(opened.slot)?.weight).toBe(7);
  expect(weightsWritten(rollout).slice(-1)).toEqual([half]);
});

test('a part that comes through over a weight that somebody gave is ours, and the whole is given back', async () => {
  const opened = warming(20_000);
  losesHalf(opened, 10_000);
  const rollout = opened.run();
  await rollout.until(() => isHalfLost(rollout));
  opened.person(7);
  expect(await rollout.end()).toBe(0);
  await opened.place.clock.advance(30_000);
  expect(seenOf(opened.slot)?.weight).toBe(firstWeight);
});

test('nor does a slow answer say more than what was so when it was asked for', async () => {
  const opened = warming(20_000);
  losesHalf(opened, 11_900);
  const { registry, clock } = opened.place.world;
  const rollout = opened.run();
  await rollout.until(() => isHalfLost(rollout));
  opened.person(7);
  const ask = registry.instances.bind(registry);
  registry.instances = async (...asked) => {
    const answer = await ask(...asked);
    await clock.sleep(2500);
    return answer;
  };
  expect(await rollout.end()).toBe(0);
  await opened.place.clock.advance(30_000);
  expect(seenOf(opened.slot)?.weight).toBe(firstWeight);
});

test('a weight that only some nodes can tell of is not written over', async () => {
  const silent: (typeof noFaults.silent)[number][] = [];
  const opened = warming(10_000, { ...noFaults, silent, calmFromMs: 600_000 });
  firstHalf(opened, async () => {
    const { clock } = opened.place;
    const fromMs = clock.monotonic();
    silent.push({ node: 1, fromMs, toMs: fromMs + 10_000, isQuick: true });
    opened.person(7);
    await clock.sleep(2000);
    return { kind: 'refused', error: { kind: 'no-leader', detail: '' } };
  });
  const rollout = opened.run();
  expect(await rollout.untilEvent('weight-overridden')).toMatchObject({ full: firstWeight, found: 7 });
  expect(await rollout.end()).toBe(0);
  expect(seenOf(opened.slot)?.weight).toBe(7);
  expect(weightsWritten(rollout)).not.toContain(7);
});

test('what comes back in another cluster is put on with the weight that it has there', async () => {
  const opened = warming(10_000, noFaults, () => ({
    delayMs: 5,
    lastsMs: 4000,
    code: 0,
    isLost: false,
    act: () => {
      opened.place.truth.deregister(opened.slot);
      beside(opened.place);
    },
  }));
  const rollout = opened.run();
  expect(await rollout.end()).toBe(0);
  expect(seenOf(opened.place.truth.slotOf(elsewhere))).toMatchObject({
    enabled: true,
    weight: registered.weight,
  });
  expect(rollout.events.some(({ type }) => type === 'warm-up-began')).toBe(false);
});

test('another registration beside one that cannot be read is not taken for a new weight', async () => {
  const garbled: (typeof noFaults.garbled)[number][] = [];
  const opened = warming(10_000, { ...noFaults, garbled });
  const rollout = opened.run();
  await rollout.untilEvent('weight-set');
  garbled.push({ fromMs: opened.place.clock.monotonic(), toMs: 600_000, node: undefined, instance: own });
  beside(opened.place);
  await rollout.untilStuck();
  expect(rollout.events.some(({ type }) => type === 'weight-overridden')).toBe(false);
  expect(loweredByUs(rolloutOn(opened.paper))).toHaveLength(1);
});

test('a part of its weight that we gave it is no difference to its journal; another weight is', async () => {
  const opened = warming(10_000);
  const rollout = opened.run();
  await rollout.untilEvent('weight-set');
  const journaled = rolloutOn(opened.paper);
  const differences = () => compareWithNacos(opened.place.world.registry, journaled);
  expect(await differences()).toEqual([]);
  opened.person(3);
  await opened.place.clock.advance(1000);
  expect(await differences()).toMatchObject([
    { kind: 'weight', full: firstWeight, given: firstWeight / 10, after: 3 },
  ]);
});
