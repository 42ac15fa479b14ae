import { expect, test } from 'vitest';
import { partLeft, planWhole } from '../../../src/core/report/whole-weight.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import { marksOf } from '../../../src/doctor/left-behind.ts';
import { planFrom } from '../../../src/runner/review/read-plan.ts';
import { beginLife, beginWork } from '../../simulation/runner-life.ts';
import { rolloutOn } from '../../simulation/run-plain.ts';
import { firstWeight } from '../../simulation/scenario/scenario.ts';
import { seenOf } from '../../simulation/world/ground-truth.ts';
import { createJournalDisk } from '../../simulation/world/journal-disk.ts';
import { plannedLine } from '../../simulation/world/simulated-world.ts';
import { warming } from '../steps/warm-up/warming.ts';

const part = 0.5;

/** Killed while its instance is on with a tenth of its weight. */
async function killedInWarmUp() {
  const opened = warming(1);
  const rollout = opened.run();
  await rollout.untilEvent('weight-set', 1);
  rollout.life.die();
  await opened.place.clock.advance(20_000);
  expect(seenOf(opened.slotAt())?.weight).toBe(part);
  return opened;
}

type Opened = Awaited<ReturnType<typeof killedInWarmUp>>;

/** Somebody begins anew instead of carrying on: planned of what Nacos lists now. */
async function planNow({ place }: Opened): Promise<Plan> {
  const file = {
    version: 1 as const,
    stages: [{ services: [{ service: 'orders', instances: ['10.0.0.1:8080'], deploy: { run: 'x' } }] }],
  };
  const made = await planFrom(file, place.world.registry, { namespace: 'public', group: 'DEFAULT_GROUP' });
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
  return made.plan;
}

/** The journal of a rollout of that plan, once it has ended. */
async function rolled({ place, paper: first }: Opened, plan: Plan) {
  const paper = createJournalDisk(plannedLine(plan, rolloutOn(first).planned.nodes, true));
  const { commands } = place.world;
  const outcomes: number[] = [];
  const life = beginLife({
    world: {
      ...place.world,
      // Its directory is another one.
      commands: {
        ...commands,
        run: (order, signal) => commands.run({ ...order, directory: `/other${order.directory}` }, signal),
      },
    },
    paper,
    death: undefined,
    heard: () => undefined,
    died: () => undefined,
    broke: (error) => {
      throw error;
    },
    finished: (code) => void outcomes.push(code),
  });
  beginWork(life, true, undefined);
  for (let at = 0; at < 3000 && outcomes.length === 0; at++) await place.clock.advance(100);
  expect(outcomes).toEqual([0]);
  return paper;
}

const dated = (id: string, rollout: Rollout, plannedAt: string): Rollout => ({ ...rollout, id, plannedAt });

/** How many marks of the first one are its own still, by both journals. */
async function leftOf({ paper: first }: Opened, second: Awaited<ReturnType<typeof rolled>>) {
  const one = dated('aaaaaaaa', rolloutOn(first), '2026-11-21T19:00:00.000Z');
  const two = dated('bbbbbbbb', rolloutOn(second), '2026-11-21T20:00:00.000Z');
  const openOf = (rollout: Rollout) => ({ id: rollout.id, directory: '/s', isRunning: false, rollout });
  const read = async (id: string) =>
    id === one.id
      ? { ok: true, open: openOf(one), events: first.events() }
      : { ok: true, open: openOf(two), events: second.events() };
  const ports = { launcher: { read } } as unknown as Parameters<typeof marksOf>[0];
  const all = [openOf(two), openOf(one)];
  const { left } = await marksOf(ports, all, all);
  const known = partLeft([two, one], one.planned.reached, openedAt(one));
  return { left: left.length, part: known?.full };
}

function openedAt({ planned }: Rollout) {
  const [registration] = planned.plan.targets[0]?.registrations ?? [];
  if (registration === undefined) throw new Error('the plan has one');
  return registration;
}

test('a later rollout that knows of it gives back the whole of a weight, and answers for it then', async () => {
  const opened = await killedInWarmUp();
  const first = rolloutOn(opened.paper);
  const plan = planWhole(await planNow(opened), (one) => partLeft([first], first.planned.reached, one));
  const paper = await rolled(opened, plan);
  expect(seenOf(opened.slotAt())).toMatchObject({ enabled: true, weight: firstWeight });
  expect(paper.events().filter((one) => one.type === 'changed' && one.what === 'weight')).toEqual([]);
  expect(await leftOf(opened, paper)).toEqual({ left: 0, part: undefined });
});

test('one that took the part for the whole leaves it to be named, and to be given back by the next', async () => {
  const opened = await killedInWarmUp();
  const paper = await rolled(opened, await planNow(opened));
  expect(seenOf(opened.slotAt())?.weight).toBe(part);
  expect(await leftOf(opened, paper)).toEqual({ left: 1, part: firstWeight });
});

test('one that found another weight there by then answers for that', async () => {
  const opened = await killedInWarmUp();
  opened.place.truth.write(opened.slotAt(), { enabled: true, weight: 3 }, 'person', 'flip');
  await opened.place.clock.advance(2000);
  const paper = await rolled(opened, await planNow(opened));
  expect(seenOf(opened.slotAt())?.weight).toBe(3);
  expect(await leftOf(opened, paper)).toEqual({ left: 0, part: undefined });
});
