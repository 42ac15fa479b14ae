import * as z from 'zod';
import {
  callPurposeSchema,
  commandResultSchema,
  failureSchema,
  readingSchema,
  stepNameSchema,
} from './failure.ts';
import { hookSteps } from '../hooks/hook-step.ts';
import { forecastSchema, whyNotWarmedSchema, decisionSchema } from './event-parts.ts';
import { ms, target, attempt, registration, by, mender } from './fact-fields.ts';

const hookStepSchema = z.enum(hookSteps);

/** The steps of one target, and what was decided about them. */
export const stepFacts = {
  /**
   * `isAhead`: while the batch before is deployed and checked. `clients`: who had registered it, as Nacos names them; of
   * a one-shot command, where that can be known. Its companions may have connections of their own.
   */
  'disable-began': z.object({
    target,
    attempt,
    isAhead: z.literal(true).optional(),
    clients: z.array(z.string()).readonly().optional(),
    companionClients: z
      .array(z.object({ registration, clients: z.array(z.string()).readonly() }))
      .readonly()
      .optional(),
  }),
  /** It was off ahead of its turn, and is put on until then: one before it is stuck, or nobody is there. */
  'called-back': z.object({ target, why: z.enum(['stuck', 'unattended']) }),
  /** `isGo`: the guard let it pass; from now on the target counts as off. */
  forecast: z.object({ target, isGo: z.boolean(), services: z.array(forecastSchema).readonly() }),
  /** An application is asked to leave, or to come back; it may have done so even when no outcome follows. */
  'call-began': z.object({ target, purpose: callPurposeSchema, call: z.string() }),
  'call-ended': z.object({ target, purpose: callPurposeSchema, ms, reading: readingSchema }),
  disabled: z.object({ target, attempt, ms }),
  /**
   * `directory`, relative to the journal's, holds the command's output and outcome. What was listed just before; who is not among them afterwards is new. In its services: what `appeared` and
   * `vanished` since the command before this one began that has such a service, of whatever target. `beside`: what was
   * off there in others. Older journals have all of it in `listed`.
   */
  'deploy-began': z.object({
    target,
    attempt,
    command: z.string(),
    directory: z.string(),
    listed: z.array(z.string()).readonly().optional(),
    appeared: z.array(z.string()).readonly().optional(),
    vanished: z.array(z.string()).readonly().optional(),
    beside: z.array(z.string()).readonly().optional(),
    /** What `changed` of its check said just before. */
    before: z.string().optional(),
  }),
  /** `directory`, relative to the journal's, holds its output and outcome. */
  'hook-began': z.object({
    target,
    step: hookStepSchema,
    attempt,
    command: z.string(),
    directory: z.string(),
  }),
  /** `mayFail`: what the plan says of a failure of it, and it failed. */
  'hook-ended': z.object({
    target,
    step: hookStepSchema,
    attempt,
    ms,
    result: commandResultSchema,
    mayFail: z.literal(true).optional(),
  }),
  /** It failed, and is tried again by itself when this time is over; so often at the most, this one included. */
  'retry-awaited': z.object({ target, step: stepNameSchema, attempt, ms, left: z.number().int().min(1) }),
  'deploy-ended': z.object({ target, attempt, ms, result: commandResultSchema }),
  'check-began': z.object({ target, attempt }),
  /** `isRestarted`: a new registration, or other metadata, was seen; false is a warning, not a failure. */
  'check-passed': z.object({ target, attempt, ms, isRestarted: z.boolean() }),
  'enable-began': z.object({ target, attempt }),
  enabled: z.object({ target, attempt, ms }),
  /** It is on with a part of its weight, and gets more of it while its probe stays good. */
  'warm-up-began': z.object({ target, attempt, totalMs: ms }),
  'warm-up-passed': z.object({ target, attempt, ms }),
  /** They were put on with all of their weight at once, though the plan asks for a warm-up. */
  'warm-up-left-out': z.object({
    target,
    registrations: z.array(registration).min(1).readonly(),
    why: whyNotWarmedSchema,
  }),
  /** From now on its probe must stay good for this long. It is on and in service. */
  'soak-began': z.object({ target, attempt, totalMs: ms }),
  'soak-passed': z.object({ target, attempt, ms }),
  'step-failed': z.object({ target, step: stepNameSchema, attempt, ms, why: failureSchema }),
  /** `via`: nobody was asked, that command of `by` did it. */
  decided: z.object({ target, decision: decisionSchema, by, via: mender.exactOptional() }),
} as const;
