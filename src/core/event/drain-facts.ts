import * as z from 'zod';
import { readingSchema } from './failure.ts';
import { callsSeenSchema } from '../drain/calls-seen.ts';
import { ms, target, attempt, registration, by } from './fact-fields.ts';

/** How a drain went. */
export const drainFacts = {
  /** `evidence`: what tells of calls meanwhile. */
  'drain-began': z.object({
    target,
    attempt,
    totalMs: ms,
    evidence: z.array(z.string()).readonly().optional(),
  }),
  /** Of this time nothing is known: silence before the preset's time is no proof any more. */
  'evidence-lost': z.object({ target, registration, source: z.string(), why: readingSchema }),
  'evidence-returned': z.object({ target, registration, source: z.string() }),
  /** Its time is over and calls go on, by whom and how many a second: told then, and again from time to time. */
  'drain-prolonged': z.object({
    target,
    attempt,
    ms,
    ceilingMs: ms,
    callers: z.array(z.object({ caller: z.string(), source: z.string() })).readonly(),
    perSecond: z.number(),
    /** Calls that are being answered. */
    active: z.number(),
  }),
  'drain-extended': z.object({ target, byMs: ms, by }),
  'drain-skipped': z.object({ target, by }),
  /** `endedBy`: everybody had been silent for long enough, or the time was over. */
  'drain-ended': z.object({
    target,
    attempt,
    ms,
    endedBy: z.enum(['quiet', 'time']).optional(),
    certainty: z.number().optional(),
    calls: callsSeenSchema.optional(),
  }),
  /** Calls arrived after the end of the drain, before the deploy had stopped anything. */
  'called-after-drain': z.object({ target, source: z.string(), count: z.number(), ms }),
} as const;
