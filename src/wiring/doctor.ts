import { readFile } from 'node:fs/promises';
import { Agent, request } from 'undici';
import { realCaller } from '../probes/call.ts';
import { realEvidence } from '../probes/evidence/evidence.ts';
import { realProbe } from '../probes/probe.ts';
import type { Doctor, MendAnswer } from '../runner/process/doctor-port.ts';
import type { Connected } from '../runner/ports/face-ports.ts';
import { hasRunner, hostElsewhere } from '../runner/ports/has-runner.ts';
import { openJournal, readJournal } from '../runner/store/journal.ts';
import { cannotWrite, journalHeld } from '../runner/store/launch-problem.ts';
import { type Writer, readLocks, releaseDeadLocks, takeJournal, takeLocks } from '../runner/store/lock.ts';
import { lockedBy } from '../runner/process/claim.ts';
import { type RepairWish, repairRollout } from '../runner/registry/repair.ts';
import {
  foreignHands,
  lockDirectory,
  rolloutDirectory,
  rolloutIds,
} from '../runner/store/state-directory.ts';
import { type ServiceHolder, findServiceHolder } from '../runner/registry/current-holder.ts';
import { touchedServices } from '../core/plan/plan.ts';
import { type Rollout, isOver } from '../core/rollout/rollout.ts';
import { stamp, stampMs } from '../core/text/stamp.ts';
import { realCommands } from '../world/commands.ts';
import type { World } from '../world/world.ts';
import { markOf } from '../world/process-mark.ts';
import { receiverVariables } from '../profiles/secret-reference.ts';
import { environmentForCommands } from './environment.ts';
import type { ProcessEnvironment } from './open-face-ports.ts';
import { stateSeen } from './state-seen.ts';

export type DoctorHouse = ProcessEnvironment & {
  readonly terminalSize: Doctor['terminalSize'];
};

export function realDoctor(house: DoctorHouse): Doctor {
  const locks = lockDirectory(house.state);
  return {
    locks: () => readLocks(locks),
    releaseDeadLocks: () => releaseDeadLocks(locks, house.pid),
    stateSeen: () => stateSeen(house.state),
    terminalSize: house.terminalSize,
    clockDifference: (connected) => clockDifference(house, connected),
    mend: (id, connected, wish) => mendOne(house, id, connected, wish),
  };
}

const withinMs = 5000;

/** By the `Date` of its answer, which counts whole seconds. */
async function clockDifference({ clock }: DoctorHouse, { spec }: Connected): Promise<number | undefined> {
  const [server = ''] = spec.servers;
  const over = new AbortController();
  try {
    const ca = spec.tls.ca === undefined ? undefined : await readFile(spec.tls.ca, 'utf8');
    const dispatcher = new Agent(ca === undefined ? {} : { connect: { ca } });
    void clock.sleep(withinMs, over.signal).then(() => dispatcher.destroy());
    const beganMs = clock.wallClock();
    const answer = await request(`${server}${spec.contextPath}/`, { method: 'GET', dispatcher });
    // What it has to say is in the head; its body may never end.
    const nowMs = (beganMs + clock.wallClock()) / 2;
    const { date } = answer.headers;
    return typeof date === 'string' ? stampMs(date) + 500 - nowMs : undefined;
  } catch {
    return undefined;
  } finally {
    over.abort();
  }
}

async function mendOne(
  house: DoctorHouse,
  id: string,
  connected: Connected,
  wish: RepairWish,
): Promise<MendAnswer> {
  const directory = rolloutDirectory(house.state, id);
  const read = readJournal(directory);
  if (!read.ok) return { ok: false, problem: { ...read.problem, id } };
  const foreign = foreignHands(house.state, directory);
  if (foreign !== undefined) return { ok: false, problem: foreign };
  try {
    const writer = { ...markOf(house.pid), id, by: house.who, since: stamp(house.clock.wallClock()) };
    const lock = takeJournal(directory, writer);
    if (!lock.ok) return { ok: false, problem: journalHeld(lock.holder) };
    try {
      return await mendUnderLock(house, directory, writer, connected, wish);
    } finally {
      lock.release();
    }
  } catch (error) {
    return { ok: false, problem: cannotWrite(directory, error) };
  }
}

/** What the journal says is read once nobody else writes into it. */
async function mendUnderLock(
  house: DoctorHouse,
  directory: string,
  writer: Writer,
  connected: Connected,
  wish: RepairWish,
): Promise<MendAnswer> {
  const { id, by } = writer;
  const read = readJournal(directory);
  if (!read.ok) return { ok: false, problem: { ...read.problem, id } };
  const { rollout } = read;
  if (rollout === undefined) return { ok: false, problem: { kind: 'no-such-rollout', id } };
  if (hasRunner(rollout)) return { ok: false, problem: { kind: 'still-running', id } };
  const { planned } = rollout;
  const lock = takeLocks(lockDirectory(house.state), planned.reached, planned.plan, writer);
  if (!lock.ok) return { ok: false, problem: lockedBy(lock.holder) };
  try {
    const elsewhere = await heldElsewhere(house, id, connected, rollout);
    if (elsewhere !== undefined) return { ok: false, problem: lockedBy(elsewhere) };
    const journal = openJournal(directory);
    try {
      const world = worldOf(house, connected, planned);
      const repair = await repairRollout({ world, journal, rollout, directory, by, ...wish });
      return { ok: true, ...repair };
    } finally {
      journal.close();
    }
  } finally {
    lock.release();
  }
}

function worldOf({ clock, env }: DoctorHouse, { registry }: Connected, planned: Rollout['planned']): World {
  const environment = environmentForCommands(env, planned.reached, receiverVariables(planned.plan.notify));
  const commands = realCommands(clock, environment);
  return {
    clock,
    registry,
    commands,
    call: realCaller(clock, commands),
    probe: realProbe(clock, environment),
    evidence: realEvidence(environment),
  };
}

/** Who rolls one of these services on another machine. What a dead runner of ours registered ends by itself. */
async function heldElsewhere(
  { state, host }: ProcessEnvironment,
  id: string,
  { registry }: Connected,
  rollout: Rollout,
): Promise<ServiceHolder | undefined> {
  const answer = await findServiceHolder({
    registry,
    namespace: rollout.planned.reached.namespace,
    services: touchedServices(rollout.planned.plan),
    onThisMachine: undefined,
    isGone: async (other) => {
      // Only its lease can tell whether a runner on another machine lives.
      if (other === id) return isOver(rollout) || rollout.runner?.host === host;
      if (!rolloutIds(state).includes(other)) return false;
      const read = readJournal(rolloutDirectory(state, other));
      const theirs = read.ok ? read.rollout : undefined;
      return theirs !== undefined && !hasRunner(theirs) && hostElsewhere(theirs, host) === undefined;
    },
  });
  return answer.kind === 'held' ? answer.holder : undefined;
}
