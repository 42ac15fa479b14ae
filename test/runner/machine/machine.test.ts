import { expect, test } from 'vitest';
import type { EventType } from '../../../src/core/event/event.ts';
import { type PlainRun, plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { firstWeight } from '../../simulation/scenario/scenario.ts';
import { restart } from '../../simulation/world/simulated-processes.ts';

/** One machine; its command ends at once, and the machine goes so long after that, or never. */
function machine(goesMs: number | undefined) {
  const scenario = plainScenario(1, (plan) => ({
    ...plan,
    targets: plan.targets.map((target) => ({
      ...target,
      isMachine: true as const,
      check: { ...target.check, withinMs: 300_000 },
    })),
  }));
  const made = plainPlace(scenario, (process, _count, good) => ({
    ...good(),
    lastsMs: 100,
    act: () => {
      const { clock, truth } = made.place;
      if (goesMs === undefined) return;
      const away = { awayMs: 40_000, weight: firstWeight, wellAfterMs: 2000, isComingBack: true };
      void clock.sleep(goesMs).then(() => restart(clock, truth, process, away));
    },
  }));
  return made;
}

const at = ({ events }: PlainRun, type: EventType): number =>
  Date.parse(events.find((event) => event.type === type)?.at ?? '');

test('a machine that still answers is not taken for one that is back', async () => {
  const run = machine(30_000).run();
  expect(await run.end()).toBe(0);
  expect(run.events.find(({ type }) => type === 'check-passed')).toMatchObject({ isRestarted: true });
  const tookMs = at(run, 'check-passed') - at(run, 'check-began');
  expect(tookMs).toBeGreaterThan(70_000);
  expect(tookMs).toBeLessThan(90_000);
});

test('one that does not go in a minute and a half was not restarted, which is said', async () => {
  const run = machine(undefined).run();
  expect(await run.end()).toBe(0);
  expect(run.events.find(({ type }) => type === 'check-passed')).toMatchObject({ isRestarted: false });
  expect(at(run, 'check-passed') - at(run, 'check-began')).toBeGreaterThanOrEqual(90_000);
});
