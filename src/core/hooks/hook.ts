import * as z from 'zod';
import { commandFiles, commandOf, commandSchema, hasRetriesToWaitFor, waitForNothing } from './command.ts';
import { hookKeys } from './hook-step.ts';

/**
 * What a failure of it comes to. `ask`: that of any step. `continue`: it is noted, and the target goes on. `stop`: that of
 * any step, but where nobody can be asked the rollout stops, whatever the plan's `onFailure` says.
 */
const onFailure = { onFailure: z.enum(['ask', 'continue', 'stop']) };
const [lineSchema, wordsSchema] = commandSchema.options;
const hookSchema = z.union([lineSchema.extend(onFailure), wordsSchema.extend(onFailure)]);
export type Hook = z.infer<typeof hookSchema>;

export const hooksSchema = z.object({
  /** Before anything of it is written: it is on. Once, whatever happens to the target then. */
  beforeTarget: hookSchema.optional(),
  /** It is off on every server node: before each of its drains, and when it is taken off again for good. */
  afterDisable: hookSchema.optional(),
  /** It is on again and its soak is over. */
  afterTarget: hookSchema.optional(),
});
export type Hooks = z.infer<typeof hooksSchema>;

const [lineFile, wordsFile] = commandFiles;
const optional = { onFailure: onFailure.onFailure.optional() };
const hook = z
  .union([lineFile.extend(optional), wordsFile.extend(optional)], {
    error:
      'a hook is written { run: ./tell.sh } or { argv: [./tell.sh, "{ip}"] }, with timeout: 1m, retries: 2, wait: 10s, onFailure: continue',
  })
  .refine(hasRetriesToWaitFor, { error: waitForNothing, path: ['wait'] });

/** The hooks of a target as people write them. */
export const hooksFileSchema = z.strictObject({
  beforeTarget: hook.optional(),
  afterDisable: hook.optional(),
  afterTarget: hook.optional(),
});
export type HooksFile = z.infer<typeof hooksFileSchema>;

/** How long a hook may take, where a plan file does not say. */
export const hookTimeoutMs = 60_000;

/** Undefined where there are none. */
export function hooksOf(file: HooksFile | undefined): Hooks | undefined {
  const entries = Object.values(hookKeys).flatMap((key): readonly (readonly [string, Hook])[] => {
    const written = file?.[key];
    if (written === undefined) return [];
    return [[key, { ...commandOf(written, hookTimeoutMs), onFailure: written.onFailure ?? 'ask' }]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
