import { commandsOf } from '../../keys/keymap.ts';
import type { Model } from '../../model/model.ts';
import type { OffReason } from '../../model/notice.ts';
import { front } from '../../model/navigation.ts';
import { noticed } from '../acts/transition.ts';

/** Without the reason of a key that was off, where what happened has put an end to it. */
export function withoutOutdated(before: Model, after: Model): Model {
  const { notice } = after;
  if (notice?.kind !== 'off' || notice !== before.notice) return after;
  // That time has passed is no reason to take away what is still to be read.
  const isOutdated =
    isReason({ ...before, now: after.now }, notice.reason) && !isReason(after, notice.reason);
  return isOutdated ? noticed(after, undefined) : after;
}

function isReason(model: Model, reason: OffReason): boolean {
  return commandsOf(front(model).name).some((command) => command.off?.(model) === reason);
}
