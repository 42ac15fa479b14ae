/** A stretch of time that is drawn as wide as the page. Milliseconds since the epoch. */
export type Scale = { readonly fromMs: number; readonly toMs: number };

/** Where a moment lies, in percent of the width; what lies outside lies at the edge. */
export function placeOf({ fromMs, toMs }: Scale, ms: number): number {
  const share = toMs <= fromMs ? 0 : (Math.min(Math.max(ms, fromMs), toMs) - fromMs) / (toMs - fromMs);
  return Math.round(share * 1e5) / 1e3;
}

/** From where to where, as attributes of a rectangle. */
export function spanOf(
  scale: Scale,
  fromMs: number,
  toMs: number,
): { readonly x: string; readonly width: string } {
  const from = placeOf(scale, fromMs);
  const width = Math.round((placeOf(scale, toMs) - from) * 1e3) / 1e3;
  return { x: `${from}%`, width: `${Math.max(0, width)}%` };
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
