import { mkdirSync } from 'node:fs';
import { apply, replay } from '../core/apply.ts';
import type { Reached } from '../core/connection-spec.ts';
import { type Event, type FactOf, eventVersion } from '../core/event.ts';
import type { Rollout } from '../core/rollout.ts';
import { type Clock, stamp } from '../world/clock.ts';
import { markOf } from '../world/process-mark.ts';
import type { RequestText } from '../world/registry.ts';
import type { World } from '../world/world.ts';
import { serveFaces } from './face-server.ts';
import type { LaunchProblem } from './face-ports.ts';
import type { HandOver } from './hand-over.ts';
import { type Journal, openJournal, readJournal } from './journal.ts';
import { type LockResult, takeLocks } from './lock.ts';
import { createObserver } from './observe.ts';
import { type Runner, createRunner } from './runner.ts';
import {
  type StateDirectory,
  lockDirectory,
  rehearsalDirectory,
  rolloutDirectory,
  socketPath,
} from './state-directory.ts';

/** What main gives to the runner's process. */
export type RunnerHouse = {
  readonly clock: Clock;
  readonly state: StateDirectory;
  readonly pid: number;
  /** Opens the world: real or rehearsal. `list` hears the requests of a rehearsal. */
  openWorld(
    kind: 'real' | 'rehearsal',
    reached: Reached,
    typedPassword: string | undefined,
    list: (request: RequestText, wasSent: boolean) => void,
  ): Promise<World>;
  /** Says the one line that the launcher waits for. */
  answer(problem: LaunchProblem | undefined): void;
  /** Calls back when we are asked to end (SIGTERM). */
  onStop(callback: () => void): void;
};

/** The whole life of a runner, from the hand-over to its exit code. */
export async function runRunnerProcess(handOver: HandOver, house: RunnerHouse): Promise<number> {
  const opened = open(handOver, house);
  if (!opened.ok) {
    house.answer(opened.problem);
    return 0;
  }
  const { rollout, events, journal, lock, directory } = opened;
  try {
    return await carryOut(handOver, house, { rollout, events, journal, directory });
  } finally {
    journal.close();
    lock.release();
  }
}

type Opened = {
  readonly ok: true;
  readonly rollout: Rollout;
  readonly events: readonly Event[];
  readonly journal: Journal;
  readonly lock: LockResult & { ok: true };
  readonly directory: string;
};

function open(handOver: HandOver, house: RunnerHouse): Opened | { ok: false; problem: LaunchProblem } {
  const { state } = house;
  const isRehearsal = handOver.kind === 'start' && handOver.world === 'rehearsal';
  const directory = (isRehearsal ? rehearsalDirectory : rolloutDirectory)(state, handOver.id);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const before = handOver.kind === 'resume' ? readBefore(handOver.id, directory) : planned(handOver, house);
    if ('problem' in before) return { ok: false, problem: before.problem };
    const { rollout } = before;
    const holder = {
      ...markOf(house.pid),
      id: rollout.id,
      by: handOver.by,
      since: stamp(house.clock.wallClock()),
    };
    const { reached, plan } = rollout.planned;
    const lock = isRehearsal ? noLock : takeLocks(lockDirectory(state), reached, plan, holder);
    if (!lock.ok) {
      const { by, since, service, id } = lock.holder;
      return { ok: false, problem: { kind: 'locked', by, since, service, id } };
    }
    const journal = openJournal(directory);
    if (handOver.kind === 'start') for (const event of before.events) journal.append(event);
    return { ok: true, ...before, journal, lock, directory };
  } catch (error) {
    return {
      ok: false,
      problem: { kind: 'cannot-write', path: directory, detail: (error as Error).message },
    };
  }
}

const noLock = { ok: true, release: () => undefined } as const;

type Before = { readonly rollout: Rollout; readonly events: readonly Event[] };

function planned(handOver: HandOver & { kind: 'start' }, house: RunnerHouse): Before {
  const { plan, by, reached, world, isAttended, nodes, workingDirectory } = handOver;
  const facts: Omit<FactOf<'rollout-planned'>, 'type'> = {
    plan,
    by,
    reached,
    world,
    isAttended,
    nodes,
    workingDirectory,
  };
  const at = stamp(house.clock.wallClock());
  const event: Event = {
    v: eventVersion,
    seq: 0,
    at,
    rollout: handOver.id,
    type: 'rollout-planned',
    ...facts,
  };
  return { rollout: apply(undefined, event), events: [event] };
}

function readBefore(id: string, directory: string): Before | { readonly problem: LaunchProblem } {
  const read = readJournal(directory);
  if (!read.ok) return { problem: { ...read.problem, id } };
  const rollout = replay(read.events);
  if (rollout === undefined) return { problem: { kind: 'no-such-rollout', id } };
  if (rollout.ended !== undefined) return { problem: { kind: 'already-ended', id } };
  return { rollout, events: read.events };
}

async function carryOut(
  handOver: HandOver,
  house: RunnerHouse,
  opened: { rollout: Rollout; events: readonly Event[]; journal: Journal; directory: string },
): Promise<number> {
  const { rollout, journal, directory } = opened;
  const { reached, nodes, plan, world: kind } = rollout.planned;
  const transcript: { runner?: Runner } = {};
  const world = await house.openWorld(kind, reached, handOver.typedPassword, (request, wasSent) => {
    transcript.runner?.record({ type: 'request-listed', wasSent, request });
  });
  const runner = createRunner({ world, journal, rollout, directory });
  transcript.runner = runner;
  const observe = createObserver(world.registry, world.clock, nodes, plan);
  const faces = await serveFaces({
    path: socketPath(house.state, directory),
    runner,
    events: opened.events,
    clock: house.clock,
    observe,
  });
  house.onStop(() => runner.submit({ type: 'stop' }, handOver.by));
  begin(handOver, runner, house.pid);
  house.answer(undefined);
  try {
    return await runner.finished;
  } finally {
    faces.close();
    await world.registry.close();
  }
}

function begin(handOver: HandOver, runner: Runner, pid: number): void {
  const { startTicks } = markOf(pid);
  const started = {
    type: 'runner-started',
    pid,
    host: handOver.host,
    isAttended: handOver.isAttended,
  } as const;
  runner.record({ ...started, ...(startTicks === undefined ? {} : { startTicks }) });
  if (handOver.kind !== 'resume') return;
  if (runner.rollout().paused !== undefined) runner.record({ type: 'continued', by: handOver.by });
  // Without a person, carrying on means: once more. What only a person can know is left for one.
  if (!handOver.isAttended)
    for (const target of runner.rollout().targets)
      if (
        target.phase === 'stuck' &&
        !['wanted-on', 'deploy-unknown'].includes(target.failure?.why.kind ?? '')
      )
        runner.submit({ type: 'decide', target: target.name, decision: 'retry' }, handOver.by);
}
