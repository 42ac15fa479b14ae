import type { Model } from '../model/model.ts';
import { screenNamed } from '../model/navigation.ts';
import { type Off, first, graceMs, unless } from './off.ts';

export function decide(model: Model): Off {
  const screen = screenNamed(model, 'offer');
  const isNew = screen !== undefined && model.now.monotonicMs - screen.shownAtMs < graceMs;
  return first(unless(offered(model) !== undefined, 'nothing-here'), unless(!isNew, 'just-appeared'));
}

/** Only a runner that lives can be watched. */
export function watch(model: Model): Off {
  return first(decide(model), unless(offered(model)?.isRunning === true, 'runner-gone'));
}

/** A runner that lives is aborted on its own screen instead. */
export function abandon(model: Model): Off {
  return first(decide(model), unless(offered(model)?.isRunning === false, 'runner-lives'));
}

/** The rollout under the cursor of the offer, or of the list of all. */
export function offered(model: Model): Model['openRollouts'][number] | undefined {
  const listed = screenNamed(model, 'rollouts');
  if (listed !== undefined) return model.rollouts[listed.cursor];
  return model.openRollouts[screenNamed(model, 'offer')?.cursor ?? 0];
}
