import { expect, test } from 'vitest';
import type { Check, Plan, Registration, Target } from '../../../src/core/plan/plan.ts';
import { nodesOf, planOf } from '../../../src/core/rollout/rollout.ts';
import { plainPlace, plainScenario, rolloutOn } from '../../simulation/run-plain.ts';
import { firstWeight, instance } from '../../simulation/scenario/scenario.ts';

const by = 'someone@here';
const old = instance('orders', 'DEFAULT_GROUP', 1, 8080);
const fresh = instance('orders', 'DEFAULT_GROUP', 41, 8080);

/** A deploy after which the process is somebody else, as a container that is replaced. */
function movedPlace(anyNew: Target['anyNew'], metadata: Record<string, string> = { version: '2' }) {
  const change = (plan: Plan): Plan => ({
    ...plan,
    targets: plan.targets.map((target) => ({
      ...target,
      check: { ...target.check, successes: 5 },
      ...(anyNew && { anyNew }),
    })),
  });
  const plain = plainPlace(plainScenario(1, change), (_process, _count, good) => ({
    ...good(),
    act: () => {
      const { truth, clock } = plain.place;
      truth.deregister(truth.slotOf(old));
      clock.after(20_000, () =>
        truth.register(truth.slotOf(fresh), { weight: firstWeight, metadata, isHealthy: true }),
      );
    },
  }));
  Object.assign(plain.place.world, {
    probe: async (_check: Check, { ip }: Registration) =>
      ip === fresh.ip ? { kind: 'good', ms: 1 } : { kind: 'refused', detail: 'ECONNREFUSED' },
  });
  return plain;
}

test('any new one is taken for it: taken off at once, checked, put on, and no mark is left behind', async () => {
  const { run, place, paper } = movedPlace({ match: { version: '2' } });
  const rollout = run();
  const identified = await rollout.untilEvent('identified');
  expect(identified).toMatchObject({ by: 'nobody', registrations: [{ ...fresh, wasEnabled: true }] });
  const exposed = await rollout.untilEvent('exposed');
  expect(exposed.wasAway).toBe(true);
  expect((await rollout.untilEvent('exposure-ended')).ms).toBeLessThan(3000);
  expect(await rollout.end()).toBe(0);
  expect(place.truth.slotOf(fresh).override).toMatchObject({ enabled: true, weight: firstWeight });
  expect(place.truth.slotOf(old).override?.enabled).not.toBe(false);
  expect(rollout.events.find(({ type }) => type === 'mark-cleared')).toMatchObject({ outcome: 'accepted' });
  const replayed = rolloutOn(paper);
  expect(planOf(replayed).targets[0]?.registrations[0]?.ip).toBe(fresh.ip);
  expect(nodesOf(replayed)).toHaveLength(2);
});

test('another metadata is another process: a person is asked', async () => {
  const { run } = movedPlace({ match: { version: '3' } });
  const rollout = run();
  await rollout.untilStuck();
  expect((await rollout.untilEvent('step-failed')).why).toMatchObject({ kind: 'somebody-else' });
});

test('where the address is the identity a person is asked, and may take the new one', async () => {
  const { run, place } = movedPlace(undefined);
  const rollout = run();
  await rollout.untilStuck();
  const { why } = await rollout.untilEvent('step-failed');
  expect(why).toMatchObject({
    kind: 'somebody-else',
    instance: '10.0.0.1:8080',
    candidates: ['10.0.0.41:8080'],
  });
  const { runner } = rollout.life;
  runner.submit({ type: 'decide', target: '10.0.0.1:8080', decision: 'take-new' }, by);
  expect(await rollout.untilEvent('identified')).toMatchObject({ by });
  expect(await rollout.end()).toBe(0);
  expect(place.truth.slotOf(fresh).override).toMatchObject({ enabled: true });
  expect(place.truth.slotOf(old).override?.enabled).not.toBe(false);
});

test('nobody new is nobody to be taken', async () => {
  const { run } = plainPlace(plainScenario(1), (_process, _count, good) => ({ ...good(), code: 1 }));
  const rollout = run();
  await rollout.untilStuck();
  const order = { type: 'decide', target: '10.0.0.1:8080', decision: 'take-new' } as const;
  expect(rollout.life.runner.submit(order, by)).toBe('not-possible-here');
});

test('a mark that cannot be taken back is named', async () => {
  const { run, place, paper } = movedPlace({ match: {} });
  const { registry } = place.world;
  const write = registry.write.bind(registry);
  Object.assign(registry, {
    write: async (...[given]: Parameters<typeof write>) =>
      given.enabled && given.mode === 'absent'
        ? { kind: 'refused', error: { kind: 'no-leader', detail: '' } }
        : write(given),
  });
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  expect(rolloutOn(paper).targets[0]?.marksLeft).toEqual(['10.0.0.1:8080']);
});
