import * as z from 'zod';
import { commandSchema } from '../hooks/command.ts';

const milliseconds = z.number().int().nonnegative();

/** What a failed gate does when nobody can be asked; where a gate says nothing it stops, whatever the plan says of targets. */
const onFailure = z.enum(['stop', 'continue']).optional();

/** For people: where it stands. `at` a stage: it is all of that stage. */
export const gatePlaceSchema = z.object({
  side: z.enum(['before', 'after', 'at']),
  of: z.enum(['rollout', 'stage', 'service', 'batch']),
  stage: z.string().optional(),
  service: z.string().optional(),
  /** Of its service, from 1. */
  batch: z.number().int().min(1).optional(),
});
export type GatePlace = z.infer<typeof gatePlaceSchema>;

export const gateKinds = ['person', 'time', 'command', 'soak'] as const;

const common = {
  /** Unique in the plan. */
  name: z.string(),
  /** No target of this batch or a later one begins before it is passed. One more than the last: it stands after all. */
  batch: z.number().int().nonnegative(),
  place: gatePlaceSchema,
};

/** What stands between batches, and has to be passed before the next one begins. */
export const gateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), ...common, text: z.string() }),
  z.object({ kind: z.literal('time'), ...common, ms: milliseconds }),
  z.object({ kind: z.literal('command'), ...common, command: commandSchema, onFailure }),
  /** All that are through must stay good for so long. */
  z.object({ kind: z.literal('soak'), ...common, ms: milliseconds, onFailure }),
]);
export type Gate = z.infer<typeof gateSchema>;
export type GateOf<Kind extends Gate['kind']> = Extract<Gate, { kind: Kind }>;
