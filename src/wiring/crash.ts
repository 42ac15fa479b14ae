import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDirectory } from '../world/make-directory.ts';

/** What may be known of a process that something unforeseen ended. */
export type Crashed = {
  readonly version: string;
  /** Which Node, and on what. */
  readonly platform: string;
  /** The first word alone: others may be anything. */
  readonly command: string;
  readonly pid: number;
  /** As `stamp` writes it. */
  readonly at: string;
};

/**
 * For whoever mends it: where it happened, and because of what. No property of the error but these two: some carry the
 * whole request along, with its token.
 */
export function crashDetails(error: unknown, { version, platform, command, at }: Crashed): string {
  return `${at} nacos-rollout ${version}, ${platform}, ${command}\n${stacksOf(error).join('\ncaused by: ')}\n`;
}

/** Writes them where the first of these directories lets us, readable by their owner only; gives the path. */
export function keepDetails(
  details: string,
  places: readonly string[],
  { at, pid }: Crashed,
): string | undefined {
  for (const place of places) {
    const path = join(place, `crash-${at.replaceAll(':', '')}-${pid}.txt`);
    try {
      makeDirectory(place);
      writeFileSync(path, details, { mode: 0o600, flag: 'wx' });
      return path;
    } catch {
      // The next one may do.
    }
  }
  return undefined;
}

const deepestCause = 5;

function stacksOf(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error)) return [String(error)];
  const own = error.stack ?? `${error.name}: ${error.message}`;
  const hasCause = error.cause !== undefined && depth < deepestCause;
  return hasCause ? [own, ...stacksOf(error.cause, depth + 1)] : [own];
}

/** One line of what it was. */
export function crashMessage(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.slice(0, 200);
}
