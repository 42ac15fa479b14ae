import { expect, test } from 'vitest';
import { meantOffBy } from '../../../src/core/rollout/guard.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { offByUs } from '../../../src/core/rollout/rollout.ts';
import { takenOff } from '../../../src/core/report/left-off.ts';
import { type PlainRun, plainPlace, plainScenario, rolloutOn } from '../../simulation/run-plain.ts';
import { instance } from '../../simulation/scenario/scenario.ts';
import { seenOf } from '../../simulation/world/ground-truth.ts';

const first = instance('orders', 'DEFAULT_GROUP', 1, 8080);

/** Ten check looks after a restart of 90 s: longer than Nacos remembers. */
function offBefore(plan: Plan): Plan {
  const targets = plan.targets.map((target) => ({
    ...target,
    registrations: target.registrations.map((one) => ({ ...one, wasEnabled: false })),
    check: { ...target.check, withinMs: 200_000 },
  }));
  return { ...plan, targets };
}

function writesOf(rollout: PlainRun): readonly boolean[] {
  return rollout.events.flatMap((event) => (event.type === 'write-began' ? [event.enabled] : []));
}

test('taken along: kept out while it is away for longer than Nacos remembers, and never put on', async () => {
  const { run, place, paper } = plainPlace(plainScenario(1, offBefore), (_process, _count, good) =>
    good(90_000),
  );
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  expect(rollout.events.filter(({ type }) => type === 'exposed')).toEqual([]);
  expect(writesOf(rollout)).not.toContain(true);
  expect(writesOf(rollout)).toContain(false);
  expect(place.truth.slotOf(first).override).toMatchObject({ enabled: false });
  expect(offByUs(rolloutOn(paper))).toEqual([]);
});

test('taken along, and put on by somebody in the drain: off again, and the drain starts anew', async () => {
  const { run, place } = plainPlace(plainScenario(1, offBefore));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  place.truth.forget(place.truth.slotOf(first));
  await rollout.untilEvent('exposure-ended');
  expect((await rollout.untilEvent('drain-began', 2)).attempt).toBe(2);
  expect(await rollout.end()).toBe(0);
});

test('taken along, what is off already is not taken off once more', async () => {
  const { run } = plainPlace(plainScenario(1, offBefore));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  expect(writesOf(rollout)).toEqual([]);
});

test('taken along, it serves nobody, though a restart shows it as on for a moment', async () => {
  const { run } = plainPlace(plainScenario(2, offBefore));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const [one, other] = rollout.life.runner.rollout().targets;
  expect(meantOffBy(rollout.life.runner.rollout(), other?.name ?? '')).toMatchObject([{ ip: first.ip }]);
  expect(meantOffBy(rollout.life.runner.rollout(), one?.name ?? '')).toEqual([]);
});

test('the journals know who took an instance off, on which Nacos', async () => {
  const { run, paper } = plainPlace(plainScenario(1), (_process, _count, good) => ({ ...good(), code: 1 }));
  const rollout = run();
  await rollout.untilStuck();
  const journal = rolloutOn(paper);
  const { reached } = journal.planned;
  expect(takenOff([journal], reached, first)).toMatchObject({
    rollout: journal.id,
    by: journal.planned.by,
    at: journal.targets[0]?.steps.disable.beganAt,
  });
  expect(takenOff([journal], { ...reached, servers: ['http://elsewhere:8848'] }, first)).toBeUndefined();
  expect(takenOff([journal], reached, { ...first, port: 1 })).toBeUndefined();
});

test('taken along, and left by an abort after its deploy: kept out for as long as others take', async () => {
  const firstOff = (plan: Plan): Plan => {
    const [off] = offBefore(plan).targets;
    const targets = plan.targets.map((one, index) => (index === 0 && off ? off : one));
    return { ...plan, targets: targets.map((one) => ({ ...one, batch: 0 })) };
  };
  const { run, place } = plainPlace(plainScenario(2, firstOff), (_process, count, good) => ({
    ...good(),
    lastsMs: count === 1 ? 4000 : 50_000,
  }));
  const rollout = run();
  await rollout.untilEvent('deploy-ended');
  rollout.life.runner.submit({ type: 'abort', how: 'leave' }, 'ann');
  place.truth.forget(place.truth.slotOf(first));
  await rollout.untilEvent('exposed');
  await rollout.until(() => seenOf(place.truth.slotOf(first))?.enabled === false, 6000);
});
