import type { Loaded } from './model.ts';
import type { Now } from './now.ts';

const stepMs = 5_000;
const minuteMs = 60_000;

/**
 * How old what is shown is, in whole steps, so that it need not be drawn each second: of five seconds, and from a minute
 * on of a minute. 0 where it was read just now; undefined where nothing was read.
 */
export function shownAgeMs({ valueAtMs }: Loaded<unknown>, now: Now): number | undefined {
  if (valueAtMs === undefined) return undefined;
  const ageMs = Math.max(0, now.monotonicMs - valueAtMs);
  const step = ageMs < minuteMs ? stepMs : minuteMs;
  return Math.floor(ageMs / step) * step;
}
