import { exitCodes } from '../../core/rollout/outcome.ts';
import type { Registration } from '../../core/plan/plan.ts';
import { registrationsOff } from '../../core/report/left-off.ts';
import { type Rollout, targetOf } from '../../core/rollout/rollout.ts';
import { endpointText } from '../../core/registry/service.ts';
import type { OpenRollout } from '../../runner/ports/face-ports.ts';
import { type Following, isLive } from '../model/following.ts';
import type { Farewell, Leaving } from '../model/exit-summary.ts';
import { shortName } from '../../core/registry/service-name.ts';

type EndedFarewell = Extract<Farewell, { kind: 'ended' }>;

export const plainLeaving: Leaving = { exitCode: exitCodes.done, farewell: { kind: 'nothing' } };

/** How the console ends when it leaves this rollout as it is now. */
export function leavingOf(following: Following): Leaving {
  const { id, rollout, directory } = following;
  if (rollout === undefined) return plainLeaving;
  if (isLive(following)) return { exitCode: exitCodes.done, farewell: { kind: 'goes-on', id } };
  const farewell = endedFarewell(rollout, directory, rollout.ended === undefined);
  const exitCode = (rollout.ended ?? rollout.rested)?.exitCode ?? lostCode(farewell.off.length);
  return { exitCode: farewell.isRehearsal ? exitCodes.done : exitCode, farewell };
}

/** After a rollout was given up: what it left off is named once more, where anything is. */
export function leavingGivenUp({ rollout, directory }: OpenRollout): Leaving | undefined {
  const farewell = endedFarewell(rollout, directory, false);
  return farewell.off.length === 0 ? undefined : { exitCode: exitCodes.someOff, farewell };
}

function endedFarewell(rollout: Rollout, directory: string, isOpen: boolean): EndedFarewell {
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
  leaving: Leaving | undefined,
  rollout: Rollout,
  target: string,
): Leaving | undefined {
  if (leaving?.farewell.kind !== 'ended' || leaving.farewell.id !== rollout.id) return leaving;
  const names = targetOf(rollout, target).registrations.map(nameOf);
  const off = leaving.farewell.off.filter((name) => !names.includes(name));
  const isAllOn = off.length === 0 && leaving.exitCode === exitCodes.someOff;
  return {
    exitCode: isAllOn ? exitCodes.failed : leaving.exitCode,
    farewell: { ...leaving.farewell, off },
  };
}

function lostCode(off: number): number {
  return off > 0 ? exitCodes.someOff : exitCodes.failed;
}
