import { expect, test } from 'vitest';
import type { Changed } from '../../../src/core/plan/changed.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import type { Probe } from '../../../src/world/world.ts';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { noFaults } from '../../simulation/scenario/faults.ts';

const checkedBy =
  (changed: Changed) =>
  (plan: Plan): Plan => ({
    ...plan,
    targets: plan.targets.map((target) => ({
      ...target,
      rollback: target.deploy,
      check: { kind: 'tcp', isDefault: false, successes: 1, withinMs: 60_000, changed },
    })),
  });

/** A process that says `values` one after the other, each after one more deploy; as a real probe compares them. */
function placeOf(changed: Changed, values: readonly string[]) {
  const plain = plainPlace({ ...plainScenario(1, checkedBy(changed)), weather: noFaults });
  const asked: unknown[] = [];
  const probe: Probe = async (check, _registration, _signal, proof) => {
    if (check.changed === undefined) throw new Error('it was not asked for');
    const value = values[plain.began.length] ?? '';
    asked.push(proof?.before);
    return proof === undefined || value !== proof.before
      ? { kind: 'good', ms: 1, value }
      : { kind: 'not-changed', what: 'it', value };
  };
  Object.assign(plain.place.world, { probe });
  return { ...plain, asked };
}

const byUrl = { kind: 'url', url: 'http://{ip}/info' } as const;

test('what was before the deploy is kept in the journal, and what comes after it must be another', async () => {
  const { run, asked } = placeOf(byUrl, ['1', '2']);
  const rollout = run();
  expect(await rollout.untilEvent('deploy-began')).toMatchObject({ before: '1' });
  await rollout.untilEvent('check-passed');
  expect(asked).toContain('1');
  expect(await rollout.end()).toBe(0);
});

test('the old process, which answers and is well, passes no check', async () => {
  const { run } = placeOf(byUrl, ['1', '1', '2']);
  const rollout = run();
  await rollout.untilStuck();
  const [first] = rollout.life.runner.rollout().targets;
  expect(first?.failure).toMatchObject({
    step: 'check',
    why: { kind: 'check', reading: { kind: 'not-changed', value: '1' } },
  });
});

test('a rollback brings back what was before, and nothing else is wanted of it', async () => {
  const { run, asked } = placeOf(byUrl, ['1', '1', '1']);
  const rollout = run();
  await rollout.untilStuck();
  const [{ name } = { name: '' }] = rollout.life.runner.rollout().targets;
  asked.length = 0;
  const order = { type: 'decide', target: name, decision: 'roll-back' } as const;
  expect(rollout.life.runner.submit(order, 'someone@here')).toBeUndefined();
  await rollout.end();
  expect(rollout.life.runner.rollout().targets[0]?.result).toBe('rolled-back');
  expect(new Set(asked)).toEqual(new Set([undefined]));
});

test('metadata are those that Nacos lists now', async () => {
  const plain = plainPlace({
    ...plainScenario(1, checkedBy({ kind: 'metadata', key: 'version' })),
    weather: noFaults,
  });
  const seen: unknown[] = [];
  const probe: Probe = async (_check, { metadata }, _signal, proof) => {
    if (proof !== undefined) seen.push(metadata['version']);
    return { kind: 'good', ms: 1, value: metadata['version'] ?? '' };
  };
  Object.assign(plain.place.world, { probe });
  const rollout = plain.run();
  await rollout.untilEvent('deploy-ended');
  const slots = [...plain.place.processes.values()].flatMap((process) => process.slots);
  await rollout.until(() => slots.every((slot) => slot.registered !== undefined));
  for (const slot of slots)
    plain.place.truth.register(slot, { weight: 5, metadata: { version: '2' }, isHealthy: true });
  await rollout.untilEvent('check-passed');
  expect(seen.at(-1)).toBe('2');
});
