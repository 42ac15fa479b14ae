import { apply } from '../../core/apply/apply.ts';
import type { Event } from '../../core/event/event.ts';
import type { Notice } from '../../core/report/due-notices.ts';
import type { Rollout } from '../../core/rollout/rollout.ts';

/** What stands in a journal, each event with what was true then. */
export function noticesOf(events: readonly Event[]): readonly Notice[] {
  let rollout: Rollout | undefined;
  return events.map((event) => {
    rollout = apply(rollout, event);
    return { event, rollout };
  });
}
