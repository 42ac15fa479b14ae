import { expect, test } from 'vitest';
import type { TakenOff } from '../../../src/core/event/failure.ts';
import { failedSteps, isTakenOff } from '../../../src/core/rollout/target-state.ts';
import type { Decision } from '../../../src/core/event/event-parts.ts';
import { type PlainRun, isAllOn, plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import type { World } from '../../../src/world/world.ts';
import { firstWeight, instance } from '../../simulation/scenario/scenario.ts';

const second = instance('orders', 'DEFAULT_GROUP', 2, 8080);
const name = '10.0.0.2:8080';
const byBob = { rollout: '7f3a', by: 'bob', command: `nacos-rollout disable orders --instance ${name}` };

function decide(run: PlainRun, decision: Decision): void {
  run.life.runner.submit({ type: 'decide', target: name, decision }, 'ann');
}

/** Somebody takes off the second while the first drains; its turn comes. */
async function takenOffMeanwhile(known?: TakenOff) {
  const { run, place } = plainPlace(plainScenario(2));
  const takenOff: World['takenOff'] = ({ ip }) => (ip === second.ip ? known : undefined);
  Object.assign(place.world, { takenOff });
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const slot = place.truth.slotOf(second);
  const switchTo = (enabled: boolean): boolean =>
    place.truth.write(slot, { enabled, weight: firstWeight }, 'person', 'click');
  switchTo(false);
  await rollout.untilStuck();
  const state = () => rollout.life.runner.rollout().targets[1];
  return { rollout, place, slot, switchTo, state };
}

test('somebody takes off the second while the first drains: it is asked about, not put on', async () => {
  const { rollout, state } = await takenOffMeanwhile();
  expect(await rollout.untilEvent('step-failed')).toMatchObject({
    target: name,
    step: 'disable',
    why: {
      kind: 'refused',
      refusals: [{ kind: 'taken-off', instance: `${name} orders`, registration: 0 }],
    },
  });
  const written = rollout.events.filter((event) => event.type === 'write-began');
  expect(written.map(({ target }) => target)).not.toContain(name);
  expect(state()).toMatchObject({ registrations: [{ isTakenOff: true, mark: 'untouched' }] });
});

test('what our own one-shot command took off is named with it, and when', async () => {
  const { rollout } = await takenOffMeanwhile({ ...byBob, at: '2100-01-01T00:00:00.000Z' });
  const { why } = await rollout.untilEvent('step-failed');
  expect(why).toMatchObject({ refusals: [{ takenOff: byBob }] });
});

test('what a journal says of before the plan, which found it on, names nobody', async () => {
  const { rollout } = await takenOffMeanwhile({ ...byBob, at: '1960-01-01T00:00:00.000Z' });
  const { why } = await rollout.untilEvent('step-failed');
  expect(why).not.toHaveProperty('refusals.0.takenOff');
});

test('a person who puts it on has it on, read back', async () => {
  const { rollout, place } = await takenOffMeanwhile();
  decide(rollout, 'put-on');
  expect(await rollout.end()).toBe(1);
  expect(isAllOn(place)).toBe(true);
  const written = rollout.events.filter((event) => event.type === 'write-began' && event.target === name);
  expect(written).toMatchObject([{ enabled: true, purpose: 'enable' }]);
  const [, ended] = rollout.life.runner.rollout().targets;
  expect(ended).toMatchObject({ result: 'put-on' });
  if (ended === undefined) throw new Error('no target');
  expect(isTakenOff(ended)).toBe(false);
  expect(failedSteps(ended)).toEqual(['disable']);
});

test('a retry finds it off still, and rolls it once somebody has put it on', async () => {
  const { rollout, place, switchTo, state } = await takenOffMeanwhile();
  decide(rollout, 'retry');
  await rollout.untilEvent('step-failed', 2);
  expect(state()).toMatchObject({ phase: 'stuck', registrations: [{ isTakenOff: true }] });
  switchTo(true);
  // Every list shows it by then.
  await place.clock.advance(3000);
  decide(rollout, 'retry');
  expect(await rollout.end()).toBe(0);
  expect(state()).toMatchObject({ result: 'done' });
});

test.each(['leave-off', 'abort'] as const)('after %s it is left off, and not by us', async (what) => {
  const { rollout, state, slot } = await takenOffMeanwhile();
  if (what === 'abort') rollout.life.runner.submit({ type: 'abort', how: 'put-back' }, 'ann');
  else decide(rollout, what);
  expect(await rollout.end()).toBe(1);
  expect(state()).toMatchObject({ result: 'left-off', registrations: [{ mark: 'untouched' }] });
  expect(slot).toMatchObject({ override: { enabled: false } });
});

test('a crash before it is put on changes nothing of that', async () => {
  const { run, place } = plainPlace(plainScenario(2));
  const before = run();
  await before.untilEvent('drain-began');
  place.truth.write(place.truth.slotOf(second), { enabled: false, weight: firstWeight }, 'person', 'click');
  await before.untilStuck();
  before.life.die();
  const after = run({ isResumed: true, decisions: [{ target: name, decision: 'put-on' }] });
  await after.end();
  expect(isAllOn(place)).toBe(true);
});
