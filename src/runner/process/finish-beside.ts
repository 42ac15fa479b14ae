import type { Event } from '../../core/event/event.ts';
import { noticesOf } from '../../core/report/left-beside.ts';
import type { Rollout } from '../../core/rollout/rollout.ts';
import type { World } from '../../world/world.ts';
import type { Runner } from '../engine/runner.ts';
import type { Journal } from '../store/journal.ts';
import { journaledRollout } from '../store/journaled-rollout.ts';
import { runOccasions } from './run-occasions.ts';
import { tellReceivers } from './tell-receivers.ts';

export type Ended = {
  readonly rollout: Rollout;
  readonly events: readonly Event[];
  /** The rollout's. */
  readonly directory: string;
};

/**
 * For a rollout that has ended: runs the commands of its plan that its runner was killed before, and tells whom that
 * did not tell. Nothing of it touches Nacos. Ends early where the journal cannot be written.
 */
export async function finishBeside(
  { rollout, events, directory }: Ended,
  journal: Pick<Journal, 'append'>,
  world: Pick<World, 'clock' | 'commands' | 'notifier'>,
): Promise<void> {
  const recorder = recorderOf(journal, rollout, world);
  const before = noticesOf(events);
  const receivers = tellReceivers(recorder, world, before);
  const occasions = runOccasions(recorder, world, directory, before);
  await Promise.all([receivers.finish(), occasions.finish()]);
}

/** A journal that cannot be written ends it, as it does a rollout. */
function recorderOf(
  journal: Pick<Journal, 'append'>,
  before: Rollout,
  { clock }: Pick<World, 'clock'>,
): Pick<Runner, 'rollout' | 'record' | 'follow' | 'isBroken'> {
  const { rollout, record } = journaledRollout(journal, before, clock);
  let isBroken = false;
  return {
    rollout,
    isBroken: () => isBroken,
    record: (fact) => {
      try {
        if (!isBroken) record(fact);
      } catch {
        isBroken = true;
      }
    },
    // Nothing happens to it any more.
    follow: () => () => undefined,
  };
}
