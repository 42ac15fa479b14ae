import { expect, test } from 'vitest';
import { offByUs } from '../../../src/core/rollout/rollout.ts';
import { failedSteps } from '../../../src/core/rollout/target-state.ts';
import { isAllOn, plainPlace, plainScenario, rolloutOn } from '../../simulation/run-plain.ts';

const target = '10.0.0.1:8080';
const by = 'someone@here';

/** Two instances; the first deploy of the first one fails. */
function firstDeployFails(isAttended = true, onFailure: 'stop' | 'continue' = 'stop') {
  const scenario = { ...plainScenario(2, (plan) => ({ ...plan, onFailure })), isAttended };
  return plainPlace(scenario, (_process, count, good) => (count === 1 ? { ...good(), code: 1 } : good()));
}

test('retry runs the next attempt of the step, in a directory of its own', async () => {
  const { place, run, began } = firstDeployFails();
  const rollout = run();
  await rollout.untilStuck();
  rollout.life.runner.submit({ type: 'decide', target, decision: 'retry' }, by);
  expect(await rollout.end()).toBe(0);
  expect(began).toEqual([target, target, '10.0.0.2:8080']);
  expect(isAllOn(place)).toBe(true);
});

test('retry-target goes through every step again', async () => {
  const { run, place } = firstDeployFails();
  const rollout = run();
  await rollout.untilStuck();
  rollout.life.runner.submit({ type: 'decide', target, decision: 'retry-target' }, by);
  expect(await rollout.end()).toBe(0);
  const ofFirst = rollout.events.filter((event) => 'target' in event && event.target === target);
  for (const type of ['disable-began', 'drain-began', 'deploy-began'])
    expect(ofFirst.filter((event) => event.type === type)).toHaveLength(2);
  expect(isAllOn(place)).toBe(true);
});

test('retry-target also when the process is away, and gone for good without it', async () => {
  const { run, place } = plainPlace(
    plainScenario(2, (plan) => ({
      ...plan,
      targets: plan.targets.map((one) => ({ ...one, check: { ...one.check, withinMs: 10_000 } })),
    })),
    (_process, count, good) => (count === 1 ? good(100_000) : good()),
  );
  const rollout = run();
  await rollout.untilStuck();
  rollout.life.runner.submit({ type: 'decide', target, decision: 'retry-target' }, by);
  expect(await rollout.end()).toBe(0);
  expect(isAllOn(place)).toBe(true);
});

test('leave-off names it, and goes on with the next', async () => {
  const { run, paper, began } = firstDeployFails();
  const rollout = run();
  await rollout.untilStuck();
  rollout.life.runner.submit({ type: 'decide', target, decision: 'leave-off' }, by);
  expect(await rollout.end()).toBe(3);
  expect(began).toContain('10.0.0.2:8080');
  expect(offByUs(rolloutOn(paper)).map((one) => one.target.name)).toEqual([target]);
});

test('put-on enables it as it is, and does not make good what failed', async () => {
  const { run, place, paper } = firstDeployFails();
  const rollout = run();
  await rollout.untilStuck();
  rollout.life.runner.submit({ type: 'decide', target, decision: 'put-on' }, by);
  expect(await rollout.end()).toBe(1);
  expect(isAllOn(place)).toBe(true);
  const { targets, ended } = rolloutOn(paper);
  expect(targets.map(({ result }) => result)).toEqual(['put-on', 'done']);
  expect(targets.map(failedSteps)).toEqual([['deploy'], []]);
  expect(ended?.outcome).toBe('done-with-some-failed');
});

test('nothing else begins while one is stuck', async () => {
  const { run, place } = firstDeployFails();
  const rollout = run();
  await rollout.untilStuck();
  await place.clock.advance(300_000);
  const others = rollout.events.filter((event) => 'target' in event && event.target !== target);
  expect(others).toEqual([]);
});

test('a second decision on a settled question is told so', async () => {
  const { run } = firstDeployFails();
  const rollout = run();
  await rollout.untilStuck();
  const { runner } = rollout.life;
  expect(runner.submit({ type: 'decide', target, decision: 'take-as-done' }, by)).toBe('not-possible-here');
  expect(runner.submit({ type: 'decide', target: 'nobody', decision: 'retry' }, by)).toBe(
    'not-possible-here',
  );
  expect(runner.submit({ type: 'decide', target, decision: 'leave-off' }, by)).toBeUndefined();
  expect(runner.submit({ type: 'decide', target, decision: 'retry' }, by)).toBe('already-decided');
});

test('abort with put-back leaves off what failed, and touches nothing more', async () => {
  const { run, began, paper } = firstDeployFails();
  const rollout = run();
  await rollout.untilStuck();
  rollout.life.runner.submit({ type: 'abort', how: 'put-back' }, by);
  expect(await rollout.end()).toBe(3);
  expect(began).toEqual([target]);
  expect(offByUs(rolloutOn(paper))).toHaveLength(1);
});

test.each(['put-back', 'leave'] as const)('abort with %s in the drain', async (how) => {
  const { run, began, place } = plainPlace(plainScenario(2));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  rollout.life.runner.submit({ type: 'abort', how }, by);
  expect(await rollout.end()).toBe(how === 'leave' ? 3 : 1);
  expect(began).toEqual([]);
  expect(isAllOn(place)).toBe(how === 'put-back');
});

test('an abort while a deploy runs waits for it; where that fails, nobody is asked', async () => {
  const { run, began } = firstDeployFails();
  const rollout = run();
  await rollout.untilEvent('deploy-began');
  rollout.life.runner.submit({ type: 'abort', how: 'put-back' }, by);
  expect(await rollout.end()).toBe(3);
  expect((await rollout.untilEvent('deploy-ended')).result).toEqual({ kind: 'exited', code: 1 });
  expect(began).toEqual([target]);
});

test('abort between a failed deploy and the next begins no other', async () => {
  const { run, began } = firstDeployFails();
  const rollout = run();
  await rollout.untilStuck();
  rollout.life.runner.submit({ type: 'decide', target, decision: 'retry-target' }, by);
  await rollout.untilEvent('drain-began', 2);
  rollout.life.runner.submit({ type: 'abort', how: 'put-back' }, by);
  expect(await rollout.end()).toBe(3);
  expect(began).toEqual([target]);
});

test('headless: a failure stops, and the second instance is not touched', async () => {
  const { run, began } = firstDeployFails(false);
  const rollout = run();
  expect(await rollout.end()).toBe(3);
  expect(began).toEqual([target]);
  expect((await rollout.untilEvent('runner-rested')).why).toBe('stuck');
});

test('headless with onFailure continue: it is left off, and the next one goes', async () => {
  const { run, began } = firstDeployFails(false, 'continue');
  expect(await run().end()).toBe(3);
  expect(began).toEqual([target, '10.0.0.2:8080']);
});

test('what was decided beforehand is done by the runner that carries on, before it tries anything again', async () => {
  const { run, began, place } = firstDeployFails(false);
  expect(await run().end()).toBe(3);
  const resumed = run({ isResumed: true, decisions: [{ target, decision: 'put-on' }] });
  expect(await resumed.end()).toBe(1);
  expect(began).toEqual([target, '10.0.0.2:8080']);
  expect(resumed.events.filter(({ type }) => type === 'decided')).toMatchObject([{ decision: 'put-on', by }]);
  expect(isAllOn(place)).toBe(true);
});
