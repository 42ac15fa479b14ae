import { commandsOf } from '../../keys/keymap.ts';
import type { Model } from '../../model/model.ts';
import type { Notice, OffReason } from '../../model/notice.ts';
import { front } from '../../model/navigation.ts';
import { noticed } from '../acts/transition.ts';

/** Without what was said of what is, where what happened has put an end to that. */
export function withoutOutdated(before: Model, after: Model): Model {
  const { notice } = after;
  if (notice === undefined || notice !== before.notice) return after;
  // That time has passed is no reason to take away what is still to be read.
  const isOutdated = isTrue({ ...before, now: after.now }, notice) && !isTrue(after, notice);
  return isOutdated ? noticed(after, undefined) : after;
}

/** Whether it is so now, of a notice that says what is. One that says what happened stays till the next key. */
function isTrue(model: Model, notice: Notice): boolean {
  switch (notice.kind) {
    case 'off':
      return isReason(model, notice.reason);
    case 'pausing':
      return model.following?.rollout?.paused !== undefined;
    default:
      return true;
  }
}

function isReason(model: Model, reason: OffReason): boolean {
  if (reason === 'starting') return model.waitingFor === 'runner';
  return commandsOf(front(model).name).some((command) => command.off?.(model) === reason);
}
