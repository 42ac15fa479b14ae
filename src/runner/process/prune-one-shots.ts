/** Each pod that stops may write a journal of its one command: they are many, and of no use once nothing of them is off. */
import { closeSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { isOver, leftByUs } from '../../core/rollout/rollout.ts';
import type { Clock } from '../../world/clock.ts';
import { journalPath, readJournal } from '../store/journal.ts';
import { type StateDirectory, foreignHands, rolloutDirectory, rolloutIds } from '../store/state-directory.ts';

const keptMs = 90 * 24 * 3_600_000;
const keptCount = 500;

/** A plan of one target stands in so many bytes, but for one with very much metadata. */
const firstBytes = 65_536;

export type PruneHouse = { readonly clock: Clock; readonly state: StateDirectory };

/**
 * Removes what one-shot commands left more than 90 days ago, where none of it is off any more; the newest 500 journals
 * of this machine stay. Rollouts stay, and what cannot be read, or is not ours.
 */
export function pruneOneShots({ clock, state }: PruneHouse): void {
  const oldestMs = clock.wallClock() - keptMs;
  const beyond = rolloutIds(state)
    .map((id) => rolloutDirectory(state, id))
    .flatMap((directory) => {
      const found = statSync(journalPath(directory), { throwIfNoEntry: false });
      return found === undefined ? [] : [{ directory, writtenMs: found.mtimeMs }];
    })
    .sort((a, b) => b.writtenMs - a.writtenMs)
    .slice(keptCount)
    .filter(({ writtenMs }) => writtenMs < oldestMs);
  for (const { directory } of beyond)
    try {
      if (mayBeOneShot(directory) && isSettled(directory) && foreignHands(state, directory) === undefined)
        rmSync(directory, { recursive: true });
    } catch {
      // Somebody else removed it meanwhile, or the disk says no: it is tried again by the next one.
    }
}

/** By the first line alone: a long rollout is not read for it. */
function mayBeOneShot(directory: string): boolean {
  const file = openSync(journalPath(directory), 'r');
  try {
    const bytes = Buffer.alloc(firstBytes);
    const text = bytes.toString('utf8', 0, readSync(file, bytes));
    const end = text.indexOf('\n');
    if (end === -1) return true;
    const planned = JSON.parse(text.slice(0, end)) as { readonly command?: unknown };
    return planned.command !== undefined;
  } finally {
    closeSync(file);
  }
}

function isSettled(directory: string): boolean {
  const read = readJournal(directory);
  if (!read.ok || read.rollout === undefined) return false;
  const { rollout } = read;
  return rollout.planned.command !== undefined && isOver(rollout) && leftByUs(rollout).length === 0;
}
