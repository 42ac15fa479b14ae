import { expect, test } from 'vitest';
import { markNames } from '../../../src/cli/status/left-names.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { repairRollout } from '../../../src/runner/registry/repair.ts';
import { plainPlace, plainScenario, rolloutOn } from '../../simulation/run-plain.ts';
import { firstWeight } from '../../simulation/scenario/scenario.ts';
import { restart } from '../../simulation/world/simulated-processes.ts';
import { whileRunning } from '../../support/processes/while-running.ts';

const former = '10.0.0.1:8080';

/** Its process came back at another address, and its runner was killed before it took back the mark at the old one. */
async function killedAfterItMoved(): Promise<ReturnType<typeof plainPlace>> {
  const plain = plainPlace(
    plainScenario(1, (plan) => ({
      ...plan,
      targets: plan.targets.map((one) => ({ ...one, anyNew: { match: {} } })),
    })),
    (process, _count, good) => ({
      ...good(),
      act: () => {
        const { clock, truth } = plain.place;
        void restart(clock, truth, process, {
          awayMs: 8000,
          weight: firstWeight,
          wellAfterMs: 1000,
          isComingBack: true,
          isMoving: true,
        });
      },
    }),
  );
  const first = plain.run();
  first.life.runner.follow(({ type }) => {
    if (type === 'identified') first.life.die();
  });
  await first.until(() => first.outcome() !== undefined);
  await plain.place.clock.advance(120_000);
  return plain;
}

test('a mark at a former address is named until it is taken back, and no mend ends its rollout before', async () => {
  const { place, paper, run } = await killedAfterItMoved();
  expect(markNames(rolloutOn(paper))).toContain(former);
  const mending = repairRollout({
    world: place.world,
    journal: { append: (event: Event) => paper.append(`${JSON.stringify(event)}\n`) },
    rollout: rolloutOn(paper),
    directory: '/state',
    by: 'bob@bastion',
    isPuttingOn: true,
    gone: [],
  });
  const { mended } = await whileRunning(mending, () => place.clock.advance(200));
  expect(mended).toMatchObject([{ target: former, kind: 'put-on' }]);
  expect(rolloutOn(paper).ended).toBeUndefined();
  expect(markNames(rolloutOn(paper))).toEqual([former]);
  await run({ isResumed: true }).end();
  expect(markNames(rolloutOn(paper))).toEqual([]);
});
