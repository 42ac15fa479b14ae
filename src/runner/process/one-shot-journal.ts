/** What a one-shot command takes off is a journal like that of a rollout, so that whoever reads journals names it. */
import type { Event, FactOf, WriteFact } from '../../core/event/event.ts';
import type { Registration } from '../../core/plan/plan.ts';
import { apply } from '../../core/apply/apply.ts';
import { exitCodeOf } from '../../core/rollout/outcome.ts';
import { isSameNacos } from '../../core/registry/same-nacos.ts';
import { isSameEndpoint, isSameService } from '../../core/registry/service.ts';
import { type Rollout, isOver, leftByUs, targetOf, targetState } from '../../core/rollout/rollout.ts';
import { type RegistrationState, isOurs } from '../../core/rollout/target-state.ts';
import { isKnownWeight } from '../../core/rollout/warm-up.ts';
import { stamp, stampMs } from '../../core/text/stamp.ts';
import { makeDirectory } from '../../world/make-directory.ts';
import { markOf } from '../../world/process-mark.ts';
import type { Clock } from '../../world/clock.ts';
import type { OpenRollout, SwitchNoted, SwitchNotes, SwitchedOn } from '../ports/face-ports.ts';
import { hasRunner, hostElsewhere } from '../ports/has-runner.ts';
import { type NodeReading, readNodes, weightShown } from '../context/node-views.ts';
import { pruneOneShots } from './prune-one-shots.ts';
import { type Journal, openJournal, proveRoom, readJournal } from '../store/journal.ts';
import { type JournaledRollout, journaledRollout, plannedEvent } from '../store/journaled-rollout.ts';
import { cannotWrite } from '../store/launch-problem.ts';
import { takeJournal } from '../store/lock.ts';
import { nowhere } from '../store/nowhere.ts';
import {
  type StateDirectory,
  foreignHands,
  newRolloutId,
  rolloutDirectory,
  rolloutsDirectory,
} from '../store/state-directory.ts';
import { writtenAhead } from '../store/written-ahead.ts';

/** A write that timed out, or that a crash cut off, may be applied until then (src/nacos/README.md, Read-back), and shows then. */
const lateMs = 60_000;

export type OneShotHouse = {
  readonly clock: Clock;
  readonly state: StateDirectory;
  readonly pid: number;
  readonly who: string;
  readonly host: string;
  readonly workingDirectory: string;
};

/** Tries the disk now, and makes nothing before there is something to write down. */
export function noteSwitch(house: OneShotHouse, noted: SwitchNoted): SwitchNotes {
  const { state, who: by } = house;
  if (state.root === nowhere) return { ok: false, problem: { kind: 'no-home' } };
  const path = rolloutsDirectory(state);
  try {
    makeDirectory(path);
    proveRoom(path);
  } catch (error) {
    return { ok: false, problem: cannotWrite(path, error) };
  }
  let open: { readonly journal: Journal; readonly journaled: JournaledRollout } | undefined;
  return {
    ok: true,
    by,
    record: (fact) => {
      open ??= begin(house, noted);
      open.journaled.record(fact);
    },
    close: () => {
      if (open === undefined) return;
      open.journal.close();
      pruneOneShots(house);
    },
  };
}

function begin(
  { clock, state, pid, who: by, host, workingDirectory }: OneShotHouse,
  { plan, connected, command }: SwitchNoted,
): { readonly journal: Journal; readonly journaled: JournaledRollout } {
  const id = newRolloutId();
  const directory = rolloutDirectory(state, id);
  makeDirectory(directory);
  const journal = openJournal(directory);
  const planned: FactOf<'rollout-planned'> = {
    type: 'rollout-planned',
    plan,
    by,
    reached: connected.reached,
    world: 'real',
    isAttended: false,
    nodes: [...connected.registry.nodeAddresses],
    workingDirectory,
    command,
    ...writtenAhead(state, clock),
  };
  const event = plannedEvent(id, planned, clock);
  const rollout = apply(undefined, event);
  journal.append(event);
  const journaled = journaledRollout(journal, rollout, clock);
  const { startTicks } = markOf(pid);
  journaled.record({
    type: 'runner-started',
    pid,
    host,
    isAttended: false,
    lease: 'none',
    ...(startTicks !== undefined && { startTicks }),
  });
  return { journal, journaled };
}

/** Nobody carries a one-shot command on: once its process is gone it is over, with what it took off. */
export function overWhereGone(rollout: Rollout): Rollout {
  if (rollout.planned.command === undefined || isOver(rollout) || hasRunner(rollout)) return rollout;
  const exitCode = exitCodeOf(rollout, 'abandoned');
  return { ...rollout, ended: { type: 'rollout-ended', outcome: 'abandoned', exitCode } };
}

/** Writes into every journal that has ended, and left any of it off at this Nacos or with less weight, that it is on again. */
export async function settleSwitch(
  house: OneShotHouse,
  rollouts: readonly OpenRollout[],
  on: SwitchedOn,
): Promise<void> {
  const ended = rollouts.filter(
    ({ rollout }) => rollout.ended !== undefined && isSameNacos(rollout.planned.reached, on.connected.spec),
  );
  for (const open of ended) {
    const left = leftByUs(open.rollout).flatMap(({ target, registration }) => {
      const planned = targetOf(open.rollout, target.name).registrations[registration];
      const isLowered = target.registrations[registration]?.lowered !== undefined;
      return planned !== undefined && isAmong(planned, on) ? [{ planned, isLowered }] : [];
    });
    if (left.length === 0) continue;
    const { registry } = on.connected;
    const lowered = left.filter(({ isLowered }) => isLowered).map(({ planned }) => planned);
    settle(house, open, { ...on, readings: await readNodes(registry, registry.nodeAddresses, lowered) });
  }
}

/** With what every server node lists of what a warm-up took weight of. */
type Settled = SwitchedOn & { readonly readings: readonly NodeReading[] };

function isAmong(one: Registration, { registrations }: SwitchedOn): boolean {
  return registrations.some((other) => isSameService(one, other) && isSameEndpoint(one, other));
}

/** Sent by the command that put it on: they come into this journal when all is done. */
function writesTo(
  one: Registration | undefined,
  { registrations, writes }: SwitchedOn,
): readonly WriteFact[] {
  return writes.filter((fact) => {
    const other = registrations[fact.registration];
    return one && other && isSameService(one, other) && isSameEndpoint(one, other);
  });
}

/** Two who write into one journal would spoil it: held, or maybe written on another host, it is left to Nacos to tell. */
function settle(house: OneShotHouse, { id, directory }: OpenRollout, on: Settled): void {
  const { clock, pid, who: by, host, state } = house;
  try {
    if (on.isSeenOnly && foreignHands(state, directory) !== undefined) return;
    const lock = takeJournal(directory, { ...markOf(pid), id, by, since: stamp(clock.wallClock()) });
    if (!lock.ok) return;
    try {
      const read = readEvents(directory);
      if (read === undefined || (on.isSeenOnly && hostElsewhere(read.rollout, host) !== undefined)) return;
      const journal = openJournal(directory);
      const isSure = (target: string, index: number): boolean =>
        isProven(read, target, index) || clock.wallClock() - lastWriteMs(read, target, index) > lateMs;
      noteOn(journaledRollout(journal, read.rollout, clock), on, by, isSure);
      journal.close();
    } finally {
      lock.release();
    }
  } catch {
    // The disk says no; it is on all the same.
  }
}

type Read = { readonly rollout: Rollout; readonly events: readonly Event[] };

function readEvents(directory: string): Read | undefined {
  const read = readJournal(directory);
  return read.ok && read.rollout !== undefined ? { rollout: read.rollout, events: read.events } : undefined;
}

/** It was read back off, or with a part of its weight: no write of ours to it is under way. */
function isProven({ rollout }: Read, target: string, index: number): boolean {
  const state = targetState(rollout, target).registrations[index];
  const isReadBack = state?.mark === 'off' || state?.mark === 'lowered';
  return isReadBack && !state.isWriting && !state.isUnsettled;
}

function lastWriteMs({ events }: Read, target: string, index: number): number {
  const last = events.findLast(
    (event) =>
      (event.type === 'write-began' || event.type === 'write-ended') &&
      event.target === target &&
      event.registration === index,
  );
  return last === undefined ? 0 : stampMs(last.at);
}

/** A target of which all is on again is through; of one that is on in part, the rest is off still, or has less weight. */
function noteOn(
  { rollout, record }: JournaledRollout,
  on: Settled,
  by: string,
  isSure: (target: string, index: number) => boolean,
): void {
  const nodes = on.connected.registry.nodeAddresses.map((node) => ({ node, ms: on.ms }));
  for (const { name, registrations } of rollout().planned.plan.targets) {
    const before = targetState(rollout(), name);
    const settled = registrations.flatMap((one, registration) => {
      const state = before.registrations[registration];
      if (state === undefined || !isOurs(state) || !isAmong(one, on) || !isSure(name, registration))
        return [];
      const weight = wholeWeight(state, one, on);
      return weight === 'in-doubt' ? [] : [{ registration, planned: one, state, weight }];
    });
    if (settled.length === 0) continue;
    const isAll = on.isSeenOnly !== true && settled.length === before.registrations.filter(isOurs).length;
    if (isAll) {
      record({ type: 'decided', target: name, decision: 'put-on', by });
      const { attempt } = targetState(rollout(), name).steps.enable;
      record({ type: 'enable-began', target: name, attempt });
    }
    for (const { registration, planned, state, weight: found } of settled) {
      const place = { target: name, registration };
      for (const fact of writesTo(planned, on)) record({ ...fact, ...place });
      const { full = 0 } = state.lowered ?? {};
      if (found !== undefined && !isKnownWeight(state, found))
        record({ type: 'weight-overridden', ...place, full, found });
      const weight = found === undefined ? {} : { weight: found };
      record({ type: 'read-back', ...place, enabled: true, ...weight, nodes });
    }
    if (!isAll) continue;
    const { attempt } = targetState(rollout(), name).steps.enable;
    record({ type: 'enabled', target: name, attempt, ms: on.ms });
  }
}

/** What it is listed with where a warm-up took of its weight; in doubt while that is a part, or server nodes differ. */
function wholeWeight(
  { lowered }: RegistrationState,
  registration: Registration,
  { readings, connected }: Settled,
): number | 'in-doubt' | undefined {
  if (lowered === undefined) return undefined;
  const shown = weightShown(readings, registration, connected.registry.nodeAddresses);
  return shown === undefined || lowered.written.includes(shown) ? 'in-doubt' : shown;
}
