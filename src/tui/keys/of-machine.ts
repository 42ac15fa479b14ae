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

export function mend({ doctor }: Model): Off {
  if (doctor.isLoading) return 'being-examined';
  return doctor.value?.canMend === true ? undefined : 'nothing-to-mend';
}

export function examineAgain({ doctor }: Model): Off {
  return doctor.isLoading ? 'being-examined' : undefined;
}
