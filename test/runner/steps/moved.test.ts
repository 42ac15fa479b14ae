import { expect, test } from 'vitest';
import { guardTarget } from '../../../src/core/rollout/guard.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import type { InstanceId } from '../../../src/core/registry/service.ts';
import type { InstanceWrite, WriteOutcome } from '../../../src/world/registry.ts';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { firstWeight, instance, registrationOf } from '../../simulation/scenario/scenario.ts';
import { seenOf } from '../../simulation/world/ground-truth.ts';
import { type Process, metadataOf, restart } from '../../simulation/world/simulated-processes.ts';

const old = instance('orders', 'DEFAULT_GROUP', 1, 8080);
const companion = instance('providers:orders', 'DUBBO_GROUP', 1, 20_880);

/** Every deploy moves its process to another address; `isBack` tells whose process comes back at all. */
function movingPlace(change: (plan: Plan) => Plan, isBack: (process: Process) => boolean = () => true) {
  const plain = plainPlace(
    plainScenario(2, (plan) =>
      change({ ...plan, targets: plan.targets.map((one) => ({ ...one, anyNew: { match: {} } })) }),
    ),
    (process, _count, good) => ({
      ...good(),
      act: () => {
        const { clock, truth } = plain.place;
        void restart(clock, truth, process, {
          awayMs: 8000,
          weight: firstWeight,
          wellAfterMs: 1000,
          isComingBack: isBack(process),
          isMoving: true,
        });
      },
    }),
  );
  return plain;
}

function isMarkedOff(place: ReturnType<typeof movingPlace>['place'], id: InstanceId): boolean {
  return place.truth.slotOf(id).override?.enabled === false;
}

/** Both at once, and only the first comes back. */
function oneOfTwo(anyNew: object) {
  const plain = movingPlace(
    (plan) => ({
      ...plan,
      targets: plan.targets.map(({ anyNew: _gone, ...one }) => ({ ...one, ...anyNew, batch: 0 })),
    }),
    ({ slots }) => slots[0]?.id.ip.endsWith('.1') === true,
  );
  const { clock, commands } = plain.place.world;
  Object.assign(plain.place.world, {
    commands: {
      ...commands,
      run: async (...[order, signal]: Parameters<typeof commands.run>) => {
        const result = await commands.run(order, signal);
        // Both checks look at the same moments.
        await clock.sleep(20_000 - clock.monotonic());
        return result;
      },
    },
  });
  return plain;
}

test('one newcomer is never taken for two targets', async () => {
  const rollout = oneOfTwo({ anyNew: { match: {} } }).run();
  await rollout.untilStuck();
  expect(rollout.events.filter((event) => event.type === 'identified')).toHaveLength(1);
  const [other] = rollout.life.runner.rollout().targets.filter(({ phase }) => phase === 'stuck');
  expect(other?.failure?.why.kind).toBe('check');
});

test('a person takes one newcomer for one target only', async () => {
  const rollout = oneOfTwo({}).run();
  const { runner } = rollout.life;
  await rollout.until(() => runner.rollout().targets.every(({ phase }) => phase === 'stuck'));
  const [first, second] = runner
    .rollout()
    .targets.map(({ name }) =>
      runner.submit({ type: 'decide', target: name, decision: 'take-new' }, 'someone@here'),
    );
  expect(first).toBeUndefined();
  expect(second).toBe('not-possible-here');
});

test('a companion moves with it, and its mark is taken back after the write that renews it', async () => {
  const { run, place } = movingPlace((plan) => ({
    ...plan,
    targets: plan.targets.map((one, index) =>
      index === 0 ? { ...one, registrations: [registrationOf(old), registrationOf(companion)] } : one,
    ),
    overrides: ['DUBBO_GROUP@@providers:orders'],
  }));
  const real = { ...place.world.registry };
  Object.assign(place.world.registry, {
    write: async (given: InstanceWrite): Promise<WriteOutcome> => {
      const isRenewal = given.mode === 'absent' && !given.enabled && given.instance.port === companion.port;
      if (isRenewal) await place.clock.sleep(4000);
      return real.write(given);
    },
  });
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  expect(isMarkedOff(place, old)).toBe(false);
  expect(isMarkedOff(place, companion)).toBe(false);
});

test('a mark that is applied late is taken back all the same', async () => {
  const { run, place } = movingPlace((plan) => ({ ...plan, targets: plan.targets.slice(0, 1) }));
  const real = { ...place.world.registry };
  let lateCount = 0;
  Object.assign(place.world.registry, {
    write: async (given: InstanceWrite): Promise<WriteOutcome> => {
      // The last one before it is known where it is now.
      const isEarly = place.clock.monotonic() < 12_500;
      if (given.mode !== 'absent' || given.enabled || isEarly) return real.write(given);
      lateCount += 1;
      place.clock.after(16_000, () => void real.write(given));
      await place.clock.sleep(5000);
      return { kind: 'unknown', error: { kind: 'timeout', address: '', afterMs: 5000, wasSent: true } };
    },
  });
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  await place.clock.advance(25_000);
  expect(lateCount).toBe(1);
  const ended = rollout.events.filter((event) => event.type === 'write-ended');
  expect(ended.filter(({ isFormer }) => isFormer === true)).toMatchObject([{ outcome: 'unknown' }]);
  expect(isMarkedOff(place, old)).toBe(false);
});

test('the end waits for the answer to a write at the old address', async () => {
  const { run, place } = movingPlace((plan) => plan);
  const real = { ...place.world.registry };
  Object.assign(place.world.registry, {
    write: async (given: InstanceWrite): Promise<WriteOutcome> => {
      if (given.mode === 'absent' && !given.enabled) await place.clock.sleep(4000);
      return real.write(given);
    },
  });
  const rollout = run();
  const { runner } = rollout.life;
  runner.follow((event) => {
    if (event.type === 'identified') runner.submit({ type: 'stop' }, 'someone@here');
  });
  expect(await rollout.end()).toBe(3);
  const types = rollout.events.map(({ type }) => type);
  expect(types.at(-1)).toBe('runner-rested');
  expect(types.filter((type) => type === 'write-ended')).toHaveLength(
    types.filter((type) => type === 'write-began').length,
  );
});

test('who came up since a command began does not count as serving', async () => {
  const { run } = movingPlace((plan) => ({
    ...plan,
    targets: plan.targets.map(({ anyNew: _gone, ...one }) => one),
  }));
  const rollout = run();
  await rollout.untilStuck();
  const on = { enabled: true, healthy: true, weight: 1, ephemeral: true, metadata: {} };
  const verdictBeside = (ip: string): string => {
    const instances = ['10.0.0.2', ip].map((each) => ({ ...old, ip: each, ...on }));
    const view = { node: 'a', service: old, instances, unreadable: [], protectThreshold: 0 };
    return guardTarget(rollout.life.runner.rollout(), '10.0.0.2:8080', [view]).kind;
  };
  expect(verdictBeside('10.0.0.99')).toBe('go');
  expect(verdictBeside('10.2.0.1')).toBe('refused');
});

test.each([
  ['on, with a weight that a person gave it', { enabled: true, weight: 2 }, { enabled: true, weight: 2 }],
  ['taken off by a person', { enabled: false, weight: 2 }, { enabled: false, weight: 2 }],
  ['off as the mark has it', { enabled: false, weight: firstWeight }, { enabled: true, weight: firstWeight }],
])('a mark is cleared late, and whoever has got that address is %s', async (_, written, shown) => {
  const { run, place } = movingPlace((plan) => ({ ...plan, targets: plan.targets.slice(0, 1) }));
  const first = run();
  first.life.runner.follow(({ type }) => {
    if (type === 'identified') first.life.die();
  });
  await first.until(() => first.outcome() !== undefined);
  await place.clock.advance(120_000);
  const slot = place.truth.slotOf(old);
  place.truth.register(slot, { isHealthy: true, weight: firstWeight, metadata: metadataOf(7, old.ip) });
  place.truth.write(slot, written, 'person', 'click');
  await place.clock.advance(5000);
  expect(seenOf(slot)).toMatchObject(written);
  const resumed = run({ isResumed: true });
  expect(await resumed.end()).toBe(0);
  expect(seenOf(slot)).toMatchObject(shown);
  expect(resumed.events.find(({ type }) => type === 'mark-cleared')).toMatchObject({ outcome: 'accepted' });
});
