import { expect, test } from 'vitest';
import { isAllOn, plainPlace } from '../../simulation/run-plain.ts';
import { ahead, expectOrder, first, second, typesOf } from './ahead-scenario.ts';

const by = 'someone@here';

/** The first deploy of the first target fails at once. */
function failing(options: Parameters<typeof ahead>[1] = {}) {
  return plainPlace(ahead(3, options), (_process, count, good) =>
    count === 1 ? { ...good(), code: 1, lastsMs: 8000, act: () => undefined } : good(),
  );
}

test('when the one before fails it comes back on undeployed, and goes once more after a retry', async () => {
  const { run, place, began } = failing();
  const rollout = run();
  await rollout.untilStuck();
  await rollout.until(() => typesOf(rollout).includes(`enabled ${second}`));
  expect(began).toEqual([first]);
  expect(rollout.life.runner.rollout().targets[1]).toMatchObject({ phase: 'waiting', course: 'forward' });
  expect(isAllOn(place)).toBe(false);
  expect(
    rollout.life.runner.submit({ type: 'decide', target: first, decision: 'retry' }, by),
  ).toBeUndefined();
  expect(await rollout.end()).toBe(0);
  expectOrder(
    rollout,
    `called-back ${second}`,
    `enabled ${second}`,
    `decided ${first}`,
    `check-passed ${first}`,
  );
  const attempts = rollout.events.filter((one) => one.type === 'disable-began' && one.target === second);
  expect(attempts).toMatchObject([{ attempt: 1 }, { attempt: 2, isAhead: true }]);
});

test('where nobody is asked and it stops, only the failed one is left off', async () => {
  const rollout = failing({ isAttended: false }).run();
  expect(await rollout.end()).toBe(3);
  const { targets } = rollout.life.runner.rollout();
  expect(targets.map(({ phase }) => phase)).toEqual(['stuck', 'waiting', 'waiting']);
  expect(typesOf(rollout).at(-1)).toBe('runner-rested');
});

test('where the plan goes on by itself, nobody is called back', async () => {
  const rollout = failing({ isAttended: false, onFailure: 'continue' }).run();
  expect(await rollout.end()).toBe(3);
  expect(typesOf(rollout)).not.toContain(`called-back ${second}`);
  expect(rollout.life.runner.rollout().targets.map(({ result }) => result)).toEqual([
    'left-off',
    'done',
    'done',
  ]);
});

test('without its person it comes back on, and the one before comes to its end', async () => {
  const { run, place } = plainPlace(ahead(3));
  const rollout = run();
  await rollout.untilEvent('drain-began', 2);
  rollout.life.runner.record({ type: 'face-lost', by });
  expect(await rollout.end()).toBe(130);
  expect(isAllOn(place)).toBe(true);
  expect(rollout.life.runner.rollout().targets.map(({ phase }) => phase)).toEqual([
    'ended',
    'waiting',
    'waiting',
  ]);
});

test('a pause holds it, kept out, and continuing deploys it', async () => {
  const rollout = plainPlace(ahead(2)).run();
  await rollout.untilEvent('drain-began', 2);
  rollout.life.runner.submit({ type: 'pause' }, by);
  await rollout.untilEvent('drain-ended', 2);
  const [slot] = rollout.place.processes.get(second)?.slots ?? [];
  if (slot === undefined) throw new Error('nobody is there');
  rollout.place.truth.forget(slot);
  await rollout.untilEvent('exposure-ended');
  rollout.life.runner.submit({ type: 'continue' }, by);
  expect(await rollout.end()).toBe(0);
  expect((await rollout.untilEvent('drain-began', 3)).target).toBe(second);
  expectOrder(rollout, `exposed ${second}`, `deploy-began ${second}`);
});

test('aborted it is put back for good', async () => {
  const rollout = plainPlace(ahead(2)).run();
  await rollout.untilEvent('drain-began', 2);
  rollout.life.runner.submit({ type: 'abort', how: 'put-back' }, by);
  expect(await rollout.end()).toBe(1);
  expect(rollout.life.runner.rollout().targets.map(({ result }) => result)).toEqual(['done', 'put-back']);
});
