import type { Event } from '../../core/event/event.ts';
import { isOver } from '../../core/rollout/rollout.ts';
import { readJournal } from '../store/journal.ts';

/** All that the journal tells of a rollout that has ended or rests; undefined where it does neither, or cannot be read. */
export function journaledEnd(directory: string): readonly Event[] | undefined {
  const read = readJournal(directory);
  return read.ok && read.rollout !== undefined && isOver(read.rollout) ? read.events : undefined;
}
