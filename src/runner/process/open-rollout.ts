import { apply } from '../../core/apply/apply.ts';
import type { Event } from '../../core/event/event.ts';
import { isLeftBeside } from '../../core/report/left-beside.ts';
import type { Rollout } from '../../core/rollout/rollout.ts';
import { stamp } from '../../core/text/stamp.ts';
import type { Clock } from '../../world/clock.ts';
import { makeDirectory } from '../../world/make-directory.ts';
import { markOf } from '../../world/process-mark.ts';
import type { HandOver } from '../ports/hand-over.ts';
import { type Journal, openJournal, proveRoom, readJournal } from '../store/journal.ts';
import { plannedEvent } from '../store/journaled-rollout.ts';
import { type LaunchProblem, cannotWrite, journalHeld } from '../store/launch-problem.ts';
import { type Writer, takeJournal, takeLocks } from '../store/lock.ts';
import {
  type StateDirectory,
  foreignHands,
  lockDirectory,
  rehearsalDirectory,
  rolloutDirectory,
  socketPath,
} from '../store/state-directory.ts';
import { writtenAhead } from '../store/written-ahead.ts';
import { lockedBy } from './claim.ts';

export type OpeningHouse = {
  readonly clock: Clock;
  readonly state: StateDirectory;
  readonly pid: number;
};

type Before = { readonly rollout: Rollout; readonly events: readonly Event[] };
export type Opened = Before & {
  readonly directory: string;
  /** Lets go of its journal and its services. */
  readonly release: () => void;
  /** Where faces will find us. */
  readonly socket: string;
};
export type Problem = { readonly problem: LaunchProblem };

/** What is true already, or was planned just now, under the lock of its journal and those of its services. */
export function openRollout(handOver: HandOver, house: OpeningHouse): Opened | Problem {
  const { state } = house;
  const isRehearsal = handOver.kind === 'start' && handOver.world === 'rehearsal';
  const directory = (isRehearsal ? rehearsalDirectory : rolloutDirectory)(state, handOver.id);
  try {
    makeDirectory(directory);
    const foreign = foreignHands(state, directory);
    if (foreign !== undefined) return { problem: foreign };
    proveRoom(directory);
    const socket = socketPath(state, directory);
    const { id, by } = handOver;
    const writer = { ...markOf(house.pid), id, by, since: stamp(house.clock.wallClock()) };
    const journal = takeJournal(directory, writer);
    if (!journal.ok) return { problem: journalHeld(journal.holder) };
    const opened = openUnderLock(handOver, house, directory, writer);
    if ('problem' in opened) {
      journal.release();
      return opened;
    }
    const release = (): void => {
      opened.releaseServices();
      journal.release();
    };
    return { rollout: opened.rollout, events: opened.events, directory, socket, release };
  } catch (error) {
    return { problem: cannotWrite(directory, error) };
  }
}

type ServicesHeld = { readonly releaseServices: () => void };

/** The journal is read once nobody else writes into it. What only has commands beside it to be run touches no service. */
function openUnderLock(
  handOver: HandOver,
  house: OpeningHouse,
  directory: string,
  writer: Writer,
): (Before & ServicesHeld) | Problem {
  try {
    const before = handOver.kind === 'resume' ? readBefore(handOver.id, directory) : planned(handOver, house);
    if ('problem' in before) return before;
    const {
      planned: { reached, plan, world },
      ended,
    } = before.rollout;
    if (world === 'rehearsal' || ended !== undefined) return { ...before, releaseServices: () => undefined };
    const lock = takeLocks(lockDirectory(house.state), reached, plan, writer);
    return lock.ok
      ? { ...before, releaseServices: () => lock.release() }
      : { problem: lockedBy(lock.holder) };
  } catch (error) {
    return { problem: cannotWrite(directory, error) };
  }
}

function planned(handOver: HandOver & { kind: 'start' }, house: OpeningHouse): Before {
  const { plan, by, reached, world, isAttended, nodes, workingDirectory } = handOver;
  const ahead = writtenAhead(house.state, house.clock);
  const given = { plan, by, reached, world, isAttended, nodes, workingDirectory, ...ahead };
  const event = plannedEvent(handOver.id, { type: 'rollout-planned', ...given }, house.clock);
  return { rollout: apply(undefined, event), events: [event] };
}

function readBefore(id: string, directory: string): Before | Problem {
  const read = readJournal(directory);
  if (!read.ok) return { problem: { ...read.problem, id } };
  const { rollout } = read;
  if (rollout === undefined) return { problem: { kind: 'no-such-rollout', id } };
  if (rollout.ended !== undefined && !isLeftBeside(read.events))
    return { problem: { kind: 'already-ended', id } };
  return { rollout, events: read.events };
}

/** The journal, with what is already true in it. */
export function begunJournal(directory: string, events: readonly Event[]): Journal | Problem {
  try {
    const journal = openJournal(directory);
    for (const event of events) journal.append(event);
    return journal;
  } catch (error) {
    return { problem: cannotWrite(directory, error) };
  }
}
