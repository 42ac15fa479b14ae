import { exitCodes } from '../core/outcome.ts';
import { offByUs, targetOf } from '../core/rollout.ts';
import { endpointText } from '../core/service.ts';
import { type Following, isLive } from './following.ts';
import type { Leaving } from './model.ts';

/** What is said on the main screen after the console is gone. */
export type Farewell =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'goes-on'; readonly id: string }
  | {
      readonly kind: 'ended';
      readonly id: string;
      readonly isRehearsal: boolean;
      readonly done: number;
      readonly count: number;
      /** Registrations that are off because of us. */
      readonly off: readonly string[];
      readonly directory: string;
      /** Whether it may be carried on. */
      readonly isOpen: boolean;
    };

export const plainLeaving: Leaving = { exitCode: exitCodes.done, farewell: { kind: 'nothing' } };

/** How the console ends when it leaves this rollout as it is now. */
export function leavingOf(following: Following): Leaving {
  const { id, rollout, directory } = following;
  if (rollout === undefined) return plainLeaving;
  if (isLive(following)) return { exitCode: exitCodes.done, farewell: { kind: 'goes-on', id } };
  const isRehearsal = rollout.planned.world === 'rehearsal';
  const off = offByUs(rollout).map(({ target, registration }) => {
    const found = targetOf(rollout, target.name).registrations[registration];
    return found === undefined ? target.name : `${endpointText(found)} ${found.service}`;
  });
  const exitCode = (rollout.ended ?? rollout.rested)?.exitCode ?? lostCode(off.length);
  return {
    exitCode: isRehearsal ? exitCodes.done : exitCode,
    farewell: {
      kind: 'ended',
      id,
      isRehearsal,
      off,
      directory,
      done: rollout.targets.filter((target) => target.result === 'done').length,
      count: rollout.targets.length,
      isOpen: rollout.ended === undefined,
    },
  };
}

function lostCode(off: number): number {
  return off > 0 ? exitCodes.someOff : exitCodes.failed;
}
