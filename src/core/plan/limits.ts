import * as z from 'zod';
import { parseDuration } from '../text/duration.ts';
import { stamp, stampMs } from '../text/stamp.ts';

/** When nothing new begins any more: so long after the rollout was planned, or at that time. */
export const deadlineSchema = z.union([
  z.object({ afterMs: z.number().int().nonnegative() }),
  /** ISO 8601, UTC; `typed`: as a person wrote it, where that was in another way. */
  z.object({ at: z.string(), typed: z.string().optional() }),
]);
export type Deadline = z.infer<typeof deadlineSchema>;

const deadlineForm = 'a deadline is written 3h, or as a time with its zone: 2026-11-28T02:00+08:00';
const timeForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

export const deadlineFileSchema = z
  .string({ error: deadlineForm })
  .refine((text) => parseDeadline(text) !== undefined, { error: deadlineForm });

/** `3h`, or a time with its zone; undefined for anything else. */
export function parseDeadline(text: string): Deadline | undefined {
  const afterMs = parseDuration(text);
  if (afterMs !== undefined) return { afterMs };
  const ms = timeForm.test(text) ? stampMs(text) : 0;
  if (ms === 0) return undefined;
  const at = stamp(ms);
  return at === text ? { at } : { at, typed: text };
}

const maxFailuresForm = 'how many may fail is written 2, or as a percent of the targets: 10%';

/** A number, or a percent of the targets, rounded down. */
export const maxFailuresFileSchema = z.union(
  [z.number().int().min(0), z.string().regex(/^(100|\d{1,2})%$/, maxFailuresForm)],
  { error: maxFailuresForm },
);

/** `2` or `10%`, as a flag has it; undefined for anything else. */
export function parseMaxFailures(text: string): number | string | undefined {
  const read = maxFailuresFileSchema.safeParse(/^\d{1,6}$/.test(text) ? Number(text) : text);
  return read.success ? read.data : undefined;
}

export function maxFailuresOf(setting: number | string, targets: number): number {
  return typeof setting === 'number' ? setting : Math.floor((targets * Number(setting.slice(0, -1))) / 100);
}

type Failures = {
  readonly onFailure?: 'stop' | 'continue' | undefined;
  readonly maxFailures?: number | string | undefined;
};

/** Of what goes on after a failure and what stops at it only one can hold. */
export function agreesOnFailure({ onFailure, maxFailures = 0 }: Failures): boolean {
  return onFailure !== 'stop' || maxFailures === 0;
}

export const failuresDisagree = {
  path: ['maxFailures'],
  error: 'it goes on after a failure, and onFailure: stop does not: leave one of them out',
};
