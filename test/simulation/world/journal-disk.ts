import type { Event } from '../../../src/core/event/event.ts';
import { apply } from '../../../src/core/apply/apply.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import { parseJournal } from '../../../src/runner/store/journal.ts';

/** A journal in memory, as the file would be. */
export type JournalDisk = {
  append(text: string): void;
  /** What the journal says, read as a new runner would; a torn last line is left out. */
  read(): Rollout;
  /** All that it says, likewise. */
  events(): readonly Event[];
  /** What a new runner does to a torn last line. */
  cutTorn(): void;
};

/** No line is read twice: what stands there stays. */
export function createJournalDisk(firstLine: string): JournalDisk {
  let unread = firstLine;
  let rollout: Rollout | undefined;
  const events: Event[] = [];
  const read = (): Rollout => {
    if (unread !== '') {
      const found = parseJournal(unread);
      if (!found.ok) throw new Error(`the journal cannot be read: ${JSON.stringify(found.problem)}`);
      for (const event of found.events) rollout = apply(rollout, event);
      events.push(...found.events);
      unread = found.torn;
    }
    if (rollout === undefined) throw new Error('the journal is empty');
    return rollout;
  };
  return {
    append: (text) => {
      unread += text;
    },
    read,
    events: () => {
      read();
      return events;
    },
    cutTorn: () => {
      unread = unread.slice(0, unread.lastIndexOf('\n') + 1);
    },
  };
}
