import { expect, test } from 'vitest';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { failureCount } from '../../../src/core/rollout/failures.ts';
import { badInWarmUp, warming } from '../steps/warm-up/warming.ts';
import { isAllOn, plainPlace, plainScenario, rolloutOn } from '../../simulation/run-plain.ts';

const by = 'someone@here';
const four = ['10.0.0.1:8080', '10.0.0.2:8080', '10.0.0.3:8080', '10.0.0.4:8080'] as const;

/** Four instances, one after the other; the deploys of some fail. */
function failing(bad: readonly number[], limits: Partial<Plan>, isAttended = false) {
  const scenario = { ...plainScenario(4, (plan) => ({ ...plan, ...limits })), isAttended };
  return plainPlace(scenario, (_process, count, good) =>
    bad.includes(count) ? { ...good(), code: 1 } : good(),
  );
}

test.each([
  [0, [1], ['10.0.0.1:8080']],
  [1, [1, 3], ['10.0.0.1:8080', '10.0.0.2:8080', '10.0.0.3:8080']],
  [2, [1, 2, 3], ['10.0.0.1:8080', '10.0.0.2:8080', '10.0.0.3:8080']],
])('with up to %i failures, those of deploys %j stop it', async (maxFailures, bad, begun) => {
  const { run, began, paper } = failing(bad, { onFailure: 'continue', maxFailures });
  const rollout = run();
  expect(await rollout.end()).toBe(3);
  expect(began).toEqual(begun);
  expect(await rollout.untilEvent('runner-rested')).toMatchObject({ why: 'too-many-failed', exitCode: 3 });
  expect(failureCount(rolloutOn(paper))).toBe(maxFailures + 1);
});

test('as many as may fail are left as they are, and it comes to its end', async () => {
  const { run, began } = failing([1, 3], { onFailure: 'continue', maxFailures: 2 });
  const rollout = run();
  expect(await rollout.end()).toBe(3);
  expect(began).toEqual(four);
  expect(await rollout.untilEvent('rollout-ended')).toMatchObject({ outcome: 'done-with-some-off' });
});

test('what is tried again and is good then is no failure', async () => {
  const { run, began } = failing([1, 3], { onFailure: 'continue', maxFailures: 0 });
  expect(await run().end()).toBe(3);
  expect(await run({ isResumed: true }).end()).toBe(3);
  expect(await run({ isResumed: true }).end()).toBe(0);
  expect(began).toEqual([four[0], four[0], four[1], four[1], four[2], four[3]]);
});

test.each([
  ['leave-off', 1],
  ['put-on', 1],
  ['roll-back', 1],
  ['retry', 0],
] as const)('whose warm-up failed, told to %s, counts at once as %i', async (decision, count) => {
  const opened = warming(1);
  const rollout = await badInWarmUp(opened);
  await rollout.untilStuck();
  const { runner } = rollout.life;
  expect(runner.submit({ type: 'decide', target: four[0], decision }, by)).toBeUndefined();
  await opened.place.clock.advance(10);
  expect(runner.rollout().targets[0]?.phase).toBe('running');
  expect(failureCount(runner.rollout())).toBe(count);
});

test('what is given back its weight because its warm-up failed counts too, and what is called off does not', async () => {
  const opened = warming(1);
  const rollout = opened.run();
  await rollout.untilEvent('weight-set');
  const { runner } = rollout.life;
  expect(runner.submit({ type: 'abort', how: 'put-back' }, by)).toBeUndefined();
  await opened.place.clock.advance(10);
  expect(runner.rollout().targets[0]).toMatchObject({ course: 'give-back', phase: 'running' });
  expect(failureCount(runner.rollout())).toBe(0);
});

/** Two seconds after the first one began: long before it is through. */
const soon: Partial<Plan> = { deadline: { afterMs: 2000 } };

test('past the deadline nothing new begins, what is under way comes to its end, and exit 1 says that there is more', async () => {
  const { run, began, place } = failing([], soon);
  const rollout = run();
  expect(await rollout.end()).toBe(1);
  expect(began).toEqual([four[0]]);
  expect(isAllOn(place)).toBe(true);
  expect(rollout.events.filter(({ type }) => type === 'deadline-passed')).toHaveLength(1);
  expect(await rollout.untilEvent('runner-rested')).toMatchObject({ why: 'deadline', exitCode: 1 });
});

test('who carries it on does so without the deadline that has passed', async () => {
  const { run, began } = failing([], soon);
  expect(await run().end()).toBe(1);
  expect(await run({ isResumed: true }).end()).toBe(0);
  expect(began).toEqual(four);
});

test('or with another one', async () => {
  const { run, began, place } = failing([], soon);
  expect(await run().end()).toBe(1);
  const deadline = new Date(place.clock.wallClock() + 1000).toISOString();
  const second = run({ isResumed: true, deadline });
  expect(await second.end()).toBe(1);
  expect(began).toEqual([four[0], four[1]]);
  expect(second.events.find(({ type }) => type === 'deadline-set')).toMatchObject({ deadline, by });
});

test('a failure past the deadline is a failure: exit 3', async () => {
  const { run } = failing([1], soon);
  const rollout = run();
  expect(await rollout.end()).toBe(3);
  expect((await rollout.untilEvent('runner-rested')).why).toBe('stuck');
});

test('where a person is there it waits for one, and goes on when told so', async () => {
  const { run, began } = failing([], soon, true);
  const rollout = run();
  await rollout.untilEvent('enabled');
  await rollout.place.clock.advance(60_000);
  expect(began).toEqual([four[0]]);
  expect(rollout.life.runner.submit({ type: 'continue' }, by)).toBeUndefined();
  expect(await rollout.end()).toBe(0);
  expect(began).toEqual(four);
});

test('a deadline that nothing is left for holds nothing up', async () => {
  const { run } = failing([], { deadline: { afterMs: 30 * 86_400_000 } });
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  expect(rollout.events.some(({ type }) => type === 'deadline-passed')).toBe(false);
});
