import type { Event } from '../event/event.ts';

/** What the drains of a rollout took, and how much less that is than by timer alone, which nobody had extended. */
export type DrainSaving = { readonly waitedMs: number; readonly savedMs: number };

/** Less is no saving: a timer does not end to the millisecond. */
const leastMs = 1000;

/** Undefined where nothing was saved. Drains that were skipped, or have not ended, do not count. */
export function drainSaving(events: readonly Event[]): DrainSaving | undefined {
  const difference = drainDifference(events);
  return difference === undefined || difference.savedMs < 0 ? undefined : difference;
}

/** The same also where they took longer, which is a negative saving; undefined where it made no difference. */
export function drainDifference(events: readonly Event[]): DrainSaving | undefined {
  const timers = new Map<string, number>();
  // One that begins anew keeps what the one before was extended.
  const plainMs = new Map<string, number>();
  let waitedMs = 0;
  let savedMs = 0;
  for (const event of events)
    if (event.type === 'drain-began') {
      const { target, totalMs } = event;
      const unextendedMs = plainMs.get(target) ?? totalMs;
      plainMs.set(target, unextendedMs);
      timers.set(target, unextendedMs);
    } else if (event.type === 'drain-skipped') timers.delete(event.target);
    else if (event.type === 'drain-ended') {
      const timerMs = timers.get(event.target);
      if (timerMs === undefined) continue;
      waitedMs += event.ms;
      savedMs += timerMs - event.ms;
      timers.delete(event.target);
    }
  return Math.abs(savedMs) < leastMs ? undefined : { waitedMs, savedMs };
}
