import { exitCodes } from '../../core/rollout/outcome.ts';
import type { Registration } from '../../core/plan/plan.ts';
import { drainSaving } from '../../core/report/drain-saving.ts';
import { registrationsOff } from '../../core/report/left-off.ts';
import { type Rollout, targetOf } from '../../core/rollout/rollout.ts';
import { endpointText } from '../../core/registry/service.ts';
import type { OpenRollout } from '../../runner/ports/face-ports.ts';
import { type Following, isLive } from '../model/following.ts';
import type { ExitSummary, ConsoleExit } from '../model/exit-summary.ts';
import { shortName } from '../../core/registry/service-name.ts';

type EndedSummary = Extract<ExitSummary, { kind: 'ended' }>;

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

/** After a person put a target on by hand: it is named no more. */
export function withPutOn(
  leaving: ConsoleExit | undefined,
  rollout: Rollout,
  target: string,
): ConsoleExit | undefined {
  if (leaving?.exitSummary.kind !== 'ended' || leaving.exitSummary.id !== rollout.id) return leaving;
  const names = targetOf(rollout, target).registrations.map(nameOf);
  const off = leaving.exitSummary.off.filter((name) => !names.includes(name));
  const isAllOn = off.length === 0 && leaving.exitCode === exitCodes.someOff;
  return {
    exitCode: isAllOn ? exitCodes.failed : leaving.exitCode,
    exitSummary: { ...leaving.exitSummary, off },
  };
}

function lostCode(off: number): number {
  return off > 0 ? exitCodes.someOff : exitCodes.failed;
}
