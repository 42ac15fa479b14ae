/** A stretch of time that is drawn as wide as there is room. Milliseconds since the epoch. */
export type Scale = { readonly fromMs: number; readonly toMs: number };

/** Where a moment lies, in percent of the width; what lies outside lies at the edge. */
export function placeOf({ fromMs, toMs }: Scale, ms: number): number {
  const share = toMs <= fromMs ? 0 : (Math.min(Math.max(ms, fromMs), toMs) - fromMs) / (toMs - fromMs);
  return Math.round(share * 1e5) / 1e3;
}

const stepsMs = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400].map(
  (seconds) => seconds * 1000,
);
const mostTicks = 5;

/** Round times from `zeroMs`, a few of them, on the scale. */
export function ticksOf({ fromMs, toMs }: Scale, zeroMs: number): readonly number[] {
  const lengthMs = toMs - fromMs;
  const stepMs =
    stepsMs.find((each) => lengthMs / each <= mostTicks) ??
    Math.ceil(lengthMs / mostTicks / 86_400_000) * 86_400_000;
  const first = Math.ceil((fromMs - zeroMs) / stepMs);
  const last = Math.floor((toMs - zeroMs) / stepMs);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * stepMs);
}

/** From `fromMs` for a round length, until `toMs` at least: what grows on it is drawn anew as a whole only when that is too short. */
export function roundScale(fromMs: number, toMs: number): Scale {
  const leastMs = Math.max(30_000, toMs - fromMs);
  return { fromMs, toMs: fromMs + (stepsMs.find((each) => each >= leastMs) ?? leastMs) };
}
