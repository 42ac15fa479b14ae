import { statSync } from 'node:fs';
import type { FactOf } from '../../core/event/event.ts';
import type { Clock } from '../../world/clock.ts';
import { journalPath } from './journal.ts';
import { type StateDirectory, rolloutDirectory, rolloutIds } from './state-directory.ts';

/** Rollouts whose journals were written to at a time that is yet to come: the clock was set back since. */
export function writtenAhead(
  state: StateDirectory,
  clock: Clock,
): Pick<FactOf<'rollout-planned'>, 'writtenAhead'> {
  const nowMs = clock.wallClock();
  const ids = rolloutIds(state).filter((id) => {
    const seen = statSync(journalPath(rolloutDirectory(state, id)), { throwIfNoEntry: false });
    return seen !== undefined && seen.mtimeMs > nowMs;
  });
  return ids.length === 0 ? {} : { writtenAhead: ids };
}
