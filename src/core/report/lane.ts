import type { StepName } from '../event/failure.ts';
import { stampMs } from '../text/stamp.ts';
import type { ReportedStep } from './report-steps.ts';
import type { ReportedTarget } from './report-target.ts';
import type { Scale } from './scale.ts';

/** From when to when, in milliseconds since the epoch. */
export type Stretch = { readonly fromMs: number; readonly toMs: number };
export type Segment = Stretch & { readonly step: ReportedStep };

/** What a part of a lane shows; `later` is not there yet. */
export type Moment = StepName | 'on' | 'off' | 'failed' | 'exposed' | 'later';

/** From the first thing that was done to a target to its last; undefined where nothing was. */
export function stretchOf(target: ReportedTarget, lastMs: number): Stretch | undefined {
  const segments = segmentsOf(target, lastMs);
  if (segments.length === 0) return undefined;
  return {
    fromMs: Math.min(...segments.map(({ fromMs }) => fromMs)),
    toMs: Math.max(...segments.map(({ toMs }) => toMs)),
  };
}

/** Each try of each step; one without a length lasts until the next one begins, or the journal ends. */
export function segmentsOf({ steps }: ReportedTarget, lastMs: number): readonly Segment[] {
  return steps.map((step, index) => {
    const fromMs = stampMs(step.beganAt);
    const next = steps[index + 1];
    const openMs = next === undefined ? lastMs : stampMs(next.beganAt);
    return { step, fromMs, toMs: step.ms === undefined ? openMs : fromMs + step.ms };
  });
}

/** While it was proven off: from the end of a disable to the end of the enable after it. */
export function offStretches(segments: readonly Segment[], lastMs: number): readonly Stretch[] {
  const found: Stretch[] = [];
  let fromMs: number | undefined;
  for (const { step, toMs } of segments) {
    if (step.outcome !== 'done') continue;
    if (step.step === 'disable') fromMs ??= toMs;
    if (step.step !== 'enable' || fromMs === undefined) continue;
    found.push({ fromMs, toMs });
    fromMs = undefined;
  }
  return fromMs === undefined ? found : [...found, { fromMs, toMs: lastMs }];
}

/** A lane in so many equal parts, each as the step that lasted longest in it; what went wrong is never hidden by what lasted longer. */
export function momentsOf(
  target: ReportedTarget,
  scale: Scale,
  parts: number,
  lastMs: number,
): readonly Moment[] {
  const segments = segmentsOf(target, lastMs);
  const off = offStretches(segments, lastMs);
  const exposed = target.exposures.map(({ at, ms }) => ({
    fromMs: stampMs(at),
    toMs: ms === undefined ? lastMs : stampMs(at) + ms,
  }));
  const partMs = (scale.toMs - scale.fromMs) / parts;
  return Array.from({ length: parts }, (_, index): Moment => {
    const part = { fromMs: scale.fromMs + index * partMs, toMs: scale.fromMs + (index + 1) * partMs };
    if (part.fromMs >= lastMs) return 'later';
    if (exposed.some((one) => touches(one, part))) return 'exposed';
    const inside = segments.filter((one) => touches(one, part));
    if (inside.some(({ step }) => step.outcome === 'failed')) return 'failed';
    const [longest] = inside.toSorted((one, other) => sharedMs(other, part) - sharedMs(one, part));
    if (longest !== undefined) return longest.step.step;
    return off.some((one) => touches(one, part)) ? 'off' : 'on';
  });
}

function touches(one: Stretch, part: Stretch): boolean {
  return one.fromMs < part.toMs && Math.max(one.toMs, one.fromMs + 1) > part.fromMs;
}

function sharedMs(one: Stretch, part: Stretch): number {
  return Math.min(one.toMs, part.toMs) - Math.max(one.fromMs, part.fromMs);
}
