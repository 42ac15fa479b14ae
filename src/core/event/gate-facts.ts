import * as z from 'zod';
import { gateKinds, gatePlaceSchema } from '../gate/gate.ts';
import { failureSchema } from './failure.ts';

const ms = z.number().nonnegative();
const gate = z.string();
const attempt = z.number().int().min(1);
const place = gatePlaceSchema;

/** Facts about what stands between batches. */
export const gateFacts = {
  /** `text`: what a person is to look at. `directory`, relative to the journal's, holds output and outcome of the command. */
  'gate-reached': z.object({
    gate,
    place,
    attempt,
    kind: z.enum(gateKinds),
    text: z.string().optional(),
    totalMs: ms.optional(),
    command: z.string().optional(),
    directory: z.string().optional(),
  }),
  /** `by`: who said so; `nobody` where it failed and says itself to go on. Without it, it was good, after `ms`. */
  'gate-passed': z.object({ gate, place, attempt, ms: ms.optional(), by: z.string().optional() }),
  /** `instance`: that target did not stay good. `againInMs`: it is tried again by itself. */
  'gate-failed': z.object({
    gate,
    place,
    attempt,
    ms,
    why: failureSchema,
    instance: z.string().optional(),
    againInMs: ms.optional(),
  }),
  /** It is to be tried once more, as somebody said. */
  'gate-retried': z.object({ gate, place, by: z.string() }),
} as const;
