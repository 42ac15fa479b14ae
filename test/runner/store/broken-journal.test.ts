import { expect, test } from 'vitest';
import type { Event } from '../../../src/core/event/event.ts';
import { createRunner } from '../../../src/runner/engine/runner.ts';
import { isAllOn, plainPlace, plainScenario } from '../../simulation/run-plain.ts';

/** A rollout of one, whose disk is full from the event after the first of this type on. */
async function runUntilFull(fullAfter: Event['type']) {
  const at = plainPlace(plainScenario(1));
  const { place, paper } = at;
  const disk = { isFull: false, refusedCount: 0 };
  const writes: boolean[] = [];
  const { registry } = place.world;
  const world = {
    ...place.world,
    registry: {
      ...registry,
      write: (write: Parameters<typeof registry.write>[0]) => {
        writes.push(disk.isFull);
        return registry.write(write);
      },
    },
  };
  const journal = {
    append: (event: Event) => {
      if (disk.isFull) {
        disk.refusedCount += 1;
        throw new Error('ENOSPC');
      }
      paper.append(`${JSON.stringify(event)}\n`);
      disk.isFull = event.type === fullAfter;
    },
  };
  const runner = createRunner({ world, journal, rollout: paper.read(), directory: '/state' });
  const end: { problem?: unknown } = {};
  const over = runner.finished.catch((error: unknown) => (end.problem = error));
  runner.record({ type: 'runner-started', pid: 1, host: 'here', isAttended: true, lease: 'none' });
  while (end.problem === undefined) await place.clock.advance(100);
  await over;
  return { ...at, runner, disk, writes, problem: end.problem };
}

test.each(['disable-began', 'disabled', 'deploy-began', 'check-passed'] as const)(
  'a disk that is full after "%s" ends the runner, and nothing more is written to Nacos',
  async (fullAfter) => {
    const { place, runner, disk, writes, problem } = await runUntilFull(fullAfter);
    expect(problem).toMatchObject({ message: 'ENOSPC' });
    const refused = disk.refusedCount;
    await place.clock.advance(60_000);
    expect(writes.filter((wasFull) => wasFull)).toEqual([]);
    expect(runner.submit({ type: 'pause' }, 'someone@here')).toBeUndefined();
    expect(disk.refusedCount).toBe(refused);
  },
);

test('the command that runs is left to itself, and the next runner finds its outcome', async () => {
  const { place, run, began } = await runUntilFull('deploy-began');
  expect(place.commands.runningCount + began.length).toBeGreaterThan(0);
  await place.clock.advance(60_000);
  const second = run({ isResumed: true });
  expect(await second.end()).toBe(0);
  expect(began).toHaveLength(1);
  expect(isAllOn(place)).toBe(true);
});
