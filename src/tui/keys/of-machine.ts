import type { Model } from '../model/model.ts';
import type { Off } from './off.ts';
import { offered } from './on-offer.ts';

export function pointed(model: Model): Off {
  return offered(model) === undefined ? 'nothing-here' : undefined;
}

/** What one command took off is put on by another one: there is nothing to carry on. */
export function takeUp(model: Model): Off {
  const open = offered(model);
  if (open === undefined) return 'nothing-here';
  if (open.rollout.ended !== undefined) return 'rollout-over';
  return open.rollout.planned.command === undefined ? undefined : 'not-possible-here';
}

export function giveUp(model: Model): Off {
  const off = takeUp(model);
  return off ?? (offered(model)?.isRunning === true ? 'runner-lives' : undefined);
}

/** A rehearsal is in no journal that is kept. */
export function reportFollowed({ following }: Model): Off {
  const world = following?.rollout?.planned.world;
  if (world === undefined) return 'nothing-here';
  return world === 'real' ? undefined : 'not-possible-here';
}

/** One sandbox is enough. */
export function toSandbox({ setting }: Model): Off {
  return setting.isSandbox ? 'not-possible-here' : undefined;
}

export function mend(model: Model): Off {
  const off = examineAgain(model);
  if (off !== undefined) return off;
  const { canMend = false, isReadOnly = false } = model.doctor.value ?? {};
  if (canMend) return undefined;
  return isReadOnly ? 'mend-read-only' : 'nothing-to-mend';
}

/** What it would look at changes, and what mends would be closed. */
export function examineAgain(model: Model): Off {
  if (isSwitching(model)) return 'being-mended';
  return model.doctor.isLoading ? 'being-examined' : undefined;
}

/** Something is put on, by the doctor or by a key of its own. */
export function isSwitching({ isMending, waitingFor }: Model): boolean {
  return isMending === true || waitingFor === 'switch';
}
