import { expect, test } from 'vitest';
import { leftByUs, loweredByUs } from '../../../../src/core/rollout/rollout.ts';
import { isAllOn, rolloutOn } from '../../../simulation/run-plain.ts';
import { seenOf } from '../../../simulation/world/ground-truth.ts';
import { firstWeight, instance, registrationOf } from '../../../simulation/scenario/scenario.ts';
import { target, by, warming, weightsOf, badInWarmUp, percentsOf } from './warming.ts';

test('it is put on with the least part of its weight, gets more, then all, and the next one waits for that', async () => {
  const opened = warming(2);
  const rollout = opened.run();
  await rollout.untilEvent('enabled');
  expect(seenOf(opened.slotAt())).toMatchObject({ enabled: true, weight: 0.5 });
  expect((await rollout.untilEvent('warm-up-passed')).ms).toBeGreaterThanOrEqual(20_000);
  expect(seenOf(opened.slotAt())).toMatchObject({ enabled: true, weight: firstWeight });
  expect(weightsOf(rollout)).toEqual([5, 0.5, 2.5, 5]);
  expect(percentsOf(rollout)).toEqual([10, 50, 100]);
  expect(await rollout.end()).toBe(0);
  const types = rollout.events.map((event) =>
    'target' in event ? `${event.type} ${event.target}` : event.type,
  );
  expect(types.indexOf('disable-began 10.0.0.2:8080')).toBeGreaterThan(
    types.indexOf(`warm-up-passed ${target}`),
  );
  expect(leftByUs(rolloutOn(opened.paper))).toEqual([]);
  expect(rollout.events.filter((event) => event.type === 'changed' && event.what === 'weight')).toEqual([]);
});

test('then it is watched in its soak, with all of its weight', async () => {
  const opened = warming(1, { change: (one) => ({ ...one, soak: { ms: 5000 } }) });
  const rollout = opened.run();
  await rollout.untilEvent('soak-began');
  expect(seenOf(opened.slotAt())?.weight).toBe(firstWeight);
  expect(await rollout.end()).toBe(0);
});

test('companions go up together, each by its own weight', async () => {
  const dubbo = { ...registrationOf(instance('dubbo', 'DEFAULT_GROUP', 1, 20_880)), weight: 100 };
  const opened = warming(1, { change: (one) => ({ ...one, registrations: [...one.registrations, dubbo] }) });
  const companion = opened.place.truth.slotOf(dubbo);
  opened.place.truth.write(companion, { enabled: true, weight: 100 }, 'person', 'flip');
  await opened.place.clock.advance(2000);
  const rollout = opened.run();
  await rollout.untilEvent('weight-set', 2);
  expect(seenOf(companion)?.weight).toBe(50);
  expect(await rollout.end()).toBe(0);
  expect(seenOf(companion)?.weight).toBe(100);
});

test('what turns bad goes back to the least part of its weight, and is asked about', async () => {
  const opened = warming(2);
  const rollout = await badInWarmUp(opened);
  await rollout.untilStuck();
  expect(rollout.life.runner.rollout().targets[0]?.failure).toMatchObject({
    step: 'warm-up',
    why: { kind: 'check', reading: { kind: 'refused' } },
  });
  expect(percentsOf(rollout)).toEqual([10, 50, 10]);
  expect(seenOf(opened.slotAt())).toMatchObject({ enabled: true, weight: 0.5 });
  expect(loweredByUs(rolloutOn(opened.paper))).toHaveLength(1);
});

test.each([
  ['take-as-done', 'put-on', 0],
  ['leave-off', 'left-off', 3],
  ['put-on', 'put-on', 1],
  ['retry', 'done', 0],
  ['retry-target', 'done', 0],
  ['roll-back', 'rolled-back', 1],
] as const)('decided to %s, it ends %s, exit %i, with its own weight', async (decision, result, exitCode) => {
  const opened = warming(1);
  const rollout = await badInWarmUp(opened);
  await rollout.untilStuck();
  const [process] = opened.place.processes.values();
  if (process !== undefined) process.isAnswering = decision !== 'leave-off';
  expect(rollout.life.runner.submit({ type: 'decide', target, decision }, by)).toBeUndefined();
  expect(await rollout.end()).toBe(exitCode);
  expect(rollout.life.runner.rollout().targets[0]?.result).toBe(result);
  expect(isAllOn(opened.place)).toBe(result !== 'left-off');
  expect(seenOf(opened.slotAt())?.weight).toBe(firstWeight);
  expect(loweredByUs(rolloutOn(opened.paper))).toEqual([]);
});

test.each([
  ['stop', 3, 'stuck', undefined, 0.5],
  ['continue', 3, 'ended', 'left-off', 5],
] as const)('nobody to ask, the plan says %s', async (onFailure, exitCode, phase, result, weight) => {
  const opened = warming(1, { isAttended: false, onFailure });
  const rollout = await badInWarmUp(opened);
  expect(await rollout.end()).toBe(exitCode);
  expect(rollout.life.runner.rollout().targets[0]).toMatchObject({ phase, ...(result && { result }) });
  expect(seenOf(opened.slotAt())?.weight).toBe(weight);
  expect(leftByUs(rolloutOn(opened.paper))).toHaveLength(1);
});

test.each(['put-back', 'leave'] as const)(
  'aborted (%s), it gets its weight back and stays on',
  async (how) => {
    const opened = warming(2);
    const rollout = opened.run();
    await rollout.untilEvent('weight-set');
    rollout.life.runner.submit({ type: 'abort', how }, by);
    expect(await rollout.end()).toBe(1);
    expect(seenOf(opened.slotAt())).toMatchObject({ enabled: true, weight: firstWeight });
    expect(rollout.life.runner.rollout().targets.map(({ result }) => result)).toEqual([
      'put-on',
      'untouched',
    ]);
  },
);

test('stopped in it, another runner begins it anew and ends with all of its weight', async () => {
  const opened = warming(1);
  const rollout = opened.run();
  await rollout.untilEvent('weight-set', 2);
  rollout.life.runner.submit({ type: 'stop' }, by);
  expect(await rollout.end()).toBe(3);
  expect(seenOf(opened.slotAt())?.weight).toBe(2.5);
  const next = opened.run({ isResumed: true });
  expect(await next.untilEvent('warm-up-began')).toMatchObject({ attempt: 2, totalMs: 20_000 });
  expect(await next.end()).toBe(0);
  expect(percentsOf(next)).toEqual([10, 50, 100]);
  expect(seenOf(opened.slotAt())?.weight).toBe(firstWeight);
});

test.each([3, 4, 5])(
  'killed at its %ith write, it ends with its own weight when another runner puts back',
  async (atWrite) => {
    const opened = warming(1);
    const rollout = opened.run({ death: { line: 'none', atWrite } });
    expect(await rollout.end()).toBe('died');
    const next = opened.run({ isResumed: true, isPuttingBack: true });
    await next.end();
    await opened.place.clock.advance(30_000);
    expect(seenOf(opened.slotAt())).toMatchObject({ enabled: true, weight: firstWeight });
    expect(leftByUs(rolloutOn(opened.paper))).toEqual([]);
  },
);
