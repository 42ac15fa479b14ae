import { apply } from '../apply/apply.ts';
import type { Event } from '../event/event.ts';
import { type Rollout, planOf } from '../rollout/rollout.ts';
import { type Notice, occasionKeyOf, unsettledFor } from './due-notices.ts';
import { isLastTry, occasionTries } from './occasion-tries.ts';

/** What stands in a journal, each event with what was true then. */
export function noticesOf(events: readonly Event[]): readonly Notice[] {
  let rollout: Rollout | undefined;
  return events.map((event) => {
    rollout = apply(rollout, event);
    return { event, rollout };
  });
}

/**
 * Whether something is yet to be done beside a rollout, as its runner was killed before it was: a command of the plan to
 * be run for what happened, or somebody to be told of it. A rehearsal does neither.
 */
export function isLeftBeside(events: readonly Event[]): boolean {
  const notices = noticesOf(events);
  const rollout = notices.at(-1)?.rollout;
  if (rollout === undefined || rollout.planned.world === 'rehearsal') return false;
  const { on, notify } = planOf(rollout);
  return (
    (on !== undefined && notices.some((notice) => isYetToRun(on, notice, events))) ||
    (notify?.to ?? []).some((receiver) => unsettledFor(receiver, notices).length > 0)
  );
}

type Commands = NonNullable<ReturnType<typeof planOf>['on']>;

function isYetToRun(on: Commands, notice: Notice, events: readonly Event[]): boolean {
  const key = occasionKeyOf(notice);
  const command = key && on[key];
  if (key === undefined || command === undefined) return false;
  const { result, ranBefore } = occasionTries(key, notice.event.seq, events);
  return result === undefined || !isLastTry(command, ranBefore + 1, result);
}
