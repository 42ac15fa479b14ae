import * as z from 'zod';
import { type Command, commandFileSchema, commandOf, commandSchema } from './command.ts';
import { type OccasionKey, occasionKeys } from './occasion-key.ts';

/** Commands that a plan runs beside the rollout when something happens to it. */
export const occasionsSchema = z.object({
  pause: commandSchema.optional(),
  failure: commandSchema.optional(),
  stop: commandSchema.optional(),
  finish: commandSchema.optional(),
});
export type Occasions = z.infer<typeof occasionsSchema>;

/** The same as people write them. */
export const occasionsFileSchema = z.strictObject({
  /** It is paused, or lost Nacos. */
  pause: commandFileSchema.optional(),
  /** A step of a target failed, and no try of it is left. */
  failure: commandFileSchema.optional(),
  /** It stands still, and waits for somebody to carry it on. */
  stop: commandFileSchema.optional(),
  /** It is over, however that came. */
  finish: commandFileSchema.optional(),
});
type OccasionsFile = z.infer<typeof occasionsFileSchema>;

/** How long one of these may take, where a plan file does not say. */
export const occasionTimeoutMs = 60_000;

/** Undefined where there are none. */
export function occasionsOf(file: OccasionsFile | undefined): Occasions | undefined {
  const entries = occasionKeys.flatMap((key): readonly (readonly [OccasionKey, Command])[] => {
    const written = file?.[key];
    return written === undefined ? [] : [[key, commandOf(written, occasionTimeoutMs)]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
