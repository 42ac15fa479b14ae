import { expect, test } from 'vitest';
import { rollBackPlan } from '../../../src/core/roll-back/roll-back-plan.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { leftByUs } from '../../../src/core/rollout/rollout.ts';
import { type Slot, seenOf } from '../../simulation/world/ground-truth.ts';
import { type PlainRun, isAllOn, plainPlace, plainScenario, rolloutOn } from '../../simulation/run-plain.ts';

const by = 'someone@here';
const first = '10.0.0.1:8080';
const second = '10.0.0.2:8080';
const rollback = { run: './rollback.sh', timeoutMs: 60_000 };
const scenario = plainScenario(3, (plan) => ({
  ...plan,
  targets: plan.targets.map((one) => ({ ...one, rollback })),
}));

/** The second deploy fails, and its runner rests; then the plan that takes it back, of what is listed then. */
async function failedAndTakenBack(): Promise<Plan> {
  const { run, paper, place } = plainPlace({ ...scenario, isAttended: false }, (_process, count, good) =>
    count === 2 ? { ...good(), code: 1 } : good(),
  );
  expect(await run().end()).toBe(3);
  const listed = [...place.truth.slots.values()].flatMap((slot) => {
    const seen = seenOf(slot);
    return seen === undefined ? [] : [{ ...slot.id, ...seen, healthy: true, ephemeral: true }];
  });
  const made = rollBackPlan(rolloutOn(paper), () => listed);
  if (!made.ok) throw new Error(made.problem.kind);
  return made.plan;
}

function slotOf(slots: Iterable<Slot>, target: string): Slot {
  const slot = [...slots].find((one) => target.startsWith(`${one.id.ip}:`));
  if (slot === undefined) throw new Error(`no slot of ${target}`);
  return slot;
}

test.each(['off', 'away'] as const)(
  'a rollout that failed is taken back, the one that it left %s first, and all are on',
  async (left) => {
    const plan = await failedAndTakenBack();
    expect(plan.targets.map(({ name }) => name)).toEqual([second, first]);
    expect(plan.targets[0]?.registrations).toMatchObject([{ left: 'off', wasEnabled: true }]);
    const targets = plan.targets.map((target) =>
      target.name === second
        ? { ...target, registrations: target.registrations.map((one) => ({ ...one, left })) }
        : target,
    );
    const { place, paper, run, began } = plainPlace({ ...scenario, plan: { ...plan, targets } });
    const slot = slotOf(place.truth.slots.values(), second);
    place.truth.write(slot, { enabled: false, weight: 5 }, 'us', 'write');
    if (left === 'away') place.truth.deregister(slot);
    // The new journal names it before anything is done.
    expect(leftByUs(rolloutOn(paper)).map(({ target }) => target.name)).toEqual([second]);
    const rollout = run();
    expect(await rollout.end()).toBe(0);
    expect(began).toEqual([second, first]);
    expect(rollout.events.filter(({ type }) => type === 'deploy-began')).toMatchObject([
      { target: second, command: './rollback.sh' },
      { target: first, command: './rollback.sh' },
    ]);
    expect(leftByUs(rolloutOn(paper))).toEqual([]);
    expect(isAllOn(place)).toBe(true);
  },
);

test('stopped before its turn, what was off already is still named: exit 3', async () => {
  const plan = await failedAndTakenBack();
  const { run, paper, place } = plainPlace({
    ...scenario,
    isAttended: true,
    plan: { ...plan, targets: plan.targets.map((one, index) => ({ ...one, batch: 1 - index })) },
  });
  place.truth.write(slotOf(place.truth.slots.values(), second), { enabled: false, weight: 5 }, 'us', 'write');
  const rollout = run();
  rollout.life.runner.submit({ type: 'abort', how: 'put-back' }, 'someone@here');
  expect(await rollout.end()).toBe(3);
  expect(leftByUs(rolloutOn(paper)).map(({ target }) => target.name)).toEqual([second]);
});

test.each([
  [
    'somebody aborts',
    (rollout: PlainRun) => rollout.life.runner.submit({ type: 'abort', how: 'put-back' }, by),
  ],
  ['its disable fails', undefined],
])('what was left off runs what failed, and is not put on before it is taken back: %s', async (_, act) => {
  const plan = await failedAndTakenBack();
  const { run, paper, place } = plainPlace({ ...scenario, isAttended: false, plan });
  const slot = slotOf(place.truth.slots.values(), second);
  place.truth.write(slot, { enabled: false, weight: 5 }, 'us', 'write');
  const { registry } = place.world;
  const write = registry.write.bind(registry);
  const error = { kind: 'forbidden', resource: 'orders', action: 'write' } as const;
  registry.write = async (wish) =>
    act === undefined && !wish.enabled ? { kind: 'refused', error } : write(wish);
  const rollout = run();
  await rollout.untilEvent(act === undefined ? 'disable-began' : 'drain-began');
  if (act === undefined) place.truth.write(slot, { enabled: true, weight: 5 }, 'person', 'click');
  act?.(rollout);
  expect(await rollout.end()).toBe(3);
  const wasPutOn = rollout.events.some((event) => event.type === 'write-began' && event.enabled);
  expect(wasPutOn).toBe(false);
  expect(leftByUs(rolloutOn(paper)).map(({ target }) => target.name)).toEqual([second]);
});
