import { rmSync } from 'node:fs';
import type { Reached } from '../../core/registry/connection-spec.ts';
import type { FactOf } from '../../core/event/event.ts';
import { noticesOf } from '../../core/report/left-beside.ts';
import { isOver, nodesOf, planOf } from '../../core/rollout/rollout.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Clock } from '../../world/clock.ts';
import { markOf } from '../../world/process-mark.ts';
import type { RequestText } from '../../world/registry.ts';
import type { World } from '../../world/world.ts';
import { type FaceServer, type Freshness, serveFaces } from './runner-socket-server.ts';
import type { LaunchProblem } from '../ports/face-ports.ts';
import type { HandOver } from '../ports/hand-over.ts';
import { cannotWrite } from '../store/launch-problem.ts';
import { type ClaimedOrAwaited, claim, lockedByRival, tellLease } from './claim.ts';
import { type Opened, type OpeningHouse, type Problem, begunJournal, openRollout } from './open-rollout.ts';
import { createObserver, observeEveryMs } from './observe.ts';
import type { CallBook } from '../context/call-book.ts';
import { readConsumers } from '../context/noted-consumers.ts';
import { NodeReads } from '../context/node-reads.ts';
import { watchEarly } from '../context/read-calls.ts';
import { type ConsumersTold, followConsumers } from '../context/consumers-told.ts';
import { finishBeside } from './finish-beside.ts';
import { runOccasions } from './run-occasions.ts';
import { tellReceivers } from './tell-receivers.ts';
import { type Runner, createRunner } from '../engine/runner.ts';
import { readServiceSettings } from '../context/service-settings.ts';
import { beginRollout } from '../engine/begin.ts';

/** What main gives to the runner's process. */
export type RunnerHouse = OpeningHouse & {
  /** Opens the world: real or rehearsal. `list` hears the requests of a rehearsal. */
  openWorld(
    kind: 'real' | 'rehearsal',
    reached: Reached,
    typedPassword: string | undefined,
    plan: Plan,
    list: (request: RequestText, wasSent: boolean) => void,
  ): Promise<World | { readonly problem: LaunchProblem }>;
  /** What a rollout has beside it: no Nacos is asked, and no password is needed. */
  openBeside(reached: Reached, plan: Plan): Promise<Pick<World, 'clock' | 'commands' | 'notifier'>>;
  /** Whether the face that started us has gone before we answered it. */
  isFaceGone(): boolean;
  /** Says the one line that the launcher waits for. */
  answer(problem: LaunchProblem | undefined): void;
  /** Calls back when we are asked to end (SIGTERM). */
  onStop(callback: () => void): void;
};

/** The whole life of a runner, from the hand-over to its exit code. */
export async function runRunnerProcess(handOver: HandOver, house: RunnerHouse): Promise<number> {
  const opened = openRollout(handOver, house);
  if ('problem' in opened) {
    house.answer(opened.problem);
    return 0;
  }
  try {
    if (opened.rollout.ended !== undefined) return await finishEnded(house, opened);
    return await carryOut(handOver, house, opened);
  } finally {
    opened.release();
  }
}

/** Answers when all is done: nobody can follow it, and it ends by itself. */
async function finishEnded(house: RunnerHouse, opened: Opened): Promise<number> {
  const { reached, plan } = opened.rollout.planned;
  const journal = begunJournal(opened.directory, []);
  if ('problem' in journal) return refuse(house, journal.problem);
  try {
    await finishBeside(opened, journal, await house.openBeside(reached, plan));
  } finally {
    journal.close();
  }
  house.answer(undefined);
  return 0;
}

async function carryOut(handOver: HandOver, house: RunnerHouse, opened: Opened): Promise<number> {
  const { rollout } = opened;
  const { reached, world: kind } = rollout.planned;
  const late: { runner?: Runner } = {};
  const listedBefore: FactOf<'request-listed'>[] = [];
  const world = await house.openWorld(
    kind,
    reached,
    handOver.typedPassword,
    rollout.planned.plan,
    (request, wasSent) => {
      const listed = { type: 'request-listed', wasSent, request } as const;
      if (late.runner === undefined) listedBefore.push(listed);
      else late.runner.record(listed);
    },
  );
  if ('problem' in world) return refuse(house, world.problem);
  const watching = new AbortController();
  try {
    return await carryOutIn(world, watchEarly(world, rollout, watching.signal), {
      handOver,
      house,
      opened,
      late,
      listedBefore,
    });
  } finally {
    watching.abort();
  }
}

type Given = {
  readonly handOver: HandOver;
  readonly house: RunnerHouse;
  readonly opened: Opened;
  readonly late: { runner?: Runner };
  /** What a rehearsal listed before there was a runner. */
  readonly listedBefore: readonly FactOf<'request-listed'>[];
};

async function carryOutIn(world: World, calls: CallBook, given: Given): Promise<number> {
  const { handOver, house, opened, late, listedBefore } = given;
  const { rollout, directory } = opened;
  const { plan } = rollout.planned;
  const claimed = await claim(handOver, house, world, rollout, (news) => {
    if (late.runner !== undefined) tellLease(late.runner, news);
  });
  if (claimed?.kind === 'locked') return refuse(house, lockedByRival(claimed.rival, plan));
  const giveBack = async (): Promise<void> => {
    if (claimed?.kind === 'held' || claimed?.kind === 'awaited') await claimed.lease.release();
    await world.registry.close();
  };
  const isFirst = handOver.kind === 'start';
  const noted = isFirst ? await readServiceSettings(world.registry, plan) : [];
  const consumers = isFirst ? await readConsumers(world.registry, plan) : [];
  // Nobody is there to follow what would begin now, and nothing was touched: as if we had never been asked.
  if (house.isFaceGone()) {
    await giveBack();
    if (handOver.kind === 'start') rmSync(directory, { recursive: true, force: true });
    return 0;
  }
  const journal = begunJournal(directory, handOver.kind === 'start' ? opened.events : []);
  if ('problem' in journal) {
    await giveBack();
    return refuse(house, journal.problem);
  }
  const told = followConsumers(world.registry, nodesOf(rollout), () =>
    planOf(late.runner?.rollout() ?? rollout),
  );
  const reads = new NodeReads(world, told);
  const runner = createRunner({ world, journal, rollout, directory, told, calls, reads });
  late.runner = runner;
  const faces = await facesOf(house, opened, runner, { world, told, reads });
  if ('problem' in faces) {
    journal.close();
    await giveBack();
    if (handOver.kind === 'start') rmSync(directory, { recursive: true, force: true });
    return refuse(house, faces.problem);
  }
  const before = handOver.kind === 'start' ? [] : noticesOf(opened.events);
  const receivers = tellReceivers(runner, world, before);
  const occasions = runOccasions(runner, world, directory, before);
  house.onStop(() => runner.submit({ type: 'stop' }, handOver.by));
  begin(handOver, runner, house.pid, claimed);
  for (const listed of listedBefore) runner.record(listed);
  if (noted.length > 0) runner.record({ type: 'services-noted', services: noted });
  if (consumers.length > 0) runner.record({ type: 'consumers-noted', services: consumers });
  house.answer(undefined);
  void missFirstFace(house.clock, faces, runner, handOver.by);
  try {
    const exitCode = await runner.finished;
    await Promise.all([receivers.finish(), occasions.finish()]);
    return exitCode;
  } catch (error) {
    const problem: LaunchProblem = runner.isBroken()
      ? cannotWrite(directory, error)
      : { kind: 'runner-crashed', id: handOver.id };
    faces.tellBroken(problem);
    throw error;
  } finally {
    receivers.stop();
    occasions.stop();
    await faces.close();
    await giveBack();
    journal.close();
  }
}

type Observed = {
  readonly world: World;
  readonly told: ConsumersTold | undefined;
  readonly reads: NodeReads;
};

async function facesOf(
  { clock }: RunnerHouse,
  { socket: path, events }: Opened,
  runner: Runner,
  { world, told, reads }: Observed,
): Promise<FaceServer | Problem> {
  const nodes = (): readonly string[] => nodesOf(runner.rollout());
  const plan = (): Plan => planOf(runner.rollout());
  const observe = createObserver(world.registry, world.clock, nodes, plan, { told, reads });
  const freshness = (): Freshness => ({ ms: observeEveryMs(told, nodes(), plan()), news: told?.news() });
  try {
    return await serveFaces({ path, runner, events, clock, observe, freshness });
  } catch (error) {
    return { problem: cannotWrite(path, error) };
  }
}

const firstFaceWithinMs = 10_000;

/** A face that was killed after our answer and before it joined is a lost terminal too. */
async function missFirstFace(clock: Clock, faces: FaceServer, runner: Runner, by: string): Promise<void> {
  await clock.sleep(firstFaceWithinMs);
  const rollout = runner.rollout();
  if (faces.hasBeenJoined() || rollout.isUnattended || isOver(rollout)) return;
  runner.record({ type: 'face-lost', by });
}

function refuse(house: RunnerHouse, problem: LaunchProblem): number {
  house.answer(problem);
  return 0;
}

function leaseOf(claimed: ClaimedOrAwaited | undefined): FactOf<'runner-started'>['lease'] {
  if (claimed === undefined) return 'none';
  return claimed.kind === 'held' || claimed.kind === 'awaited' ? claimed.kind : 'unavailable';
}

function begin(handOver: HandOver, runner: Runner, pid: number, claimed: ClaimedOrAwaited | undefined): void {
  const { startTicks } = markOf(pid);
  const started: FactOf<'runner-started'> = {
    type: 'runner-started',
    pid,
    host: handOver.host,
    isAttended: handOver.isAttended,
    lease: leaseOf(claimed),
    ...(startTicks === undefined ? {} : { startTicks }),
    ...(claimed?.kind === 'held' && { leaseMs: claimed.ms }),
    ...(claimed?.kind === 'unavailable' && { leaseError: claimed.error }),
  };
  beginRollout(runner, started, handOver);
}
