import * as z from 'zod';
import { evidenceFileSchema } from '../drain/evidence-file.ts';
import { durationSchema } from '../text/duration.ts';
import { type ConsumerKind, consumerKinds } from './drain-presets.ts';

const consumers = z.enum(consumerKinds as [ConsumerKind, ...ConsumerKind[]]);

const certaintyForm = 'a certainty is written 99.9% or 0.999, from 50% up and less than 100%';
const slowestForm = 'slowest is the calls a second of the rarest consumer, written 0.5, 0.5/s, 30/m or 2/h';
const drainForm = `a drain is written { time: 10s } or { consumers: ${consumerKinds.join(' | ')} }, with evidence: connections, floor: 5s, ceiling: 3m, certainty: 99.9% and slowest: 0.5/s beside consumers or time`;

/**
 * How long consumers are waited for. Without evidence exactly one of `consumers`, `time` and `floor` says how long;
 * with evidence `consumers` or `time` is the longest, unless calls still arrive then. `drainProblem` says what does not
 * go together.
 */
export const drainFileSchema = z
  .strictObject(
    {
      consumers: consumers.optional(),
      time: durationSchema.optional(),
      evidence: evidenceFileSchema.optional(),
      floor: durationSchema.optional(),
      ceiling: durationSchema.optional(),
      certainty: z
        .union([z.number(), z.string()])
        .refine((text) => parseCertainty(String(text)) !== undefined, certaintyForm)
        .optional(),
      slowest: z
        .union([z.number(), z.string()])
        .refine((text) => parseSlowest(String(text)) !== undefined, slowestForm)
        .optional(),
    },
    { error: drainForm },
  )
  .refine((drain) => Object.values(drain).some((value) => value !== undefined), drainForm);
export type FileDrain = z.infer<typeof drainFileSchema>;

/** `99.9%` or `0.999`, as a share; undefined below a half, where evidence would be worth less than a coin. */
export function parseCertainty(text: string): number | undefined {
  const [, digits, percent] = /^(\d{1,2}(?:\.\d{1,9})?)(%?)$/.exec(text.trim()) ?? [];
  if (digits === undefined) return undefined;
  // Digits are moved, not divided: 99.9 / 100 is not 0.999.
  const share = percent === '%' ? Number(`${digits}e-2`) : Number(digits);
  return share >= 0.5 && share < 1 ? share : undefined;
}

const perSecond = { s: 1, m: 60, h: 3600 } as const;

/** Calls a second of `0.5`, `0.5/s`, `30/m` or `2/h`; undefined for anything else. */
export function parseSlowest(text: string): number | undefined {
  const [, digits, unit = 's'] = /^(\d{1,9}(?:\.\d{1,9})?)(?:\/([smh]))?$/.exec(text.trim()) ?? [];
  const rate = digits === undefined ? 0 : Number(digits) / perSecond[unit as keyof typeof perSecond];
  return rate > 0 ? rate : undefined;
}
