import { apply } from '../../core/apply/apply.ts';
import { type Event, type Fact, type FactOf, eventVersion } from '../../core/event/event.ts';
import type { Rollout } from '../../core/rollout/rollout.ts';
import { stamp } from '../../core/text/stamp.ts';
import type { Clock } from '../../world/clock.ts';
import type { Journal } from './journal.ts';

/** A rollout and its journal, which always say the same. */
export type JournaledRollout = {
  readonly rollout: () => Rollout;
  /**
   * Puts a fact into the journal, then makes it true. Throws where it cannot follow what is true, or where the disk
   * says no: nothing has changed then.
   */
  readonly record: (fact: Fact) => Event;
};

export function journaledRollout(
  journal: Pick<Journal, 'append'>,
  before: Rollout,
  clock: Clock,
): JournaledRollout {
  let rollout = before;
  return {
    rollout: () => rollout,
    record: (fact) => {
      const event = eventOf(rollout.id, rollout.seq + 1, fact, clock);
      const after = apply(rollout, event);
      journal.append(event);
      rollout = after;
      return event;
    },
  };
}

/** The first event of a journal, for one that is yet to be begun. */
export function plannedEvent(id: string, fact: FactOf<'rollout-planned'>, clock: Clock): Event {
  return eventOf(id, 0, fact, clock);
}

function eventOf(rollout: string, seq: number, fact: Fact, clock: Clock): Event {
  return { v: eventVersion, seq, at: stamp(clock.wallClock()), rollout, ...fact };
}
