import { expect, test } from 'vitest';
import { repairRollout } from '../../../../src/runner/registry/repair.ts';
import { whileRunning } from '../../../support/processes/while-running.ts';
import { rolloutOn } from '../../../simulation/run-plain.ts';
import { seenOf } from '../../../simulation/world/ground-truth.ts';
import { firstWeight } from '../../../simulation/scenario/scenario.ts';
import { target, by, warming } from './warming.ts';

test('a weight that somebody else gives it meanwhile stays, and is named', async () => {
  const opened = warming(1);
  const rollout = opened.run();
  await rollout.untilEvent('weight-set', 2);
  opened.place.truth.write(opened.slotAt(), { enabled: true, weight: 7 }, 'person', 'flip');
  expect(await rollout.untilEvent('weight-overridden')).toMatchObject({ full: 5, found: 7 });
  expect(await rollout.end()).toBe(0);
  expect(seenOf(opened.slotAt())?.weight).toBe(7);
});

test('what somebody takes off meanwhile is not put on', async () => {
  const opened = warming(1);
  const rollout = opened.run();
  await rollout.untilEvent('weight-set', 1);
  opened.place.truth.write(opened.slotAt(), { enabled: false, weight: 0.5 }, 'person', 'click');
  await rollout.untilStuck();
  expect(rollout.life.runner.rollout().targets[0]?.failure).toMatchObject({
    step: 'warm-up',
    why: { kind: 'refused', refusals: [{ kind: 'taken-off' }] },
  });
  expect(seenOf(opened.slotAt())?.enabled).toBe(false);
});

/** Stopped with half of its weight, and nobody carries on. */
async function leftHalfWay(opened: ReturnType<typeof warming>): Promise<void> {
  const rollout = opened.run();
  await rollout.untilEvent('weight-set', 2);
  rollout.life.runner.submit({ type: 'stop' }, by);
  await rollout.end();
}

async function mended({ place, paper }: ReturnType<typeof warming>) {
  const mending = repairRollout({
    world: place.world,
    journal: { append: () => undefined },
    rollout: rolloutOn(paper),
    directory: '/s',
    by,
    isPuttingOn: true,
    gone: [],
  });
  return whileRunning(mending, () => place.clock.advance(1000));
}

test('what a rollout left with a part of its weight, a repair gives back, well or not, and it says that the rollout has ended', async () => {
  const opened = warming(2);
  await leftHalfWay(opened);
  const [process] = opened.place.processes.values();
  if (process !== undefined) process.isAnswering = false;
  expect(await mended(opened)).toEqual({
    mended: [{ target, kind: 'given-back' }],
    closed: [
      { target, result: 'put-on' },
      { target: '10.0.0.2:8080', result: 'untouched' },
    ],
  });
  expect(seenOf(opened.slotAt())).toMatchObject({ enabled: true, weight: firstWeight });
});

test('a repair does not put on what somebody took off', async () => {
  const opened = warming(1);
  await leftHalfWay(opened);
  opened.place.truth.write(opened.slotAt(), { enabled: false, weight: 2.5 }, 'person', 'click');
  await opened.place.clock.advance(2000);
  const repair = await mended(opened);
  expect(repair).toMatchObject({ mended: [{ target, kind: 'failed', why: { kind: 'refused' } }] });
  expect(repair.closed).toBeUndefined();
  expect(seenOf(opened.slotAt())?.enabled).toBe(false);
});
