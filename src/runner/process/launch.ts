import { statSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodeOf } from '../../core/rollout/outcome.ts';
import { inItsNamespace } from '../../core/plan/plan-namespace.ts';
import { deadlineAt } from '../../core/plan/deadline-at.ts';
import { isRolloutId } from '../../core/registry/lease.ts';
import { stamp } from '../../core/text/stamp.ts';
import type { Clock } from '../../world/clock.ts';
import type {
  AttachOptions,
  LaunchProblem,
  Launched,
  Launcher,
  OpenRollout,
  ResumeOptions,
  RolloutRead,
  RolloutsRead,
  StartRequest,
} from '../ports/face-ports.ts';
import type { HandOver, HandOverAnswer } from '../ports/hand-over.ts';
import { hasRunner, hostElsewhere } from '../ports/has-runner.ts';
import { journalPath, openJournal, readJournal } from '../store/journal.ts';
import { journaledRollout } from '../store/journaled-rollout.ts';
import { cannotWrite, journalHeld } from '../store/launch-problem.ts';
import { takeJournal } from '../store/lock.ts';
import { nowhere } from '../store/nowhere.ts';
import { noteSwitch, overWhereGone, settleSwitch } from './one-shot-journal.ts';
import { resumeProblem } from './resume-problem.ts';
import { journaledEnd } from './journaled-end.ts';
import { connectToRunner } from './runner-socket-client.ts';
import {
  type StateDirectory,
  foreignHands,
  newRolloutId,
  rehearsalDirectory,
  rolloutDirectory,
  rolloutIds,
  socketPath,
  stateObstacle,
} from '../store/state-directory.ts';
import { tryToWrite } from '../store/try-to-write.ts';
import { makeDirectory } from '../../world/make-directory.ts';
import { markOf } from '../../world/process-mark.ts';

export type LaunchHouse = {
  readonly clock: Clock;
  readonly state: StateDirectory;
  readonly who: string;
  readonly host: string;
  readonly workingDirectory: string;
  /** Of this process. */
  readonly pid: number;
  /** Starts the runner's process in a session of its own, writes the hand-over to it, and returns its one line. */
  spawnRunner(handOver: HandOver, logPath: string): Promise<HandOverAnswer>;
};

/** The launcher of this machine: runners are found by their journals and reached by their sockets. */
export function createLauncher(house: LaunchHouse): Launcher {
  return {
    obstacle: async (world) => obstacleTo(house, world),
    start: (request) => start(house, request),
    attach: (id, options = { mayDecide: true }) => attach(house, id, options),
    resume: (id, options) => resume(house, id, options),
    abandon: (id) => abandon(house, id),
    all: async () => allRollouts(house),
    read: async (id) => find(house, id),
    noteSwitch: async (noted) => noteSwitch(house, noted),
    settleSwitch: (on) => settleSwitch(house, allRollouts(house).rollouts, on),
  };
}

function obstacleTo({ state }: LaunchHouse, world: 'real' | 'rehearsal'): LaunchProblem | undefined {
  if (state.root === nowhere) return { kind: 'no-home' };
  try {
    tryToWrite(state, world);
    socketPath(state, directoryOf(state, world, newRolloutId()));
    return undefined;
  } catch (error) {
    return cannotWrite(state.root, error);
  }
}

function directoryOf(state: StateDirectory, world: 'real' | 'rehearsal', id: string): string {
  return (world === 'real' ? rolloutDirectory : rehearsalDirectory)(state, id);
}

async function start(house: LaunchHouse, request: StartRequest): Promise<Launched> {
  const id = newRolloutId();
  const { plan, connected, world, isAttended, nodes, typedPassword } = request;
  const directory = directoryOf(house.state, world, id);
  const { who: by, host, workingDirectory } = house;
  const reached = inItsNamespace(plan, connected.reached);
  return launch(house, directory, {
    kind: 'start',
    id,
    by,
    host,
    isAttended,
    plan,
    reached,
    nodes: [...nodes],
    workingDirectory,
    world,
    typedPassword,
  });
}

async function launch(house: LaunchHouse, directory: string, handOver: HandOver): Promise<Launched> {
  if (house.state.root === nowhere) return { ok: false, problem: { kind: 'no-home' } };
  try {
    makeDirectory(directory);
  } catch (error) {
    return { ok: false, problem: cannotWrite(directory, error) };
  }
  const answer = await house.spawnRunner(handOver, join(directory, 'runner.log'));
  if (!answer.ok) return answer;
  return connect(house, handOver.id, directory, { mayDecide: true }, true);
}

async function connect(
  house: LaunchHouse,
  id: string,
  directory: string,
  options: AttachOptions,
  /** That it lived a moment ago: if it is gone, it has come to its end since. */
  wasRunning: boolean,
): Promise<Launched> {
  const readEnd = (): ReturnType<typeof journaledEnd> => (wasRunning ? journaledEnd(directory) : undefined);
  let path: string;
  try {
    path = socketPath(house.state, directory);
  } catch (error) {
    return { ok: false, problem: cannotWrite(directory, error) };
  }
  const link = await connectToRunner({ id, directory, path, by: house.who, ...options, readEnd });
  return link === undefined ? { ok: false, problem: { kind: 'no-runner', id } } : { ok: true, link };
}

async function attach(house: LaunchHouse, id: string, options: AttachOptions): Promise<Launched> {
  const found = find(house, id);
  if (!found.ok) return found;
  const { directory, isRunning, rollout } = found.open;
  if (rollout.ended !== undefined && !isRunning) return { ok: false, problem: { kind: 'already-ended', id } };
  return connect(house, id, directory, options, isRunning);
}

async function resume(house: LaunchHouse, id: string, options: ResumeOptions): Promise<Launched> {
  const found = find(house, id);
  if (!found.ok) return found;
  const { directory } = found.open;
  const problem = resumeProblem(house, found, options);
  if (problem !== undefined) return { ok: false, problem };
  const { who: by, host } = house;
  const { isPuttingBack = false, decisions = [], deadline, ...rest } = options;
  const until = deadline && { deadline: deadlineAt(deadline, stamp(house.clock.wallClock())) };
  const decided = decisions.length === 0 ? {} : { decisions: [...decisions] };
  return launch(house, directory, {
    kind: 'resume',
    id,
    by,
    host,
    ...rest,
    ...until,
    ...decided,
    isPuttingBack,
  });
}

async function abandon(house: LaunchHouse, id: string): Promise<LaunchProblem | undefined> {
  const first = toGiveUp(house, id);
  if ('kind' in first) return first;
  const { directory } = first;
  const writer = { ...markOf(house.pid), id, by: house.who, since: stamp(house.clock.wallClock()) };
  try {
    const lock = takeJournal(directory, writer);
    if (!lock.ok) return journalHeld(lock.holder);
    try {
      // Whoever held it a moment ago may have written.
      const now = toGiveUp(house, id);
      if ('kind' in now) return now;
      endAbandoned(house, now);
      return undefined;
    } finally {
      lock.release();
    }
  } catch (error) {
    return cannotWrite(directory, error);
  }
}

function toGiveUp(house: LaunchHouse, id: string): OpenRollout | LaunchProblem {
  const found = find(house, id);
  if (!found.ok) return found.problem;
  const { rollout, directory, isRunning, elsewhere } = found.open;
  if (rollout.ended !== undefined) return { kind: 'already-ended', id };
  if (isRunning) return { kind: 'still-running', id };
  if (elsewhere !== undefined) return { kind: 'elsewhere', id, host: elsewhere };
  return foreignHands(house.state, directory) ?? found.open;
}

function endAbandoned({ clock }: LaunchHouse, { directory, rollout }: OpenRollout): void {
  const journal = openJournal(directory);
  try {
    const exitCode = exitCodeOf(rollout, 'abandoned');
    journaledRollout(journal, rollout, clock).record({
      type: 'rollout-ended',
      outcome: 'abandoned',
      exitCode,
    });
  } finally {
    journal.close();
  }
}

function find(house: Pick<LaunchHouse, 'state' | 'host'>, id: string): RolloutRead {
  const directory = rolloutDirectory(house.state, id);
  const none = { ok: false, problem: { kind: 'no-such-rollout', id } } as const;
  if (house.state.root === nowhere) return { ok: false, problem: { kind: 'no-home' } };
  if (!isRolloutId(id)) return none;
  const read = readJournal(directory);
  if (!read.ok) return { ok: false, problem: { ...read.problem, id } };
  if (read.rollout === undefined) return none;
  const rollout = overWhereGone(read.rollout);
  const isRunning = hasRunner(rollout);
  const elsewhere = hostElsewhere(rollout, house.host);
  return { ok: true, open: { id, directory, rollout, isRunning, elsewhere }, events: read.events };
}

/** A directory without a journal is neither: its runner ended before it began anything. */
export function allRollouts(house: Pick<LaunchHouse, 'state' | 'host'>): RolloutsRead {
  const obstacle = stateObstacle(house.state);
  if (obstacle !== undefined) return { rollouts: [], unreadable: [obstacle] };
  const found = rolloutIds(house.state).map((id) => find(house, id));
  const rollouts = found.flatMap((one) => (one.ok ? [one.open] : []));
  const timeOf = ({ directory }: OpenRollout): number =>
    statSync(journalPath(directory), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return {
    rollouts: rollouts.sort(
      (a, b) => b.rollout.plannedAt.localeCompare(a.rollout.plannedAt) || timeOf(b) - timeOf(a),
    ),
    unreadable: found.flatMap((one) =>
      one.ok || one.problem.kind === 'no-such-rollout' ? [] : [one.problem],
    ),
  };
}
