import type { Asking } from '../../world/registry.ts';
import { timeEn as time } from '../grammar/time-words.ts';

/** Who says nothing, and what comes next. `forMs`: for how long by now. */
export function silence({ address, limitMs, next }: Asking, forMs?: number): string {
  const still = forMs === undefined ? 'says nothing yet' : `has said nothing for ${time(forMs)}`;
  const then =
    next === undefined ? '' : next === address ? ', then asked once more' : `, then ${next} is asked`;
  return `Waiting for ${address}, which ${still}; given up after ${time(limitMs)}${then}.`;
}
