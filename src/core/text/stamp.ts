// Reading and writing a stamp asks no clock: of `Date`, nothing else is used here.

/** `2026-11-21T20:00:00.000Z` for milliseconds since the epoch. */
export function stamp(ms: number): string {
  return new Date(ms).toISOString();
}

/** Milliseconds since the epoch for a stamp, or the `Date` header of an answer; the epoch itself for text that is none. */
export function stampMs(text: string): number {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? 0 : ms;
}
