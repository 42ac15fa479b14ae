import type { Clock } from '../../../src/world/clock.ts';

/** A list may show this late what somebody did. */
const newsMs = 3000;

/** What people took off, and whether a command of ours could know of it. */
export function createClicksOff(clock: Pick<Clock, 'monotonic'>) {
  const clickedMs = new Map<string, number>();
  const doubtful = new Set<string>();
  return {
    clicked: (key: string): void => void clickedMs.set(key, clock.monotonic()),
    /** A command of ours is about to write to it. */
    begins: (key: string): void => {
      if (clock.monotonic() - (clickedMs.get(key) ?? -Infinity) < newsMs) doubtful.add(key);
    },
    /** The command began before lists showed that somebody had taken it off: whose doing it is, nobody can tell. */
    isDoubtful: (key: string): boolean => doubtful.has(key),
  };
}
