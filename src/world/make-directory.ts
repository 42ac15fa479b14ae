import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a directory and what is missing above it, readable by their owner only; gives the first that it made. Throws what
 * the disk says. Node's own `recursive` never comes back where the disk takes no directory and says ENOENT, as /proc does.
 */
export function makeDirectory(path: string): string | undefined {
  if (isThere(path) && statSync(path).isDirectory()) return undefined;
  const above = dirname(path);
  const firstMade = isThere(above) ? undefined : makeDirectory(above);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Somebody else may have made it just now; of a link, what it leads to says why it is none.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !statSync(path).isDirectory()) throw error;
    return firstMade;
  }
  return firstMade ?? path;
}

/** What cannot be looked at is for `mkdir` to tell of. */
function isThere(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch {
    return false;
  }
}
