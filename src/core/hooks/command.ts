import * as z from 'zod';
import { durationSchema as duration, millisecondsOf } from '../text/duration.ts';

const milliseconds = z.number().int().nonnegative();
const limits = {
  timeoutMs: milliseconds,
  /** How often it is run once more by itself when it failed, and how long is waited before each of these. */
  retries: z.number().int().min(1).optional(),
  waitMs: milliseconds.optional(),
};

/** A command line for `sh -c`, or words that no shell sees. */
export const commandSchema = z.union([
  z.object({ run: z.string().min(1), ...limits }),
  z.object({ argv: z.array(z.string()).min(1).readonly(), ...limits }),
]);
export type Command = z.infer<typeof commandSchema>;

const tries = {
  timeout: duration.optional(),
  retries: z.number().int().min(1).max(100).optional(),
  wait: duration.optional(),
};
const howWritten =
  'a command is written { run: ./redeploy.sh } or { argv: [./redeploy.sh, --fast] }, with timeout: 10m, retries: 2, wait: 10s';

/** The two forms of a command in a plan file. */
export const commandFiles = [
  z.strictObject({ run: z.string().min(1), ...tries }),
  z.strictObject({ argv: z.array(z.string()).min(1), ...tries }),
] as const;

/** What stands between two tries is no sense without a second one. */
export function hasRetriesToWaitFor({
  retries,
  wait,
}: {
  readonly retries?: number | undefined;
  readonly wait?: string | undefined;
}): boolean {
  return wait === undefined || retries !== undefined;
}
export const waitForNothing = 'it is waited between retries: say how many, retries: 2';

/** A command as people write it. */
export const commandFileSchema = z
  .union(commandFiles, { error: howWritten })
  .refine(hasRetriesToWaitFor, { error: waitForNothing, path: ['wait'] });
export type CommandFile = z.infer<typeof commandFileSchema>;

/** Between two tries, where a plan file does not say. */
export const defaultWaitMs = 10_000;

/** `timeoutMs`: what holds where the file does not say. */
export function commandOf(file: CommandFile, timeoutMs: number): Command {
  const { timeout, retries, wait } = file;
  const tried = retries === undefined ? {} : { retries, waitMs: millisecondsOf(wait, defaultWaitMs) };
  const limited = { timeoutMs: millisecondsOf(timeout, timeoutMs), ...tried };
  return 'run' in file ? { run: file.run, ...limited } : { argv: file.argv, ...limited };
}
