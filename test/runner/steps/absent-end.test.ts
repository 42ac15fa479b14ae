import { expect, test } from 'vitest';
import type { Target } from '../../../src/core/plan/plan.ts';
import { offByUs } from '../../../src/core/rollout/rollout.ts';
import { isAllOn, plainPlace, plainScenario, rolloutOn } from '../../simulation/run-plain.ts';
import { firstWeight, instance } from '../../simulation/scenario/scenario.ts';

const target = '10.0.0.1:8080';
const by = 'someone@here';
const own = instance('orders', 'DEFAULT_GROUP', 1, 8080);

/** A deploy that ends badly, and the process is gone for good. */
function goneAfterDeploy() {
  return plainPlace(plainScenario(1), (_process, _count, good) => ({ ...good(600_000), code: 1 }));
}

test('put on while it is absent: the mark says on, with its weight, and nothing is ours any more', async () => {
  const { run, place, paper } = goneAfterDeploy();
  const rollout = run();
  await rollout.untilStuck();
  await rollout.untilEvent('went-away');
  await place.clock.advance(10_000);
  rollout.life.runner.submit({ type: 'decide', target, decision: 'put-on' }, by);
  expect(await rollout.end()).toBe(1);
  expect(place.truth.slotOf(own).override).toMatchObject({ enabled: true, weight: firstWeight });
  expect(offByUs(rolloutOn(paper))).toEqual([]);
});

test('put back while it is absent before its deploy: no mark keeps it off when it returns', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  place.truth.deregister(place.truth.slotOf(own));
  await rollout.untilEvent('went-away');
  await place.clock.advance(1000);
  rollout.life.runner.submit({ type: 'abort', how: 'put-back' }, by);
  expect(await rollout.end()).toBe(1);
  place.truth.register(place.truth.slotOf(own), {
    weight: firstWeight,
    metadata: { version: '1' },
    isHealthy: true,
  });
  await place.clock.advance(5000);
  expect(isAllOn(place)).toBe(true);
});

test('left off while it is absent: the journal names the mark, exit 3', async () => {
  const { run, paper } = goneAfterDeploy();
  const rollout = run();
  await rollout.untilStuck();
  await rollout.untilEvent('went-away');
  rollout.life.runner.submit({ type: 'decide', target, decision: 'leave-off' }, by);
  expect(await rollout.end()).toBe(3);
  expect(offByUs(rolloutOn(paper))).toMatchObject([{ target: { name: target, result: 'left-off' } }]);
});

test('what the new version registers is told apart from what an edit hid', async () => {
  const { run } = plainPlace(plainScenario(1));
  const rollout = run();
  const changed = await rollout.untilEvent('changed');
  expect(changed).toMatchObject({ what: 'metadata.version', before: '1', after: '2' });
  expect(['new-version', 'new-version-or-override-dropped']).toContain(changed.cause);
  expect(await rollout.end()).toBe(0);
});

type Leaving = { readonly backAfterMs?: number; readonly remembers?: boolean };

/** Well when it was checked, the first one leaves before it is on again; then it comes back after so long, if at all. */
function leavesOnceChecked(check: Target['check'], { backAfterMs, remembers = true }: Leaving = {}) {
  const scenario = plainScenario(2, (plan) => ({
    ...plan,
    targets: plan.targets.map((one) => ({ ...one, check })),
  }));
  const { run, place, paper, began } = plainPlace({ ...scenario, remembers });
  const rollout = run();
  const slot = place.truth.slotOf(own);
  let isGone = false;
  rollout.life.runner.follow((event) => {
    if (event.type !== 'check-passed' || isGone) return;
    isGone = true;
    place.truth.deregister(slot);
    const registered = { weight: firstWeight, metadata: { version: '2' }, isHealthy: true };
    if (backAfterMs !== undefined)
      void place.clock.sleep(backAfterMs).then(() => place.truth.register(slot, registered));
  });
  return { rollout, place, paper, began };
}

const checks = [
  { kind: 'registration', successes: 1, withinMs: 120_000 },
  { kind: 'tcp', isDefault: false, successes: 2, withinMs: 60_000 },
] as const;

test.each(checks.flatMap((check) => [true, false].map((remembers) => ({ check, remembers }))))(
  'gone since its check ($check.kind, remembered: $remembers): it is not on, and the next one stays on',
  async ({ check, remembers }) => {
    const { rollout, paper, began } = leavesOnceChecked(check, { remembers });
    await rollout.untilStuckOrEnd();
    expect(rollout.life.runner.rollout().targets).toMatchObject([
      {
        phase: 'stuck',
        failure: { step: 'enable', why: { kind: 'check', reading: { kind: 'not-registered' } } },
      },
      { phase: 'waiting' },
    ]);
    expect(began).toEqual([target]);
    expect(offByUs(rolloutOn(paper))).toMatchObject([{ target: { name: target } }]);
  },
);

test('gone since its check, and said to be on as it is: nobody waits for it', async () => {
  const { rollout, place, paper } = leavesOnceChecked(checks[1]);
  await rollout.untilStuckOrEnd();
  rollout.life.runner.submit({ type: 'decide', target, decision: 'put-on' }, by);
  expect(await rollout.end()).toBe(0);
  expect(place.truth.slotOf(own).override).toMatchObject({ enabled: true, weight: firstWeight });
  expect(offByUs(rolloutOn(paper))).toEqual([]);
});

test('away for a moment after its check: it is on once it is back', async () => {
  const { rollout, place } = leavesOnceChecked(checks[1], { backAfterMs: 10_000 });
  expect((await rollout.untilEvent('enabled')).ms).toBeGreaterThanOrEqual(10_000);
  expect(await rollout.end()).toBe(0);
  expect(isAllOn(place)).toBe(true);
});
