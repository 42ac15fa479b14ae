import { exitCodes } from '../../core/rollout/outcome.ts';
import type { Registration } from '../../core/plan/plan.ts';
import { drainSaving } from '../../core/report/drain-saving.ts';
import { registrationsOff } from '../../core/report/left-off.ts';
import { type Rollout, targetOf } from '../../core/rollout/rollout.ts';
import { endpointText } from '../../core/registry/service.ts';
import type { OpenRollout } from '../../runner/ports/face-ports.ts';
import { type Following, isLive } from '../model/following.ts';
import type { ConsoleExit, OneSummary } from '../model/exit-summary.ts';
import { shortName } from '../../core/registry/service-name.ts';

type EndedSummary = Extract<OneSummary, { kind: 'ended' }>;

export const plainExit: ConsoleExit = { exitCode: exitCodes.done, exitSummary: { kind: 'nothing' } };

/** How the console ends when it leaves this rollout as it is now. */
export function exitOf(following: Following, gateway?: EndedSummary['gateway']): ConsoleExit {
  const { id, rollout, directory, events } = following;
  if (rollout === undefined) return plainExit;
  if (isLive(following)) return { exitCode: exitCodes.done, exitSummary: { kind: 'goes-on', id } };
  const isOpen = rollout.ended === undefined;
  const exitSummary = { ...endedFarewell(rollout, directory, isOpen), saving: drainSaving(events), gateway };
  const exitCode = (rollout.ended ?? rollout.rested)?.exitCode ?? lostCode(exitSummary.off.length);
  return { exitCode: exitSummary.isRehearsal ? exitCodes.done : exitCode, exitSummary };
}

/** After a rollout was given up: what it left off is named once more, where anything is. */
export function exitGivenUp({ rollout, directory }: OpenRollout): ConsoleExit | undefined {
  const exitSummary = endedFarewell(rollout, directory, false);
  return exitSummary.off.length === 0 ? undefined : { exitCode: exitCodes.someOff, exitSummary };
}

function endedFarewell(rollout: Rollout, directory: string, isOpen: boolean): EndedSummary {
  return {
    kind: 'ended',
    id: rollout.id,
    isRehearsal: rollout.planned.world === 'rehearsal',
    off: registrationsOff(rollout).map(nameOf),
    directory,
    done: rollout.targets.filter((target) => target.result === 'done').length,
    count: rollout.targets.length,
    isOpen,
  };
}

function nameOf(registration: Registration): string {
  return `${endpointText(registration)} ${shortName(registration)}`;
}

/** With what comes now, and before it every other rollout that left something off and is not settled yet. */
export function leavingAfter(before: ConsoleExit | undefined, next: ConsoleExit): ConsoleExit {
  const now = summariesOf(next);
  const ids = now.map((one) => 'id' in one && one.id);
  const open = summariesOf(before).filter((one) => hasOff(one) && !ids.includes(one.id));
  if (open.length === 0) return next;
  return { exitCode: exitCodes.someOff, exitSummary: { kind: 'several', of: [...open, ...now] } };
}

/** After a person put a target on by hand: it is named no more. */
export function withPutOn(
  leaving: ConsoleExit | undefined,
  rollout: Rollout,
  target: string,
): ConsoleExit | undefined {
  const names = targetOf(rollout, target).registrations.map(nameOf);
  return withOff(leaving, ({ id, off }) =>
    id === rollout.id ? off.filter((name) => !names.includes(name)) : off,
  );
}

/** As the journals say now: what the doctor or somebody elsewhere has put on is named no more, and what has ended goes on no more. */
export function withJournals(
  leaving: ConsoleExit | undefined,
  rollouts: readonly OpenRollout[],
): ConsoleExit | undefined {
  return withOff(stillGoing(leaving, rollouts), ({ id, off }) => {
    const journal = rollouts.find((one) => one.id === id);
    const names = journal && registrationsOff(journal.rollout).map(nameOf);
    return names === undefined ? off : off.filter((name) => names.includes(name));
  });
}

function stillGoing(
  leaving: ConsoleExit | undefined,
  rollouts: readonly OpenRollout[],
): ConsoleExit | undefined {
  const over = rollouts.filter(({ isRunning }) => !isRunning);
  const before = summariesOf(leaving);
  const isGoing = (one: OneSummary): boolean =>
    one.kind === 'goes-on' && over.some(({ id }) => id === one.id);
  if (leaving === undefined || !before.some(isGoing)) return leaving;
  return before
    .map((one): ConsoleExit => {
      const journal = over.find(({ id }) => one.kind === 'goes-on' && id === one.id);
      if (journal === undefined) return { exitCode: leaving.exitCode, exitSummary: one };
      const { rollout, directory } = journal;
      const exitSummary = endedFarewell(rollout, directory, rollout.ended === undefined);
      const exitCode = (rollout.ended ?? rollout.rested)?.exitCode ?? lostCode(exitSummary.off.length);
      return { exitCode, exitSummary };
    })
    .reduce((known, next) => leavingAfter(known, next));
}

/** What was left off is put on: the rollout has failed, and has left nothing behind. */
function withOff(
  leaving: ConsoleExit | undefined,
  offOf: (one: EndedSummary) => readonly string[],
): ConsoleExit | undefined {
  const before = summariesOf(leaving);
  const of = before.map((one) => (one.kind === 'ended' ? { ...one, off: offOf(one) } : one));
  const isSame = before.every((one, index) => one.kind !== 'ended' || isAsLong(one, of[index]));
  if (leaving === undefined || isSame) return leaving;
  const isAllOn = !of.some(hasOff) && leaving.exitCode === exitCodes.someOff;
  const [only] = of;
  return {
    exitCode: isAllOn ? exitCodes.failed : leaving.exitCode,
    exitSummary: only !== undefined && of.length === 1 ? only : { kind: 'several', of },
  };
}

function isAsLong({ off }: EndedSummary, now: OneSummary | undefined): boolean {
  return now?.kind === 'ended' && now.off.length === off.length;
}

function hasOff(one: OneSummary): one is EndedSummary {
  return one.kind === 'ended' && one.off.length > 0;
}

function summariesOf(leaving: ConsoleExit | undefined): readonly OneSummary[] {
  if (leaving === undefined) return [];
  const { exitSummary } = leaving;
  return exitSummary.kind === 'several' ? exitSummary.of : [exitSummary];
}

function lostCode(off: number): number {
  return off > 0 ? exitCodes.someOff : exitCodes.failed;
}
