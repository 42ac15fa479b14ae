import { expect, test } from 'vitest';
import { parseEvent } from '../../../src/core/event/event.ts';
import { offByUs } from '../../../src/core/rollout/rollout.ts';
import { type PlainRun, isAllOn, plainPlace, plainScenario, rolloutOn } from '../../simulation/run-plain.ts';

const target = '10.0.0.1:8080';
const by = 'someone@here';
const rollback = { run: './roll-back', timeoutMs: 60_000 };

function soaking(count: number, isAttended = true, onFailure: 'stop' | 'continue' = 'stop') {
  const scenario = plainScenario(count, (plan) => ({
    ...plan,
    onFailure,
    targets: plan.targets.map((one) => ({ ...one, rollback, soak: { ms: 30_000 } })),
  }));
  return plainPlace({ ...scenario, isAttended });
}

/** The first one, which turns bad once it is watched. */
async function badInSoak({ run, place }: ReturnType<typeof soaking>): Promise<PlainRun> {
  const rollout = run();
  await rollout.untilEvent('soak-began');
  const [process] = place.processes.values();
  if (process !== undefined) process.isAnswering = false;
  return rollout;
}

function typesOf({ events }: PlainRun): readonly string[] {
  return events.map((event) => ('target' in event ? `${event.type} ${event.target}` : event.type));
}

test('the next one begins only after this one stayed well for the time', async () => {
  const rollout = soaking(2).run();
  expect((await rollout.untilEvent('soak-passed')).ms).toBeGreaterThanOrEqual(30_000);
  expect(await rollout.end()).toBe(0);
  const types = typesOf(rollout);
  expect(types.indexOf('disable-began 10.0.0.2:8080')).toBeGreaterThan(
    types.indexOf(`soak-passed ${target}`),
  );
  expect(rollout.life.runner.rollout().targets.map(({ result }) => result)).toEqual(['done', 'done']);
});

test('what turns bad in its soak is asked about, and is on meanwhile', async () => {
  const place = soaking(2);
  const rollout = await badInSoak(place);
  await rollout.untilStuck();
  expect(rollout.life.runner.rollout().targets[0]?.failure).toMatchObject({
    step: 'soak',
    why: { kind: 'check', reading: { kind: 'refused' } },
  });
  expect(isAllOn(place.place)).toBe(true);
  expect(typesOf(rollout)).not.toContain('disable-began 10.0.0.2:8080');
});

test('one bad look is not yet bad', async () => {
  const { run, place } = soaking(1);
  const rollout = run();
  await rollout.untilEvent('soak-began');
  const [process] = place.processes.values();
  if (process === undefined) throw new Error('nobody is there');
  process.isAnswering = false;
  place.clock.after(1500, () => (process.isAnswering = true));
  expect(await rollout.end()).toBe(0);
});

test.each([
  ['take-as-done', 'put-on', 0],
  ['leave-off', 'left-off', 3],
  ['put-on', 'put-on', 1],
  ['retry', 'done', 0],
  ['roll-back', 'rolled-back', 1],
] as const)('decided to %s, it ends %s, exit %i', async (decision, result, exitCode) => {
  const place = soaking(1);
  const rollout = await badInSoak(place);
  await rollout.untilStuck();
  const [process] = place.place.processes.values();
  if (process !== undefined) process.isAnswering = decision !== 'leave-off';
  expect(rollout.life.runner.submit({ type: 'decide', target, decision }, by)).toBeUndefined();
  expect(await rollout.end()).toBe(exitCode);
  expect(rollout.life.runner.rollout().targets[0]?.result).toBe(result);
  expect(isAllOn(place.place)).toBe(result !== 'left-off');
  expect(offByUs(rolloutOn(place.paper))).toHaveLength(result === 'left-off' ? 1 : 0);
});

test.each([
  ['stop', 1, 'stuck', undefined],
  ['continue', 3, 'ended', 'left-off'],
] as const)('nobody to ask, the plan says %s', async (onFailure, exitCode, phase, result) => {
  const rollout = await badInSoak(soaking(1, false, onFailure));
  expect(await rollout.end()).toBe(exitCode);
  expect(rollout.life.runner.rollout().targets[0]).toMatchObject({ phase, ...(result && { result }) });
});

test.each(['put-back', 'leave'] as const)('aborted (%s) in its soak, it stays on', async (how) => {
  const { run, place } = soaking(2);
  const rollout = run();
  await rollout.untilEvent('soak-began');
  rollout.life.runner.submit({ type: 'abort', how }, by);
  expect(await rollout.end()).toBe(1);
  expect(isAllOn(place)).toBe(true);
  expect(rollout.life.runner.rollout().targets.map(({ result }) => result)).toEqual(['done', 'untouched']);
});

test('paused in its soak it comes to its end, and the next waits', async () => {
  const rollout = soaking(2).run();
  await rollout.untilEvent('soak-began');
  rollout.life.runner.submit({ type: 'pause' }, by);
  await rollout.untilEvent('soak-passed');
  expect(typesOf(rollout)).not.toContain('disable-began 10.0.0.2:8080');
  rollout.life.runner.submit({ type: 'continue' }, by);
  expect(await rollout.end()).toBe(0);
});

test('stopped in its soak, another runner watches it for the whole time once more', async () => {
  const { run } = soaking(1);
  const rollout = run();
  await rollout.untilEvent('soak-began');
  rollout.life.runner.submit({ type: 'stop' }, by);
  expect(await rollout.end()).toBe(130);
  const next = run({ isResumed: true });
  expect(await next.untilEvent('soak-began')).toMatchObject({ attempt: 2, totalMs: 30_000 });
  expect((await next.untilEvent('soak-passed')).ms).toBeGreaterThanOrEqual(30_000);
  expect(await next.end()).toBe(0);
});

test('what was on since its last drain drains again before it is rolled back', async () => {
  const calls = {
    leave: { call: { method: 'POST', url: 'http://{ip}:{port}/leave' }, isInstead: false },
    back: { method: 'POST', url: 'http://{ip}:{port}/back' },
  };
  const scenario = plainScenario(1, (plan) => ({
    ...plan,
    targets: plan.targets.map((one) => ({ ...one, ...calls, rollback, soak: { ms: 30_000 } })),
  }));
  const place = plainPlace({ ...scenario, isAttended: true });
  const rollout = await badInSoak(place);
  await rollout.untilStuck();
  rollout.life.runner.submit({ type: 'decide', target, decision: 'retry-target' }, by);
  // It goes off, and neither leaves nor comes back by itself: it answers nobody.
  await rollout.untilEvent('step-failed', 2);
  rollout.life.runner.submit({ type: 'decide', target, decision: 'roll-back' }, by);
  await rollout.until(() => place.began.length > 1 || rollout.events.at(-1)?.type === 'step-failed');
  const decided = rollout.events.findLastIndex(({ type }) => type === 'decided');
  const after = rollout.events.slice(decided).map(({ type }) => type);
  expect(after).not.toContain('deploy-began');
  expect(after).toContain('disable-began');
});

test('its events are read again', () => {
  const envelope = { v: 1, seq: 1, at: '2026-11-21T20:00:00.000Z', rollout: 'a', target };
  for (const fact of [
    { type: 'soak-began', attempt: 1, totalMs: 1 },
    { type: 'soak-passed', attempt: 1, ms: 1 },
  ])
    expect(parseEvent({ ...envelope, ...fact }).ok).toBe(true);
});
