import { expect, test } from 'vitest';
import type { Occasions } from '../../../src/core/hooks/occasion.ts';
import type { CommandResult } from '../../../src/core/event/failure.ts';
import type { Notice } from '../../../src/core/report/due-notices.ts';
import { runOccasions } from '../../../src/runner/process/run-occasions.ts';
import type { CommandOrder, Commands } from '../../../src/world/world.ts';
import { type PlainRun, isAllOn, plainPlace, plainScenario } from '../../simulation/run-plain.ts';

const by = 'someone@here';
const command = { run: './tell.sh', timeoutMs: 60_000 };
const on: Occasions = { pause: command, failure: command, stop: command, finish: command };
const good: CommandResult = { kind: 'exited', code: 0 };
const bad: CommandResult = { kind: 'exited', code: 1 };

function placeOf(occasions: Occasions = on, count = 1, failing = 0) {
  return plainPlace(
    plainScenario(count, (plan) => ({ ...plan, on: occasions, overrides: ['orders'] })),
    (_process, nth, make) => (nth <= failing ? { ...make(), code: 1 } : make()),
  );
}

/** Commands that answer one after the other; what they were ordered. */
function commandsOf(...results: readonly (CommandResult | 'never')[]) {
  const ordered: (CommandOrder & { readonly isRecovered: boolean })[] = [];
  const answer = (order: CommandOrder, isRecovered: boolean): Promise<CommandResult> => {
    const result = results[ordered.length] ?? good;
    ordered.push({ ...order, isRecovered });
    return result === 'never' ? new Promise(() => undefined) : Promise.resolve(result);
  };
  const commands: Commands = {
    obstacle: () => undefined,
    run: (order) => answer(order, false),
    recover: (order) => answer(order, true),
  };
  return { commands, ordered };
}

function begin(rollout: PlainRun, commands: Commands, before: readonly Notice[] = []) {
  const { clock } = rollout.place;
  return runOccasions(rollout.life.runner, { commands, clock }, '/state', before);
}

const ofOccasions = (rollout: PlainRun): readonly object[] =>
  rollout.events.filter(({ type }) => type.startsWith('occasion-'));

test('a failed deploy, a pause and the end have their commands, with the event in the environment', async () => {
  const { run, place } = placeOf(on, 1, 1);
  const rollout = run();
  const { commands, ordered } = commandsOf();
  const occasions = begin(rollout, commands);
  await rollout.untilStuck();
  const { runner } = rollout.life;
  runner.submit({ type: 'pause' }, by);
  runner.submit({ type: 'decide', target: '10.0.0.1:8080', decision: 'retry' }, by);
  runner.submit({ type: 'continue' }, by);
  expect(await rollout.end()).toBe(0);
  await occasions.finish();
  expect(isAllOn(place)).toBe(true);
  expect(ordered.map(({ environment }) => environment['NACOS_ROLLOUT_ON'])).toEqual([
    'failure',
    'pause',
    'finish',
  ]);
  const told = ordered.map(
    ({ environment }) => JSON.parse(environment['NACOS_ROLLOUT_EVENT'] ?? '') as object,
  );
  expect(told).toMatchObject([
    { type: 'deploy-ended', target: '10.0.0.1:8080', result: { code: 1 } },
    { type: 'paused', by },
    { type: 'rollout-ended', exitCode: 0 },
  ]);
  expect(ordered[0]?.environment).toMatchObject({
    NACOS_ROLLOUT_IP: '10.0.0.1',
    NACOS_ROLLOUT_ID: 'simulated',
  });
  expect(new Set(ordered.map(({ directory }) => directory)).size).toBe(3);
});

test('one that fails is tried again after its wait, as often as the plan says, and the rollout waits for none', async () => {
  const finish = { ...command, retries: 2, waitMs: 20_000 };
  const { run, place } = placeOf({ finish });
  const rollout = run();
  const { commands, ordered } = commandsOf(bad, bad, bad, good);
  const occasions = begin(rollout, commands);
  expect(await rollout.end()).toBe(0);
  const endedMs = place.clock.monotonic();
  let isOver = false;
  void occasions.finish().then(() => (isOver = true));
  await rollout.until(() => isOver);
  expect(ordered).toHaveLength(3);
  expect(place.clock.monotonic() - endedMs).toBeGreaterThanOrEqual(40_000);
  expect(ofOccasions(rollout)).toMatchObject(
    [1, 2, 3].flatMap((attempt) => [
      { type: 'occasion-began', on: 'finish', attempt },
      { type: 'occasion-ended', on: 'finish', attempt, result: bad },
    ]),
  );
});

test('what ran when its runner was killed is found by the next one, and what was through is not run again', async () => {
  const pause = { ...command, retries: 1, waitMs: 0 };
  const { run, place } = placeOf({ pause });
  const first = run();
  const before: Notice[] = [];
  const { runner } = first.life;
  runner.follow((event) => before.push({ event, rollout: runner.rollout() }));
  const mute = commandsOf(good, 'never');
  begin(first, mute.commands);
  await first.untilEvent('drain-began');
  const pauseAndContinue = (): void => {
    runner.submit({ type: 'pause' }, by);
    runner.submit({ type: 'continue' }, by);
  };
  pauseAndContinue();
  await first.untilEvent('occasion-ended');
  pauseAndContinue();
  await first.untilEvent('occasion-began', 2);
  first.life.die();
  await place.clock.advance(70_000);
  const second = run({ isResumed: true });
  const { commands, ordered } = commandsOf(bad, bad);
  const occasions = begin(second, commands, before);
  expect(await second.end()).toBe(0);
  await occasions.finish();
  expect(ordered.map(({ isRecovered }) => isRecovered)).toEqual([true, false]);
  expect(ordered[0]?.directory).toBe(mute.ordered[1]?.directory);
});

test('what never began takes no try away', async () => {
  const { run, place } = placeOf({ pause: { ...command, retries: 1, waitMs: 0 } });
  const first = run();
  const before: Notice[] = [];
  const { runner } = first.life;
  runner.follow((event) => before.push({ event, rollout: runner.rollout() }));
  begin(first, commandsOf('never').commands);
  await first.untilEvent('drain-began');
  runner.submit({ type: 'pause' }, by);
  runner.submit({ type: 'continue' }, by);
  await first.untilEvent('occasion-began');
  first.life.die();
  await place.clock.advance(1000);
  const second = run({ isResumed: true });
  const { commands, ordered } = commandsOf({ kind: 'never-began' }, bad, bad);
  const occasions = begin(second, commands, before);
  expect(await second.end()).toBe(0);
  await occasions.finish();
  expect(ordered.map(({ isRecovered }) => isRecovered)).toEqual([true, false, false]);
});

test('without any in the plan nothing is run', async () => {
  const { run } = placeOf({});
  const rollout = run();
  const { commands, ordered } = commandsOf();
  const occasions = begin(rollout, commands);
  await rollout.end();
  await occasions.finish();
  expect(ordered).toEqual([]);
});
