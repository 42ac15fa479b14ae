import { expect, test } from 'vitest';
import type { Hook, Hooks } from '../../../src/core/hooks/hook.ts';
import type { Event } from '../../../src/core/event/event.ts';
import type { CommandOrder } from '../../../src/world/world.ts';
import { isAllOn, plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import type { Performance } from '../../simulation/world/simulated-commands.ts';
import { seenOf } from '../../simulation/world/ground-truth.ts';

const target = '10.0.0.1:8080';
const by = 'someone@here';

function hookWith(more: Partial<Hook> = {}): Hook {
  return { run: './tell.sh', timeoutMs: 20_000, onFailure: 'ask', ...more };
}

const all: Hooks = { beforeTarget: hookWith(), afterDisable: hookWith(), afterTarget: hookWith() };

type Options = {
  readonly hooks?: Hooks;
  readonly count?: number;
  readonly more?: object;
  readonly plan?: object;
  readonly performHook?: (step: string, count: number, good: () => Performance) => Performance;
};

/** Instances with these hooks. */
function hooked({ hooks = all, count = 1, more = {}, plan: planMore = {}, performHook }: Options = {}) {
  const scenario = plainScenario(count, (plan) => ({
    ...plan,
    ...planMore,
    overrides: ['orders'],
    targets: plan.targets.map((one) => ({ ...one, hooks, ...more })),
  }));
  return plainPlace(scenario, undefined, undefined, performHook);
}

const bad = (good: () => Performance): Performance => ({ ...good(), code: 7 });

/** What happened, steps with the names of hooks. */
function told(events: readonly Event[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.type === 'write-began') return event.purpose === 'disable' ? [event.type] : [];
    if (event.type === 'hook-began' || event.type === 'hook-ended') return [`${event.step} ${event.type}`];
    return ['disable-began', 'drain-began', 'deploy-began', 'enabled', 'soak-passed'].includes(event.type)
      ? [event.type]
      : [];
  });
}

test('they run before it goes off, between disable and drain, and once it has soaked', async () => {
  const { run, began } = hooked({ more: { soak: { ms: 2000 } } });
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  expect(told(rollout.events)).toEqual([
    'before-target hook-began',
    'before-target hook-ended',
    'disable-began',
    'write-began',
    'after-disable hook-began',
    'after-disable hook-ended',
    'drain-began',
    'deploy-began',
    'enabled',
    'soak-passed',
    'after-target hook-began',
    'after-target hook-ended',
  ]);
  expect(began).toEqual([
    `before-target ${target}`,
    `after-disable ${target}`,
    target,
    `after-target ${target}`,
  ]);
});

test('a beforeTarget that fails leaves it on; left off it is untouched, and the rollout has not done all', async () => {
  const { run, place } = hooked({ performHook: (_step, _count, good) => bad(good) });
  const rollout = run();
  await rollout.untilStuck();
  expect(rollout.events.some(({ type }) => type === 'write-began')).toBe(false);
  const { runner } = rollout.life;
  expect(runner.submit({ type: 'decide', target, decision: 'leave-off' }, by)).toBeUndefined();
  expect(await rollout.end()).toBe(1);
  expect(runner.rollout().targets[0]?.result).toBe('untouched');
  expect(isAllOn(place)).toBe(true);
});

test('taken as done it goes on, and a retry runs it again', async () => {
  const { run, began } = hooked({
    performHook: (_step, count, good) => (count <= 2 ? bad(good) : good()),
  });
  const rollout = run();
  await rollout.untilStuck();
  const { runner } = rollout.life;
  expect(runner.submit({ type: 'decide', target, decision: 'retry' }, by)).toBeUndefined();
  await rollout.untilStuck();
  expect(runner.submit({ type: 'decide', target, decision: 'take-as-done' }, by)).toBeUndefined();
  expect(await rollout.end()).toBe(0);
  expect(began.filter((one) => one.startsWith('before-target'))).toHaveLength(2);
});

test.each([
  ['ask', 'continue', 3, 'left-off'],
  ['stop', 'continue', 3, undefined],
  ['continue', 'stop', 0, 'done'],
] as const)('unattended, onFailure %s of a hook in a plan that says %s', async (own, plan, code, result) => {
  const { run } = hooked({
    hooks: { afterDisable: hookWith({ onFailure: own }) },
    plan: { onFailure: plan },
    performHook: (_step, _count, good) => bad(good),
  });
  const rollout = run({ isAttended: false });
  expect(await rollout.end()).toBe(code);
  expect(rollout.life.runner.rollout().targets[0]?.result).toBe(result);
});

test('it is tried again by itself, after the wait, as often as the plan says', async () => {
  const hooks = { afterDisable: hookWith({ retries: 2, waitMs: 30_000 }) };
  const { run } = hooked({ hooks, performHook: (_step, count, good) => (count <= 2 ? bad(good) : good()) });
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  expect(rollout.events.filter(({ type }) => type === 'retry-awaited')).toMatchObject([
    { step: 'after-disable', attempt: 2, ms: 30_000, left: 2 },
    { step: 'after-disable', attempt: 3, ms: 30_000, left: 1 },
  ]);
  const times = rollout.events.filter(({ type }) => type === 'hook-began').map(({ at }) => Date.parse(at));
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(30_000);
});

test('when none is left it asks', async () => {
  const hooks = { beforeTarget: hookWith({ retries: 1, waitMs: 0 }) };
  const { run, began } = hooked({ hooks, performHook: (_step, _count, good) => bad(good) });
  const rollout = run();
  await rollout.untilStuck();
  expect(began).toHaveLength(2);
  expect(rollout.life.runner.rollout().targets[0]?.failure?.why).toEqual({
    kind: 'hook',
    result: { kind: 'exited', code: 7 },
  });
});

test('put on by somebody while consumers are told, it is taken off, and they are told again before it drains', async () => {
  const { run, place, began } = hooked({
    hooks: { afterDisable: hookWith() },
    performHook: (_step, _count, good) => ({ ...good(), lastsMs: 15_000 }),
  });
  const rollout = run();
  await rollout.untilEvent('hook-began');
  const slot = place.processes.get(target)?.slots[0];
  if (slot === undefined) throw new Error('no slot');
  await place.clock.advance(3000);
  place.truth.write(slot, { enabled: true, weight: seenOf(slot)?.weight ?? 1 }, 'person', 'click');
  expect(await rollout.end()).toBe(0);
  const types = told(rollout.events);
  expect(types.filter((one) => one === 'after-disable hook-ended')).toHaveLength(2);
  expect(types.indexOf('drain-began')).toBeGreaterThan(types.lastIndexOf('after-disable hook-ended'));
  expect(began.filter((one) => one === target)).toHaveLength(1);
});

test('an abort waits for the hook, then puts it back without a deploy', async () => {
  const { run, place, began } = hooked({ hooks: { afterDisable: hookWith() } });
  const rollout = run();
  await rollout.untilEvent('hook-began');
  expect(rollout.life.runner.submit({ type: 'abort', how: 'put-back' }, by)).toBeUndefined();
  expect(await rollout.end()).toBe(1);
  expect(began).toEqual([`after-disable ${target}`]);
  expect(rollout.events.find(({ type }) => type === 'hook-ended')).toMatchObject({
    result: { kind: 'exited', code: 0 },
  });
  expect(isAllOn(place)).toBe(true);
});

test('a stop ends it, and says what it was', async () => {
  const { run } = hooked({ hooks: { afterDisable: hookWith() } });
  const rollout = run();
  await rollout.untilEvent('hook-began');
  await place500(rollout);
  rollout.life.runner.submit({ type: 'stop' }, by);
  expect(await rollout.end()).toBe(3);
  expect(rollout.events.find(({ type }) => type === 'hook-ended')).toMatchObject({
    result: { kind: 'killed' },
  });
});

async function place500({ place }: { place: { clock: { advance(ms: number): Promise<void> } } }) {
  await place.clock.advance(500);
}

test('nobody goes off for a hook that cannot be started', async () => {
  const { run, place } = hooked({ hooks: { afterDisable: hookWith() } });
  Object.assign(place.world.commands, {
    obstacle: (order: CommandOrder) =>
      order.environment['NACOS_ROLLOUT_STEP'] === 'after-disable' ? 'ENOENT: /gone' : undefined,
  });
  const rollout = run();
  await rollout.untilStuck();
  expect(rollout.events.some(({ type }) => type === 'write-began')).toBe(false);
});
