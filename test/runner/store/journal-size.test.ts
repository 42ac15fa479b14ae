import { expect, test } from 'vitest';
import { isAllOn, plainPlace, plainScenario } from '../../simulation/run-plain.ts';

/** What a rollout of so many targets, ten at a time, records of each beyond the plan. */
async function ofEach(targets: number): Promise<{ readonly events: number; readonly bytes: number }> {
  const scenario = plainScenario(targets, (plan) => ({
    ...plan,
    targets: plan.targets.map((target, index) => ({ ...target, batch: Math.floor(index / 10) })),
  }));
  const { run, place } = plainPlace(scenario);
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  expect(isAllOn(place)).toBe(true);
  const lines = rollout.events
    .filter(({ type }) => type !== 'rollout-planned')
    .map((event) => JSON.stringify(event));
  return { events: lines.length / targets, bytes: lines.join('\n').length / targets };
}

test('a journal grows with its targets, and not faster', async () => {
  const few = await ofEach(20);
  const many = await ofEach(80);
  expect(many.events).toBeLessThan(few.events * 1.1);
  expect(many.bytes).toBeLessThan(few.bytes * 1.1);
});
