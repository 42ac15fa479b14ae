import { expect, test } from 'vitest';
import { planOf } from '../../../src/core/rollout/rollout.ts';
import { instance, firstWeight, registrationOf } from '../../simulation/scenario/scenario.ts';
import type { Slot } from '../../simulation/world/ground-truth.ts';
import { isAllOn, plainPlace, plainScenario, rolloutOn } from '../../simulation/run-plain.ts';
import { restart } from '../../simulation/world/simulated-processes.ts';

const compressed = { ...instance('orders', 'DEFAULT_GROUP', 1, 8080), ip: '2001:db8::1' };
const ofJava = { ...compressed, ip: '2001:db8:0:0:0:0:0:1' };
const provider = {
  ...instance('providers:orders', 'DUBBO_GROUP', 1, 20_880),
  ip: '[2001:db8:0:0:0:0:0:1]',
};
const target = '[2001:db8::1]:8080';

type Version = { readonly isRespelled: boolean; readonly isWell: boolean };

/** One target of two registrations, each with its own spelling; each deploy may spell the first one otherwise. */
function respellingPlace(versionAfter: (count: number) => Version) {
  const scenario = plainScenario(1, (plan) => ({
    ...plan,
    targets: plan.targets.map((one) => ({
      ...one,
      name: target,
      registrations: [registrationOf(compressed), registrationOf(provider)],
      rollback: { run: './rollback.sh', timeoutMs: 60_000 },
    })),
  }));
  const others = [instance('orders', 'DEFAULT_GROUP', 99, 8080), { ...provider, ip: '10.0.0.99' }];
  const plain = plainPlace({ ...scenario, bystanders: [others] }, (process, count, good) => ({
    ...good(),
    act: () => {
      const { clock, truth } = plain.place;
      const { isRespelled, isWell } = versionAfter(count);
      const spelled = (slot: Slot): Slot =>
        slot.id.service === 'orders'
          ? truth.slotOf(slot.id.ip === compressed.ip ? ofJava : compressed)
          : slot;
      for (const slot of process.slots) truth.deregister(slot);
      if (isRespelled) process.slots = process.slots.map(spelled);
      void restart(clock, truth, process, {
        awayMs: 3000,
        weight: firstWeight,
        wellAfterMs: isWell ? 2000 : undefined,
        isComingBack: true,
      });
    },
  }));
  return plain;
}

const once = (): Version => ({ isRespelled: true, isWell: true });

test('registrations that spell one address in two ways go off and on together, each as it is registered', async () => {
  const { run, place } = respellingPlace(() => ({ isRespelled: false, isWell: true }));
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  expect(isAllOn(place)).toBe(true);
  expect(rollout.events.some(({ type }) => type === 'identified')).toBe(false);
  const written = rollout.events.flatMap((event) => (event.type === 'write-ended' ? [event.outcome] : []));
  expect(written).not.toContain('refused');
});

test('one that comes back in another spelling is taken off at once, checked, put on, and no mark is left', async () => {
  const { run, place, paper } = respellingPlace(once);
  const rollout = run();
  const identified = await rollout.untilEvent('identified');
  expect(identified).toMatchObject({ by: 'nobody', isRespelled: true });
  expect(identified.registrations.map(({ ip }) => ip)).toEqual([ofJava.ip, provider.ip]);
  expect(await rollout.untilEvent('exposed')).toMatchObject({ registration: 0, wasAway: true });
  expect((await rollout.untilEvent('exposure-ended')).ms).toBeLessThan(3000);
  expect(await rollout.end()).toBe(0);
  const { truth } = place;
  expect(truth.slotOf(ofJava).override).toMatchObject({ enabled: true, weight: firstWeight });
  expect(truth.slotOf(compressed).override?.enabled).not.toBe(false);
  expect(truth.slotOf(provider).override).toMatchObject({ enabled: true });
  const cleared = rollout.events.filter(({ type }) => type === 'mark-cleared');
  expect(cleared).toMatchObject([{ instance: target, outcome: 'accepted' }]);
  expect(planOf(rolloutOn(paper)).targets[0]?.registrations.map(({ ip }) => ip)).toEqual([
    ofJava.ip,
    provider.ip,
  ]);
  const checked = rollout.events.findIndex(({ type }) => type === 'check-passed');
  const on = rollout.events.findIndex((event) => event.type === 'write-began' && event.enabled);
  expect(on).toBeGreaterThan(checked);
});

test('the old record, listed while its process is gone, is not put on before the check', async () => {
  const { run, place } = respellingPlace(once);
  const { clock, truth } = place;
  let isLingering = false;
  truth.onChange((slot, why) => {
    // A client that was killed is listed until its heartbeats are missed.
    if (slot !== truth.slotOf(compressed) || why !== 'left' || isLingering) return;
    isLingering = true;
    truth.register(slot, { weight: firstWeight, metadata: { version: '1' }, isHealthy: true });
    clock.after(31_000, () => truth.deregister(slot));
  });
  const rollout = run();
  await rollout.untilEvent('check-passed');
  expect(truth.slotOf(compressed).registered).toBeDefined();
  expect(truth.slotOf(compressed).override?.enabled).toBe(false);
  expect(await rollout.end()).toBe(0);
  expect(truth.slotOf(compressed).override?.enabled).not.toBe(false);
  expect(truth.slotOf(ofJava).override).toMatchObject({ enabled: true });
});

test('rolled back to the old spelling it is put on there, and nothing is taken back there any more', async () => {
  const { run, place, paper } = respellingPlace((count) => ({ isRespelled: true, isWell: count === 2 }));
  const rollout = run();
  await rollout.untilStuck();
  expect(rollout.life.runner.submit({ type: 'decide', target, decision: 'roll-back' }, 'someone@here')).toBe(
    undefined,
  );
  expect(await rollout.end()).toBe(1);
  expect(rollout.events.filter(({ type }) => type === 'identified')).toHaveLength(2);
  const { truth } = place;
  expect(truth.slotOf(compressed).override).toMatchObject({ enabled: true });
  expect(truth.slotOf(ofJava).override?.enabled).not.toBe(false);
  expect(rolloutOn(paper).targets[0]).toMatchObject({ former: [], marksLeft: [], result: 'rolled-back' });
});

test('consumers that are told of the new spelling before a list shows it are not a person’s doing', async () => {
  const { run, place } = respellingPlace(once);
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const { clock, views } = place;
  const frozeAtMs = clock.monotonic();
  for (const node of [0, 1])
    Object.assign(views.list(node), { frozeAtMs, frozenUntilMs: frozeAtMs + 10_000 });
  // Its absence shows in no list.
  expect(await rollout.untilEvent('exposed')).toMatchObject({ registration: 0, wasAway: true });
  expect(rollout.events.some(({ type }) => type === 'identified')).toBe(false);
  expect(await rollout.end()).toBe(0);
  expect(rollout.events.some(({ type }) => type === 'identified')).toBe(true);
});
