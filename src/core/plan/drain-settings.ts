import { type Evidence, evidenceDefaults } from '../drain/evidence.ts';
import { evidenceText } from '../drain/evidence-text.ts';
import { evidenceOf } from '../drain/evidence-file.ts';
import { type FileDrain, parseCertainty, parseSlowest } from './drain-file.ts';
import { hasLogin } from '../text/url-text.ts';
import { type LinePlaceholder, placeholderInLine } from '../text/placeholder.ts';
import { parseDuration } from '../text/duration.ts';
import { type Drain } from './plan.ts';
import { defaultConsumers, drainPresetsMs } from './drain-presets.ts';

/** Why the parts of a drain do not go together. */
export type DrainProblem =
  /** Both say how long is waited without evidence. */
  | { readonly kind: 'two-presets'; readonly consumers: string; readonly time: string }
  /** Only evidence gives this setting a meaning. */
  | { readonly kind: 'needs-evidence'; readonly setting: 'floor' | 'ceiling' | 'certainty' | 'slowest' }
  | { readonly kind: 'floor-over-ceiling'; readonly floorMs: number; readonly ceilingMs: number }
  | { readonly kind: 'floor-over-preset'; readonly floorMs: number; readonly presetMs: number }
  | { readonly kind: 'ceiling-under-preset'; readonly ceilingMs: number; readonly presetMs: number }
  /** A plan stands in the journal as it is, and a journal holds no password. */
  | { readonly kind: 'login-in-url'; readonly source: string }
  /** A command line is never filled in: it gets environment variables. */
  | ({ readonly kind: 'placeholder' } & LinePlaceholder);

/** What a plan file says of a drain, as the plan has it. `drainProblem` must have found nothing. */
export function drainOf(written: FileDrain | undefined): Drain {
  const { ms, consumers } = presetOf(written);
  const evidence = evidenceOf(written?.evidence);
  const preset: Drain = { ms, ...(consumers !== undefined && { consumers }) };
  if (evidence.length === 0) return preset;
  const { floorMs, ceilingMs, certainty } = evidenceDefaults;
  const slowestPerSecond = parsed(written?.slowest, parseSlowest);
  return {
    ...preset,
    watch: {
      evidence,
      floorMs: parsed(written?.floor, parseDuration) ?? Math.min(floorMs, ms),
      ceilingMs: parsed(written?.ceiling, parseDuration) ?? Math.max(ceilingMs, ms),
      certainty: parsed(written?.certainty, parseCertainty) ?? certainty,
      ...(slowestPerSecond !== undefined && { slowestPerSecond }),
    },
  };
}

function presetOf(written: FileDrain | undefined): Pick<Drain, 'ms' | 'consumers'> {
  const { time, consumers } = partsOf(written);
  const ms = parsed(time, parseDuration);
  if (ms !== undefined) return { ms };
  const kind = consumers ?? defaultConsumers;
  return { ms: drainPresetsMs[kind], consumers: kind };
}

/** The first thing that speaks against a drain as it is written. */
export function drainProblem(written: FileDrain): DrainProblem | undefined {
  const { consumers, time } = written;
  if (consumers !== undefined && time !== undefined) return { kind: 'two-presets', consumers, time };
  const evidence = evidenceOf(written.evidence);
  if (evidence.length === 0) {
    const stray = strayLimits(partsOf(written))[0];
    return stray && { kind: 'needs-evidence', setting: stray };
  }
  const problems = evidence.map((one) => placeholderIn(one) ?? loginIn(one));
  return problems.find((problem) => problem !== undefined) ?? limitProblem(written);
}

function limitProblem(written: FileDrain): DrainProblem | undefined {
  const floorMs = parsed(written.floor, parseDuration);
  const ceilingMs = parsed(written.ceiling, parseDuration);
  const presetMs = presetOf(written).ms;
  if (floorMs !== undefined && ceilingMs !== undefined && floorMs > ceilingMs)
    return { kind: 'floor-over-ceiling', floorMs, ceilingMs };
  if (floorMs !== undefined && floorMs > presetMs) return { kind: 'floor-over-preset', floorMs, presetMs };
  if (ceilingMs !== undefined && ceilingMs < presetMs)
    return { kind: 'ceiling-under-preset', ceilingMs, presetMs };
  return undefined;
}

function placeholderIn(evidence: Evidence): DrainProblem | undefined {
  const run = 'run' in evidence ? evidence.run : undefined;
  const found = run === undefined ? undefined : placeholderInLine(run);
  return found && { kind: 'placeholder', ...found };
}

function loginIn(evidence: Evidence): DrainProblem | undefined {
  if (!('url' in evidence) || !hasLogin(evidence.url)) return undefined;
  return { kind: 'login-in-url', source: evidenceText(evidence) };
}

const limits = ['floor', 'ceiling', 'certainty', 'slowest'] as const;

function strayLimits(parts: FileDrain): readonly (typeof limits)[number][] {
  return limits.filter((name) => parts[name] !== undefined);
}

/** A drain taken apart: without evidence a lone `floor` is the time, and not a floor. */
export function partsOf(written: FileDrain | undefined): FileDrain {
  const { floor, ...rest } = written ?? {};
  const isTime =
    floor !== undefined &&
    evidenceOf(rest.evidence).length === 0 &&
    Object.values(rest).every((value) => value === undefined || value === 'none');
  return isTime ? { time: floor } : { ...written };
}

/**
 * The parts that flags or a form give, laid over those of a profile, as a plan file writes them; undefined when nobody
 * gives any. `evidence: none` takes the evidence of the profile away, and its limits.
 */
export function drainOver(below: FileDrain | undefined, above: FileDrain = {}): FileDrain | undefined {
  const { time, consumers, ...kept } = partsOf(below);
  const isPreset = above.time !== undefined || above.consumers !== undefined;
  const preset = isPreset ? {} : given({ time, consumers });
  const rest = above.evidence === 'none' ? {} : kept;
  const { evidence, ...parts }: FileDrain = { ...preset, ...rest, ...above };
  if (evidenceOf(evidence).length > 0) return { ...parts, ...given({ evidence }) };
  if (Object.keys(parts).length === 0)
    return evidence === 'none' ? { consumers: defaultConsumers } : undefined;
  // Written beside a preset a stray floor stays one, and is told.
  if (strayLimits(parts).length > 0)
    return parts.time === undefined ? { consumers: defaultConsumers, ...parts } : parts;
  return parts;
}

function given(values: FileDrain): FileDrain {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function parsed(
  text: string | number | undefined,
  parse: (text: string) => number | undefined,
): number | undefined {
  return text === undefined ? undefined : parse(String(text));
}
