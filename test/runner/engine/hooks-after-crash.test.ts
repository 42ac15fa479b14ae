import { expect, test } from 'vitest';
import { seenOf } from '../../simulation/world/ground-truth.ts';
import { instance } from '../../simulation/scenario/scenario.ts';
import { isAllOn, plainPlace, plainScenario } from '../../simulation/run-plain.ts';

const target = '10.0.0.1:8080';
const hook = { run: './tell.sh', timeoutMs: 60_000, onFailure: 'ask' } as const;
const rollback = { run: './roll-back', timeoutMs: 60_000 };

function hooked(lastsMs: number, more: object = {}) {
  const scenario = plainScenario(1, (plan) => ({
    ...plan,
    overrides: ['orders'],
    targets: plan.targets.map((one) => ({
      ...one,
      hooks: { beforeTarget: hook, afterDisable: hook, afterTarget: hook },
      ...more,
    })),
  }));
  return plainPlace(scenario, undefined, undefined, (_step, _count, good) => ({ ...good(), lastsMs }));
}

test.each([
  ['before-target', 'none', 1],
  ['after-disable', 'whole', 2],
  ['after-target', 'torn', 1],
] as const)('the next runner finds how the hook %s ended (%s)', async (step, line, runs) => {
  const { run, began, place } = hooked(8000);
  const dry = hooked(8000).run();
  await dry.end();
  const index = dry.events.findIndex((event) => event.type === 'hook-began' && event.step === step);
  // It dies with the line after the one that says that the hook began, or with that line itself.
  const first = run({ death: { atEvent: index + (line === 'whole' ? 1 : 2), line } });
  expect(await first.end()).toBe('died');
  const second = run({ isResumed: true });
  expect(await second.end()).toBe(0);
  const ran = began.filter((one) => one === `${step} ${target}`);
  // Nobody kept it out meanwhile: consumers are told once more before it drains.
  expect(ran.length).toBeLessThanOrEqual(runs);
  expect(ran.length).toBeGreaterThanOrEqual(1);
  expect(isAllOn(place)).toBe(true);
});

test('consumers are told when it is off once more, not while somebody has put it on', async () => {
  const { run, place } = hooked(1000);
  const first = run();
  await first.untilEvent('hook-began', 2);
  first.life.die();
  const slot = place.processes.get(target)?.slots[0];
  if (slot === undefined) throw new Error('no slot');
  await place.clock.advance(5000);
  place.truth.write(slot, { enabled: true, weight: seenOf(slot)?.weight ?? 1 }, 'person', 'click');
  await place.clock.advance(5000);
  const second = run({ isResumed: true });
  await second.untilEvent('drain-began');
  const types = second.events.map(({ type }) => type);
  expect(types.indexOf('exposure-ended')).toBeGreaterThan(-1);
  expect(types.indexOf('hook-began')).toBeGreaterThan(types.lastIndexOf('exposure-ended'));
});

test('a roll-back that takes it off again tells consumers again, and runs no beforeTarget', async () => {
  const { run, began, place } = hooked(1000, { rollback });
  const rollout = run();
  await rollout.untilEvent('enable-began');
  Object.assign(place.processes.get(target) ?? {}, { isAnswering: false });
  await rollout.untilStuck();
  rollout.life.runner.submit({ type: 'decide', target, decision: 'roll-back' }, 'someone@here');
  expect(await rollout.end()).toBe(1);
  expect(began).toEqual([
    `before-target ${target}`,
    `after-disable ${target}`,
    target,
    `after-disable ${target}`,
    target,
    `after-target ${target}`,
  ]);
});

test('a deploy that fails is tried again by itself, kept out meanwhile, and asks when no try is left', async () => {
  const deploy = { run: './redeploy.sh', timeoutMs: 60_000, retries: 1, waitMs: 20_000 };
  const scenario = plainScenario(1, (plan) => ({
    ...plan,
    overrides: ['orders'],
    targets: plan.targets.map((one) => ({ ...one, deploy })),
  }));
  const { run } = plainPlace(scenario, (_process, count, good) =>
    count <= 3 ? { ...good(), code: 1, act: () => undefined } : good(),
  );
  const rollout = run();
  await rollout.untilStuck();
  expect(rollout.events.filter(({ type }) => type === 'deploy-began')).toHaveLength(2);
  expect(rollout.events.filter(({ type }) => type === 'retry-awaited')).toMatchObject([
    { step: 'deploy', attempt: 2, ms: 20_000, left: 1 },
  ]);
  // Whoever asks for it gets as many tries as the plan says.
  rollout.life.runner.submit({ type: 'decide', target, decision: 'retry' }, 'someone@here');
  expect(await rollout.end()).toBe(0);
  expect(rollout.events.filter(({ type }) => type === 'deploy-began')).toHaveLength(4);
  expect(rollout.events.filter(({ type }) => type === 'drain-began')).toHaveLength(1);
});

/** The first deploy is lost, and its version registers another service. */
function joining() {
  const added = instance('providers:added', 'DUBBO_GROUP', 1, 20_880);
  const scenario = plainScenario(1, (plan) => ({
    ...plan,
    onUnknown: 'again',
    targets: plan.targets.map((one) => ({
      ...one,
      hooks: { afterDisable: hook },
      foundBy: [{ group: 'DUBBO_GROUP', service: 'providers:*' }],
    })),
  }));
  const opened: ReturnType<typeof plainPlace> = plainPlace(
    { ...scenario, isAttended: false },
    (process, count, good) => {
      if (count === 1) process.nextSlots = [...process.slots, opened.place.truth.slotOf(added)];
      return { ...good(), isLost: count === 1 };
    },
  );
  return opened;
}

test('nor while one is on that joined as it was looked whether all are off', async () => {
  const opened = joining();
  const first = opened.run();
  await first.untilEvent('deploy-began');
  await opened.place.clock.advance(100);
  first.life.die();
  await opened.place.clock.advance(20_000);
  const second = opened.run({ isResumed: true });
  await second.untilEvent('hook-began');
  const types = second.events.map(({ type }) => type);
  expect(types).toContain('joined');
  expect(types.indexOf('hook-began')).toBeGreaterThan(types.indexOf('exposure-ended'));
  expect(types).toContain('exposure-ended');
});

test('nor while a new version has something on beside it that was not looked for yet', async () => {
  const opened = joining();
  const { registry, clock } = opened.place.world;
  const services = registry.services.bind(registry);
  const first = opened.run();
  await first.untilEvent('deploy-began');
  await opened.place.clock.advance(100);
  first.life.die();
  await opened.place.clock.advance(20_000);
  // Of many services it takes longer to be told which have something at its ip than to be shown those that are known.
  Object.assign(registry, {
    services: async (...asked: Parameters<typeof services>) => {
      await clock.sleep(3000);
      return services(...asked);
    },
  });
  const second = opened.run({ isResumed: true });
  await second.untilEvent('hook-began');
  const types = second.events.map(({ type }) => type);
  expect(types).toContain('exposure-ended');
  expect(types.indexOf('hook-began')).toBeGreaterThan(types.indexOf('exposure-ended'));
});
