import { expect, test } from 'vitest';
import { isAllOn, plainPlace, plainScenario } from '../../simulation/run-plain.ts';

const target = '10.0.0.1:8080';
const by = 'someone@here';
const rollback = { run: './roll-back', timeoutMs: 60_000 };

/** Two instances; the first command of the first one fails. */
function firstDeployFails(hasRollback = true) {
  const scenario = plainScenario(2, (plan) => ({
    ...plan,
    targets: plan.targets.map((one) => (hasRollback ? { ...one, rollback } : one)),
  }));
  return plainPlace(scenario, (_process, count, good) => (count === 1 ? { ...good(), code: 1 } : good()));
}

test("roll-back runs the plan's rollback command, then check and enable; the rest goes forward", async () => {
  const { run, place, began } = firstDeployFails();
  const rollout = run();
  await rollout.untilStuck();
  expect(rollout.life.runner.submit({ type: 'decide', target, decision: 'roll-back' }, by)).toBeUndefined();
  // Everything is back in service, and not all of it is new.
  expect(await rollout.end()).toBe(1);
  const commands = rollout.events.flatMap((event) => (event.type === 'deploy-began' ? [event.command] : []));
  expect(commands[1]).toBe('./roll-back');
  expect(commands.filter((command) => command === './roll-back')).toHaveLength(1);
  const types = rollout.events
    .filter((event) => 'target' in event && event.target === target)
    .map(({ type }) => type);
  // It was off and drained all the while: it drains no second time.
  expect(types.filter((type) => type === 'drain-began')).toHaveLength(1);
  expect(types.slice(types.lastIndexOf('deploy-began'))).toEqual(
    expect.arrayContaining(['check-passed', 'enabled']),
  );
  expect(began).toEqual([target, target, '10.0.0.2:8080']);
  expect(rollout.life.runner.rollout().targets.map(({ result }) => result)).toEqual(['rolled-back', 'done']);
  expect(isAllOn(place)).toBe(true);
});

test('without a rollback command there is none', async () => {
  const { run } = firstDeployFails(false);
  const rollout = run();
  await rollout.untilStuck();
  const { runner } = rollout.life;
  expect(runner.submit({ type: 'decide', target, decision: 'roll-back' }, by)).toBe('not-possible-here');
  runner.submit({ type: 'decide', target, decision: 'retry' }, by);
  expect(await rollout.end()).toBe(0);
});

test('the second decision on a settled question is told so, also when it failed once more', async () => {
  const { run } = plainPlace(plainScenario(1), (_process, count, good) =>
    count <= 2 ? { ...good(), code: 1 } : good(),
  );
  const rollout = run();
  await rollout.untilStuck();
  const { runner } = rollout.life;
  const first = { type: 'decide', target, attempt: 1 } as const;
  expect(runner.submit({ ...first, decision: 'retry' }, by)).toBeUndefined();
  expect(runner.submit({ ...first, decision: 'leave-off' }, 'other@there')).toBe('already-decided');
  await rollout.untilStuck();
  expect(runner.submit({ ...first, decision: 'leave-off' }, 'other@there')).toBe('already-decided');
  expect(runner.submit({ ...first, attempt: 2, decision: 'retry' }, by)).toBeUndefined();
  expect(await rollout.end()).toBe(0);
});

test('what is on again goes off and drains before it is rolled back', async () => {
  const { run, place } = plainPlace(
    plainScenario(2, (plan) => ({ ...plan, targets: plan.targets.map((one) => ({ ...one, rollback })) })),
  );
  const rollout = run();
  await rollout.untilEvent('enable-began');
  Object.assign(place.processes.get(target) ?? {}, { isAnswering: false });
  await rollout.untilStuck();
  rollout.life.runner.submit({ type: 'decide', target, decision: 'roll-back' }, by);
  await rollout.untilEvent('deploy-began', 2);
  const types = rollout.events.map(({ type }) => type);
  expect(types.slice(types.indexOf('decided'))).toEqual(
    expect.arrayContaining(['disable-began', 'drain-ended', 'deploy-began']),
  );
});
