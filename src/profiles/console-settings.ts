import { join } from 'node:path';
import * as z from 'zod';
import { firstIssue } from '../core/text/first-issue.ts';
import { readFileBounded } from '../world/read-bounded.ts';
import { alertKinds } from './alert-kind.ts';
import type { StoreProblem } from './store.ts';
import { themeNames } from './theme-name.ts';

const key = z.string().min(1).max(20);

/** What a person has set of the console, by hand: a theme, how it calls for a decision, and keys by screen and command. */
const consoleSettingsSchema = z.strictObject({
  theme: z.enum(themeNames).optional(),
  alert: z.enum(alertKinds).optional(),
  keys: z.record(z.string(), z.record(z.string(), z.union([key, z.array(key).min(1)]))).optional(),
});
export type ConsoleSettings = z.infer<typeof consoleSettingsSchema>;

type Problem = Extract<StoreProblem, { kind: 'malformed-file' | 'unreadable-file' }>;

export type ConsoleSettingsRead =
  | { readonly ok: true; readonly path: string; readonly settings: ConsoleSettings }
  | { readonly ok: false; readonly problem: Problem };

const settingsMaxBytes = 65_536;

/** Of `console.json` in this directory; nothing where there is none. */
export function readConsoleSettings(directory: string | undefined): ConsoleSettingsRead {
  const path = directory === undefined ? '' : join(directory, 'console.json');
  const read = path === '' ? undefined : readFileBounded(path, settingsMaxBytes);
  if (read === undefined) return { ok: true, path, settings: {} };
  if (!read.ok) {
    const { obstacle } = read;
    const isMissing = obstacle.kind === 'unreadable' && ['ENOENT', 'ENOTDIR'].includes(obstacle.detail);
    return isMissing
      ? { ok: true, path, settings: {} }
      : { ok: false, problem: { kind: 'unreadable-file', path, obstacle } };
  }
  const parsed = parseConsoleSettings(read.bytes.toString('utf8'));
  return parsed.ok
    ? { ok: true, path, settings: parsed.settings }
    : { ok: false, problem: { kind: 'malformed-file', path, detail: parsed.detail } };
}

/** The settings in a text, or what is wrong with it in one line. */
export function parseConsoleSettings(
  text: string,
):
  | { readonly ok: true; readonly settings: ConsoleSettings }
  | { readonly ok: false; readonly detail: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, detail: 'it is not JSON' };
  }
  const result = consoleSettingsSchema.safeParse(value);
  return result.success
    ? { ok: true, settings: result.data }
    : { ok: false, detail: firstIssue(result.error) };
}
