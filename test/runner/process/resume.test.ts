import { expect, test } from 'vitest';
import { offByUs } from '../../../src/core/rollout/rollout.ts';
import { isOffBecauseOfUs } from '../../simulation/world/ground-truth.ts';
import { isAllOn, plainPlace, plainScenario, rolloutOn } from '../../simulation/run-plain.ts';
import type { Death } from '../../simulation/runner-life.ts';
import { instance } from '../../simulation/scenario/scenario.ts';

/** A runner of two targets dies at one event; the next one, a minute later, carries on. */
async function dieAndResume(death: Death) {
  const scenario = { ...plainScenario(2), isAttended: false };
  const { place, paper, run, began } = plainPlace({
    ...scenario,
    plan: { ...scenario.plan, onUnknown: 'again' },
  });
  const first = await run({ death }).end();
  const named = new Set(offByUs(rolloutOn(paper)).map(({ target }) => target.name));
  const forgotten = [...place.processes.values()].filter(
    ({ name, slots }) => slots.some(isOffBecauseOfUs) && !named.has(name),
  );
  if (first !== 'died') return { place, began, forgotten, exitCode: first, isOver: true };
  await place.clock.advance(70_000);
  const { ended, runner } = rolloutOn(paper);
  // Its last line was on disk: there is nothing to carry on.
  if (ended !== undefined) return { place, began, forgotten, exitCode: ended.exitCode, isOver: false };
  const exitCode = await run({ isResumed: runner !== undefined }).end();
  return { place, began, forgotten, exitCode, isOver: false };
}

test.each(['none', 'torn', 'whole'] as const)(
  'killed at any event, its line %s on disk: the next runner ends with everything on',
  async (line) => {
    let atEvent = 1;
    for (; ; atEvent++) {
      const { place, forgotten, exitCode, began, isOver } = await dieAndResume({ line, atEvent });
      if (isOver) break;
      expect({ atEvent, line, exitCode, isAllOn: isAllOn(place), forgotten }).toEqual({
        atEvent,
        line,
        exitCode: 0,
        isAllOn: true,
        forgotten: [],
      });
      expect(began.length).toBeGreaterThanOrEqual(2);
    }
    expect(atEvent).toBeGreaterThan(30);
  },
);

test.each([1, 2, 3, 4])('killed at write %i, while it is on its way', async (atWrite) => {
  const { place, forgotten, exitCode } = await dieAndResume({ line: 'none', atWrite });
  expect({ exitCode, isAllOn: isAllOn(place), forgotten }).toEqual({
    exitCode: 0,
    isAllOn: true,
    forgotten: [],
  });
});

test('what was stopped is carried on', async () => {
  const { place, run } = plainPlace(plainScenario(2));
  const first = run();
  await first.untilEvent('drain-began');
  first.life.runner.submit({ type: 'stop' }, 'someone@here');
  expect(await first.end()).toBe(3);
  expect(await run({ isResumed: true }).end()).toBe(0);
  expect(isAllOn(place)).toBe(true);
});

test('a command that outlives its runner is waited for, and not run again', async () => {
  const { place, run, began } = plainPlace(plainScenario(1));
  const first = run();
  await first.untilEvent('deploy-began');
  await place.clock.advance(1000);
  first.life.die();
  await place.clock.advance(600_000);
  const second = run({ isResumed: true });
  expect(await second.end()).toBe(0);
  expect(began).toHaveLength(1);
  const ended = await second.untilEvent('deploy-ended');
  expect(ended.result).toEqual({ kind: 'exited', code: 0 });
  // Nothing tells here when it ended.
  expect(ended.ms).toBeGreaterThan(600_000);
});

test('a command that never began runs as the next attempt, after another drain', async () => {
  const { run, began } = plainPlace(plainScenario(1));
  // The runner dies over the line that announces the deploy, before it starts anything.
  const rehearsed = plainPlace(plainScenario(1)).run();
  await rehearsed.end();
  const atEvent = rehearsed.events.findIndex((event) => event.type === 'deploy-began') + 1;
  await run({ death: { line: 'whole', atEvent } }).end();
  const second = run({ isResumed: true });
  expect(await second.end()).toBe(0);
  const order = second.events.map((event) => event.type);
  expect(order.indexOf('drain-began')).toBeGreaterThan(order.indexOf('deploy-ended'));
  expect(order.indexOf('deploy-began')).toBeGreaterThan(order.indexOf('drain-ended'));
  expect(began).toHaveLength(1);
});

test('a command that is gone without an outcome is a question for a person', async () => {
  const { place, run, began } = plainPlace(plainScenario(1));
  const first = run();
  await first.untilEvent('deploy-began');
  await place.clock.advance(1000);
  first.life.die();
  place.commands.killAll();
  const second = run({ isResumed: true });
  await second.untilStuck();
  await place.clock.advance(60_000);
  expect(began).toHaveLength(1);
  const target = '10.0.0.1:8080';
  const order = { type: 'decide', target, decision: 'take-as-done' } as const;
  expect(second.life.runner.submit(order, 'someone@here')).toBeUndefined();
  expect(await second.end()).toBe(0);
  expect(began).toHaveLength(1);
});

test('without a person it rests, unless the plan says to run it again', async () => {
  const { place, run } = plainPlace({ ...plainScenario(1), isAttended: false });
  const first = run();
  await first.untilEvent('deploy-began');
  await place.clock.advance(1000);
  first.life.die();
  place.commands.killAll();
  expect(await run({ isResumed: true }).end()).toBe(3);
});

test('a disable that a crash cut off may be applied late: the enable waits for it', async () => {
  const { run } = plainPlace(plainScenario(1));
  expect(await run({ death: { atWrite: 1, line: 'whole' } }).end()).toBe('died');
  const next = run({ isResumed: true, isPuttingBack: true });
  expect(await next.end()).toBe(1);
  const began = next.events.find((event) => event.type === 'runner-started');
  const written = next.events.find((event) => event.type === 'write-began');
  expect(written).toMatchObject({ enabled: true });
  expect(Date.parse(written?.at ?? '') - Date.parse(began?.at ?? '')).toBeGreaterThanOrEqual(24_000);
});

test('resumed without a person, a command whose end nobody knows is not run again, however often', async () => {
  const { place, run, began } = plainPlace({ ...plainScenario(1), isAttended: false });
  const first = run();
  await first.untilEvent('deploy-began');
  await place.clock.advance(1000);
  first.life.die();
  place.commands.killAll();
  expect(await run({ isResumed: true }).end()).toBe(3);
  expect(await run({ isResumed: true }).end()).toBe(3);
  expect(began).toHaveLength(1);
});

test('a drain taken over begins when every server node has said that it is off', async () => {
  const scenario = plainScenario(1);
  const silent = [0, 1].map((node) => ({ node, fromMs: 2000, toMs: 6000, isQuick: true }));
  const { place, run } = plainPlace({ ...scenario, weather: { ...scenario.weather, silent } });
  const first = run();
  await first.untilEvent('drain-began');
  first.life.die();
  const slot = place.truth.slotOf(instance('orders', 'DEFAULT_GROUP', 1, 8080));
  place.clock.after(1000, () => place.truth.write(slot, { enabled: true, weight: 5 }, 'person', 'flip'));
  place.clock.after(4000, () => place.truth.write(slot, { enabled: false, weight: 5 }, 'person', 'click'));
  await place.clock.advance(1500);
  const next = run({ isResumed: true });
  await next.untilEvent('drain-began');
  expect(place.clock.monotonic()).toBeGreaterThanOrEqual(6000);
  expect(await next.end()).toBe(0);
});
