import * as z from 'zod';
import { twinsSchema } from './failure.ts';
import { registrationSchema } from '../plan/plan.ts';
import { changeCauseSchema, requestSchema, purposeSchema } from './event-parts.ts';
import { registryErrorSchema } from '../registry/registry-error.ts';
import { ms, target, attempt, registration, by } from './fact-fields.ts';

/** What was written to a registration and what was seen of it. */
export const writeFacts = {
  'write-began': z.object({
    target,
    registration,
    enabled: z.boolean(),
    weight: z.number(),
    /** In a warm-up: the weight that this is a part of, and that it gets back. */
    fullWeight: z.number().optional(),
    purpose: purposeSchema,
    request: requestSchema,
  }),
  'write-ended': z.object({
    target,
    registration,
    enabled: z.boolean(),
    purpose: purposeSchema,
    outcome: z.enum(['accepted', 'refused', 'unknown']),
    ms,
    error: registryErrorSchema.optional(),
    /** It went to the address that the registration had when it began, and has no longer. */
    isFormer: z.boolean().optional(),
  }),
  /** Every server node that counts showed it; each with the time since the write was accepted. */
  'read-back': z.object({
    target,
    registration,
    enabled: z.boolean(),
    /** On: with this weight, where every server node that counts showed the same. */
    weight: z.number().optional(),
    nodes: z.array(z.object({ node: z.string(), ms })).readonly(),
    /** What each node that is subscribed to told its consumers, likewise; without a time it had not by then. */
    told: z
      .array(z.object({ node: z.string(), ms: ms.optional() }))
      .readonly()
      .optional(),
  }),
  /** Its process came back under another address: from now on these are the target's registrations. */
  identified: z.object({
    target,
    registrations: z.array(registrationSchema).min(1).readonly(),
    by,
    /** The address is the same, and registered in another spelling. */
    isRespelled: z.boolean().optional(),
  }),
  /**
   * Registered beside the target while it was off, and the plan looks for such: kept out, and put on with the rest. They
   * come behind its registrations, in this order.
   */
  joined: z.object({ target, registrations: z.array(registrationSchema).min(1).readonly() }),
  /** The new version does not register them, and the plan did not name them: nobody waits for them. */
  dropped: z.object({ target, registrations: z.array(registration).min(1).readonly() }),
  /** The mark that keeping out left at a target's former address. */
  'mark-cleared': z.object({ target, instance: z.string(), outcome: z.enum(['accepted', 'unknown']) }),
  /** Every server node shows it with so much of its weight; less than before: taken back, as its probe was not good. */
  'weight-set': z.object({ target, attempt, percent: z.number(), ms }),
  /** Somebody else gave it another weight while it warmed up: that one stays. */
  'weight-overridden': z.object({ target, registration, full: z.number(), found: z.number() }),
  /** Shown enabled while it was ours to keep out. `ms` is from the first sighting to the read-back of the new disable. */
  exposed: z.object({
    target,
    registration,
    wasAway: z.boolean(),
    /** Just after we took it off: a list that shows the last time late, and no second wish. */
    isLate: z.boolean().optional(),
    sources: z.array(z.string()).readonly(),
    /** Found on by a runner that took over, where it may not go off by the guard: it stays on, and a person is asked. */
    isWanted: z.literal(true).optional(),
    /** Registered more than once, so that it cannot be taken off without spoiling a weight. */
    twins: twinsSchema.shape.twins.optional(),
  }),
  /** `isAtLeast`: nobody had looked for a while when it was first seen, as its runner was gone: it may have been on before. */
  'exposure-ended': z.object({ target, registration, ms, isAtLeast: z.literal(true).optional() }),
  /** No server node answered for so long, the time of the last answer counted: what consumers were told meanwhile nobody knows. */
  unwatched: z.object({ target, registration, ms }),
  'went-away': z.object({ target, registration }),
  'came-back': z.object({ target, registration, isEnabled: z.boolean() }),
  /** Something other than `enabled` differs from what the plan saw. */
  changed: z.object({
    target,
    registration,
    what: z.string(),
    before: z.string(),
    after: z.string(),
    cause: changeCauseSchema.optional(),
  }),
} as const;
