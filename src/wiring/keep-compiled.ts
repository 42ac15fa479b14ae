import { existsSync, lstatSync, realpathSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { isSea } from 'node:sea';
import { makeDirectory } from '../world/make-directory.ts';
import { homeDirectory } from './own-place.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Lets Node keep what it compiled for the next start, below `$XDG_CACHE_HOME`. Node runs what it finds there, so the
 * directory must be nobody else's to write or to exchange. Where it cannot be had, we start a little later. The program in
 * one file has in it what was compiled, and leaves nothing there.
 */
export function keepCompiled(env: Environment, userId: number | undefined): void {
  if (isSea()) return;
  const directory = userId === undefined ? undefined : ownCache(env, userId);
  if (directory !== undefined) module.enableCompileCache(directory);
}

/** Made where it was missing; undefined where it cannot be, or where somebody else could put something there. */
export function ownCache(env: Environment, userId: number): string | undefined {
  const given = env['XDG_CACHE_HOME'];
  const home = homeDirectory();
  const base = given?.startsWith('/') ? given : home && join(home, '.cache');
  if (base === undefined) return undefined;
  const directory = join(base, 'nacos-rollout');
  try {
    // Root with the home of somebody else leaves nothing there that they could not remove.
    if (!isNobodyElses(realpathSync(nearest(directory)), userId)) return undefined;
    makeDirectory(directory);
    const real = realpathSync(directory);
    const { uid, mode } = lstatSync(real);
    const isOurs = uid === userId && (mode & forOthers) === 0;
    return isOurs && isNobodyElses(real, userId) ? real : undefined;
  } catch {
    return undefined;
  }
}

const forOthersToWrite = 0o022;
const forOthers = 0o077;
/** Others may write there, but exchange nothing that is not theirs. */
const sticky = 0o1000;

/** Nobody but root and us can exchange it, or what is above it. */
function isNobodyElses(path: string, userId: number): boolean {
  const { uid, mode } = lstatSync(path);
  const isClosed = (mode & forOthersToWrite) === 0 || (uid === 0 && (mode & sticky) !== 0);
  const above = dirname(path);
  return (uid === 0 || uid === userId) && isClosed && (above === path || isNobodyElses(above, userId));
}

function nearest(path: string): string {
  return existsSync(path) ? path : nearest(dirname(path));
}
