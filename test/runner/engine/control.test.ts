import { expect, test } from 'vitest';
import { isAllOn, plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { instance } from '../../simulation/scenario/scenario.ts';

const target = '10.0.0.1:8080';
const by = 'someone@here';

test('a pause lets the step under way end, and begins no other until it is continued', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const { runner } = rollout.life;
  expect(runner.submit({ type: 'pause' }, by)).toBeUndefined();
  expect(runner.submit({ type: 'pause' }, by)).toBe('already-paused');
  await rollout.untilEvent('drain-ended');
  await place.clock.advance(120_000);
  expect(rollout.events.map((event) => event.type)).not.toContain('deploy-began');
  expect(runner.submit({ type: 'continue' }, by)).toBeUndefined();
  expect(runner.submit({ type: 'continue' }, by)).toBe('not-paused');
  expect(await rollout.end()).toBe(0);
});

test('a drain that is extended lasts longer, one that is skipped ends at once', async () => {
  const { run, place } = plainPlace(plainScenario(2));
  const rollout = run();
  const { runner } = rollout.life;
  expect(runner.submit({ type: 'skip-drain', target }, by)).toBe('not-draining');
  await rollout.untilEvent('drain-began');
  runner.submit({ type: 'extend-drain', target, byMs: 7000 }, by);
  expect((await rollout.untilEvent('drain-ended')).ms).toBe(12_000);
  await rollout.untilEvent('drain-began', 2);
  const beganMs = place.clock.monotonic();
  runner.submit({ type: 'skip-drain', target: '10.0.0.2:8080' }, by);
  await rollout.untilEvent('deploy-began', 2);
  expect(place.clock.monotonic() - beganMs).toBeLessThan(1000);
  expect(await rollout.end()).toBe(0);
});

test('what a drain was extended holds when it begins anew', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  rollout.life.runner.submit({ type: 'extend-drain', target, byMs: 60_000 }, by);
  await place.clock.advance(2000);
  // The server slips, and it is called for a moment.
  place.truth.forget(place.truth.slotOf(instance('orders', 'DEFAULT_GROUP', 1, 8080)));
  expect((await rollout.untilEvent('drain-began', 2)).totalMs).toBe(65_000);
  expect((await rollout.untilEvent('drain-ended')).ms).toBe(65_000);
});

test('stop kills the command and says what is off', async () => {
  const { run, place } = plainPlace(plainScenario(2), (_process, _count, good) => ({
    ...good(),
    lastsMs: undefined,
  }));
  const rollout = run();
  await rollout.untilEvent('deploy-began');
  rollout.life.runner.submit({ type: 'stop' }, by);
  expect(await rollout.end()).toBe(3);
  expect((await rollout.untilEvent('deploy-ended')).result).toEqual({ kind: 'killed' });
  expect(place.commands.runningCount).toBe(0);
});

test('stop before anything was written is an interruption', async () => {
  const { run } = plainPlace(plainScenario(2));
  const rollout = run();
  rollout.life.runner.submit({ type: 'stop' }, by);
  expect(await rollout.end()).toBe(130);
});

test.each([true, false])(
  'a lost face: the target in our hands is finished, and no other begun; asked: %s',
  async (isAttended) => {
    const { run, place, began } = plainPlace(plainScenario(2));
    const rollout = run({ isAttended });
    await rollout.untilEvent('drain-began');
    rollout.life.runner.record({ type: 'face-lost', by });
    expect(await rollout.end()).toBe(130);
    expect((await rollout.untilEvent('runner-rested')).why).toBe('unattended');
    expect(began).toEqual([target]);
    expect(isAllOn(place)).toBe(true);
  },
);

test('a lost face with a decision open: it is kept out until the time is up', async () => {
  const { run, place } = plainPlace(plainScenario(2), (_process, _count, good) => ({ ...good(), code: 1 }));
  const rollout = run();
  await rollout.untilStuck();
  const stuckMs = place.clock.monotonic();
  rollout.life.runner.record({ type: 'face-lost', by });
  expect(await rollout.end()).toBe(3);
  expect((await rollout.untilEvent('runner-rested')).why).toBe('undecided');
  expect(place.clock.monotonic() - stuckMs).toBeGreaterThanOrEqual(60_000);
});

test('the same while its process is away, though its mark is renewed all the time', async () => {
  const { run } = plainPlace(plainScenario(2), (_process, _count, good) => ({ ...good(3_000_000), code: 1 }));
  const rollout = run();
  await rollout.untilEvent('went-away');
  rollout.life.runner.record({ type: 'face-lost', by });
  expect(await rollout.end()).toBe(3);
  expect((await rollout.untilEvent('runner-rested')).why).toBe('undecided');
});

test('the end waits for a write that is on its way', async () => {
  const { run } = plainPlace(plainScenario(2));
  const rollout = run();
  await rollout.untilEvent('write-began');
  rollout.life.runner.submit({ type: 'abort', how: 'leave' }, by);
  expect(await rollout.end()).toBe(3);
  expect(rollout.events.at(-1)?.type).toBe('rollout-ended');
});

test('a face that comes back finds the runner waiting', async () => {
  const { run, place } = plainPlace(plainScenario(1), (_process, count, good) =>
    count === 1 ? { ...good(), code: 1 } : good(),
  );
  const rollout = run();
  await rollout.untilStuck();
  rollout.life.runner.record({ type: 'face-lost', by });
  await place.clock.advance(30_000);
  rollout.life.runner.record({ type: 'face-joined', by });
  await place.clock.advance(120_000);
  expect(rollout.outcome()).toBeUndefined();
  rollout.life.runner.submit({ type: 'decide', target, decision: 'retry' }, by);
  expect(await rollout.end()).toBe(0);
});

test('without the lease nothing is written, nobody can continue, and what drained drains again', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run();
  const { runner } = rollout.life;
  await rollout.untilEvent('drain-began');
  runner.record({ type: 'paused', by: 'nobody', why: 'lease-lost' });
  expect(runner.submit({ type: 'continue' }, by)).toBe('not-possible-here');
  const writesBefore = rollout.events.filter((event) => event.type === 'write-began').length;
  place.truth.forget(place.truth.slotOf(firstInstance));
  await place.clock.advance(10_000);
  // Somebody else takes it off: who looks only now sees nothing of it.
  place.truth.write(place.truth.slotOf(firstInstance), { enabled: false, weight: 5 }, 'person', 'click');
  await place.clock.advance(20_000);
  expect(rollout.events.filter((event) => event.type === 'write-began')).toHaveLength(writesBefore);
  runner.record({ type: 'continued', by: 'nobody' });
  expect(await rollout.end()).toBe(0);
  expect(rollout.events.filter((event) => event.type === 'drain-began').length).toBeGreaterThan(1);
});

test('a pause outlives a lease that is lost and found', async () => {
  const { run, place } = plainPlace(plainScenario(2));
  const rollout = run();
  const { runner } = rollout.life;
  await rollout.untilEvent('drain-began');
  runner.submit({ type: 'pause' }, by);
  runner.record({ type: 'paused', by: 'nobody', why: 'lease-lost' });
  runner.record({ type: 'continued', by: 'nobody' });
  expect(runner.rollout().paused).toEqual({ by, why: 'asked' });
  await place.clock.advance(60_000);
  expect(rollout.events.filter((event) => event.type === 'deploy-began')).toEqual([]);
  runner.submit({ type: 'continue' }, by);
  expect(await rollout.end()).toBe(0);
});

test('who resumes a rollout carries it on, whatever it was paused for', async () => {
  const { run } = plainPlace(plainScenario(1));
  const first = run();
  await first.untilEvent('drain-began');
  first.life.runner.submit({ type: 'pause' }, by);
  first.life.runner.record({ type: 'paused', by: 'nobody', why: 'lease-lost' });
  first.life.die();
  expect(await run({ isResumed: true }).end()).toBe(0);
});

const firstInstance = {
  namespace: 'public',
  group: 'DEFAULT_GROUP',
  service: 'orders',
  cluster: 'DEFAULT',
  ip: '10.0.0.1',
  port: 8080,
};
