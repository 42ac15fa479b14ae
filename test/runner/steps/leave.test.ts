import { expect, test } from 'vitest';
import type { Plan, Target } from '../../../src/core/plan/plan.ts';
import { isAllOn, type PlainRun, plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { noFaults } from '../../simulation/scenario/faults.ts';

const leave = (isInstead: boolean): Target['leave'] => ({
  call: { method: 'POST', url: 'http://{ip}:{port}/leave' },
  isInstead,
});
const back: Target['back'] = { method: 'POST', url: 'http://{ip}:{port}/back' };

function withTargets(change: Partial<Target>): (plan: Plan) => Plan {
  return (plan) => ({ ...plan, targets: plan.targets.map((target) => ({ ...target, ...change })) });
}

/** The kinds of events, without what a rollout always has. */
function story({ events }: PlainRun): readonly string[] {
  return events.flatMap((event) => {
    if (event.type === 'call-began') return [`${event.purpose} began`];
    if (event.type === 'write-began' && event.purpose !== 'hold-absent')
      return [`${event.purpose} ${event.enabled ? 'on' : 'off'}`];
    return event.type === 'disabled' || event.type === 'enabled' || event.type === 'deploy-began'
      ? [event.type]
      : [];
  });
}

test('told to leave after it was disabled; back with its restart', async () => {
  const { run, place } = plainPlace(plainScenario(1, withTargets({ leave: leave(false) })));
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  expect(story(rollout)).toEqual([
    'disable off',
    'leave began',
    'disabled',
    'deploy-began',
    'enable on',
    'enabled',
  ]);
  expect(place.calls).toEqual(['POST http://10.0.0.1:8080/leave']);
  expect(isAllOn(place)).toBe(true);
});

test('told to leave instead of being disabled: no drain before no node shows it', async () => {
  const { run, place } = plainPlace(plainScenario(1, withTargets({ leave: leave(true) })));
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  expect(story(rollout)).not.toContain('disable off');
  const types = rollout.events.map(({ type }) => type);
  const readBack = rollout.events.find((event) => event.type === 'read-back');
  expect(readBack).toMatchObject({ enabled: false, nodes: [{}, {}] });
  expect(types.indexOf('read-back')).toBeLessThan(types.indexOf('drain-began'));
  expect(isAllOn(place)).toBe(true);
});

test('it does not come back by itself: the check asks it alone, and it is called back before it is enabled', async () => {
  const { run, place } = plainPlace(
    plainScenario(1, withTargets({ leave: leave(true), back })),
    (_process, _count, good) => ({ ...good(), act: () => undefined }),
  );
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  expect(place.calls).toEqual(['POST http://10.0.0.1:8080/leave', 'POST http://10.0.0.1:8080/back']);
  expect(story(rollout).slice(-3)).toEqual(['back began', 'enable on', 'enabled']);
  expect(isAllOn(place)).toBe(true);
});

test('a call that fails: it is put back, and nothing is deployed', async () => {
  const scenario = { ...plainScenario(1, withTargets({ leave: leave(false) })), isAttended: false };
  const { run, place, began } = plainPlace(scenario);
  Object.assign(place.world, { call: async () => ({ kind: 'http-status', status: 404 }) });
  const rollout = run();
  expect(await rollout.end()).toBe(1);
  expect((await rollout.untilEvent('step-failed')).why).toEqual({
    kind: 'call',
    purpose: 'leave',
    call: 'POST http://10.0.0.1:8080/leave',
    reading: { kind: 'http-status', status: 404 },
  });
  expect(began).toEqual([]);
  expect(isAllOn(place)).toBe(true);
});

test('a call that is answered and changes nothing is no leaving', async () => {
  const scenario = { ...plainScenario(1, withTargets({ leave: leave(true) })), isAttended: false };
  const { run, place, began } = plainPlace(scenario);
  Object.assign(place.world, { call: async () => ({ kind: 'good', ms: 1 }) });
  const rollout = run();
  expect(await rollout.end()).toBe(1);
  expect((await rollout.untilEvent('step-failed')).why).toMatchObject({ kind: 'not-read-back' });
  expect(began).toEqual([]);
  expect(isAllOn(place)).toBe(true);
});

test('gone for good after a failed disable: the journal names it', async () => {
  const scenario = { ...plainScenario(1, withTargets({ leave: leave(false) })), isAttended: false };
  const { run, place } = plainPlace(scenario);
  const real = place.world.call;
  Object.assign(place.world, {
    call: async (...given: Parameters<typeof real>) => {
      await real(...given);
      return { kind: 'timed-out', afterMs: 10_000 };
    },
  });
  const rollout = run();
  expect(await rollout.end()).toBe(3);
});

test('a server node that is silent does not say that it is back', async () => {
  const silent = [{ node: 1, fromMs: 3000, toMs: 20_000, isQuick: true }];
  const weather = { ...noFaults, silent, calmFromMs: 60_000 };
  const { run, place } = plainPlace({ ...plainScenario(1, withTargets({ leave: leave(false) })), weather });
  const rollout = run();
  await rollout.untilEvent('drain-began');
  await rollout.until(() => place.clock.monotonic() >= 3000);
  rollout.life.runner.submit({ type: 'abort', how: 'put-back' }, 'someone@here');
  expect(await rollout.end()).toBe(3);
});

test('a slow answer from before it left does not say that it is back', async () => {
  const scenario = { ...plainScenario(1, withTargets({ leave: leave(true) })), isAttended: false };
  const { run, place } = plainPlace(scenario);
  const { clock, registry, call } = { ...place.world, registry: { ...place.world.registry } };
  const before = new Map<string | undefined, Awaited<ReturnType<typeof registry.instances>>>();
  let leftMs = Infinity;
  Object.assign(place.world, {
    call: async (...given: Parameters<typeof call>) => {
      await call(...given);
      leftMs = clock.monotonic();
      return { kind: 'timed-out', afterMs: 10_000 };
    },
  });
  Object.assign(place.world.registry, {
    instances: async (...[id, options]: Parameters<typeof registry.instances>) => {
      const afterMs = clock.monotonic() - leftMs;
      const answer = await registry.instances(id, options);
      if (afterMs < 0) before.set(options?.node, answer);
      if (afterMs > 400) await clock.sleep(1900);
      return (afterMs < 1000 && before.get(options?.node)) || answer;
    },
  });
  expect(await run().end()).toBe(3);
});

test('a list that stands still does not say that it is back', async () => {
  const scenario = { ...plainScenario(1, withTargets({ leave: leave(false) })), isAttended: false };
  const { run, place } = plainPlace(scenario, (_process, _count, good) => ({
    ...good(),
    lastsMs: 12_000,
    act: () => undefined,
  }));
  const real = place.world.call;
  Object.assign(place.world, {
    call: (...given: Parameters<typeof real>) => {
      const now = place.clock.monotonic();
      // It moves again just after the first enable was refused.
      for (const viewer of place.views.viewers)
        Object.assign(viewer, { frozenUntilMs: now + 20_500, frozeAtMs: now });
      return real(...given);
    },
  });
  expect(await run().end()).toBe(3);
});
