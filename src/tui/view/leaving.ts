import { exitCodes } from '../../core/rollout/outcome.ts';
import type { Registration } from '../../core/plan/plan.ts';
import { drainSaving } from '../../core/report/drain-saving.ts';
import { registrationsLowered, registrationsOff } from '../../core/report/left-off.ts';
import { type Rollout, leftByUs, targetOf } from '../../core/rollout/rollout.ts';
import { endpointText } from '../../core/registry/service.ts';
import type { OpenRollout } from '../../runner/ports/face-ports.ts';
import { type Following, isLive } from '../model/following.ts';
import type { ConsoleExit, OneExit, OneSummary } from '../model/exit-summary.ts';
import { shortName } from '../../core/registry/service-name.ts';

type EndedSummary = Extract<OneSummary, { kind: 'ended' }>;
type EndedExit = OneExit & { readonly exitSummary: EndedSummary };

const plainOne: OneExit = { exitCode: exitCodes.done, exitSummary: { kind: 'nothing' } };
export const plainExit: ConsoleExit = plainOne;

/** How the console ends when it leaves this rollout as it is now. */
export function exitOf(following: Following, gateway?: EndedSummary['gateway']): ConsoleExit {
  const { id, rollout, directory, events } = following;
  if (rollout === undefined) return plainExit;
  if (isLive(following)) return { exitCode: exitCodes.done, exitSummary: { kind: 'goes-on', id } };
  const isOpen = rollout.ended === undefined;
  const exitSummary = { ...endedFarewell(rollout, directory, isOpen), saving: drainSaving(events), gateway };
  const exitCode = (rollout.ended ?? rollout.rested)?.exitCode ?? lostCode(rollout);
  return { exitCode: exitSummary.isRehearsal ? exitCodes.done : exitCode, exitSummary };
}

/** After a rollout was given up: it is named once more, where it left anything off or with less weight. */
export function exitGivenUp({ rollout, directory }: OpenRollout): ConsoleExit | undefined {
  const exitSummary = endedFarewell(rollout, directory, false);
  return leftByUs(rollout).length === 0 ? undefined : { exitCode: exitCodes.someOff, exitSummary };
}

function endedFarewell(rollout: Rollout, directory: string, isOpen: boolean): EndedSummary {
  return {
    kind: 'ended',
    id: rollout.id,
    isRehearsal: rollout.planned.world === 'rehearsal',
    off: registrationsOff(rollout).map(nameOf),
    lowered: registrationsLowered(rollout).map(({ registration, weight, full }) => ({
      name: nameOf(registration),
      weight,
      full,
    })),
    directory,
    done: rollout.targets.filter((target) => target.result === 'done').length,
    count: rollout.targets.length,
    isOpen,
  };
}

function nameOf(registration: Registration): string {
  return `${endpointText(registration)} ${shortName(registration)}`;
}

/** With what comes now, and before it every other rollout that still needs a person. */
export function leavingAfter(before: ConsoleExit | undefined, next: ConsoleExit): ConsoleExit {
  const now = exitsOf(next);
  const ids = now.map(({ exitSummary }) => 'id' in exitSummary && exitSummary.id);
  const open = exitsOf(before).filter((one) => needsPerson(one) && !ids.includes(one.exitSummary.id));
  return together([...open, ...now]);
}

/** After a person put a target on by hand: it is named no more. */
export function withPutOn(
  leaving: ConsoleExit | undefined,
  rollout: Rollout,
  target: string,
): ConsoleExit | undefined {
  const names = targetOf(rollout, target).registrations.map(nameOf);
  const others = leftByUs(rollout).filter((owned) => owned.target.name !== target);
  return withEach(leaving, (one) => {
    if (one.exitSummary.kind !== 'ended' || one.exitSummary.id !== rollout.id) return one;
    const off = one.exitSummary.off.filter((name) => !names.includes(name));
    if (off.length === one.exitSummary.off.length) return one;
    const exitCode = off.length + others.length > 0 ? one.exitCode : settledCode(one.exitCode, rollout);
    return { exitCode, exitSummary: { ...one.exitSummary, off } };
  });
}

/** As the journals say now: what the doctor or somebody elsewhere has put on is named no more, and what has ended goes on no more. */
export function withJournals(
  leaving: ConsoleExit | undefined,
  rollouts: readonly OpenRollout[],
): ConsoleExit | undefined {
  return withEach(leaving, (one) => {
    const { exitSummary } = one;
    const journal = rollouts.find(({ id }) => 'id' in exitSummary && exitSummary.id === id);
    // What runs again is somebody else's: what it comes to is known later.
    if (journal === undefined || journal.isRunning) return one;
    return exitSummary.kind === 'goes-on' || needsPerson(one) ? asJournal(one, journal) : one;
  });
}

function asJournal(one: OneExit, { rollout, directory }: OpenRollout): OneExit {
  const { exitSummary } = one;
  const farewell = endedFarewell(rollout, directory, rollout.ended === undefined);
  const code = (rollout.ended ?? rollout.rested)?.exitCode ?? lostCode(rollout);
  return {
    exitCode: leftByUs(rollout).length > 0 ? exitCodes.someOff : settledCode(code, rollout),
    exitSummary:
      exitSummary.kind === 'ended'
        ? { ...exitSummary, ...farewell, isOpen: exitSummary.isOpen && farewell.isOpen }
        : farewell,
  };
}

/** Nothing is left any more: it has failed, and has left nothing behind, but where its gate still asks. */
function settledCode(exitCode: number, { ended, rested }: Rollout): number {
  const isAsking = ended === undefined && rested?.why === 'at-gate';
  if (isAsking) return exitCodes.atGate;
  return exitCode === exitCodes.someOff ? exitCodes.failed : exitCode;
}

function withEach(
  leaving: ConsoleExit | undefined,
  change: (one: OneExit) => OneExit,
): ConsoleExit | undefined {
  const before = exitsOf(leaving);
  const after = before.map(change);
  return leaving === undefined || after.every((one, index) => one === before[index])
    ? leaving
    : together(after);
}

/** The worst code of all: that a person is needed, then that of the last that was not done. */
function together(of: readonly OneExit[]): ConsoleExit {
  const [only = plainOne] = of;
  if (of.length <= 1) return only;
  const codes = of.map(({ exitCode }) => exitCode);
  const worst = codes.includes(exitCodes.someOff)
    ? exitCodes.someOff
    : codes.findLast((code) => code !== exitCodes.done);
  return { exitCode: worst ?? exitCodes.done, exitSummary: { kind: 'several', of } };
}

function needsPerson(one: OneExit): one is EndedExit {
  return one.exitSummary.kind === 'ended' && one.exitCode === exitCodes.someOff;
}

function exitsOf(leaving: ConsoleExit | undefined): readonly OneExit[] {
  if (leaving === undefined) return [];
  const { exitCode, exitSummary } = leaving;
  return exitSummary.kind === 'several' ? exitSummary.of : [{ exitCode, exitSummary }];
}

function lostCode(rollout: Rollout): number {
  return leftByUs(rollout).length > 0 ? exitCodes.someOff : exitCodes.failed;
}
