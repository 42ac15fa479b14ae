import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isRolloutId } from '../../core/registry/lease.ts';
import type { LaunchProblem } from './launch-problem.ts';
import { nowhere } from './nowhere.ts';
import { makeDirectory } from '../../world/make-directory.ts';
import { modeText } from '../../world/read-bounded.ts';

/** Where everything about rollouts lies: below `$XDG_STATE_HOME/nacos-rollout`, readable by its owner only. */
export type StateDirectory = {
  readonly root: string;
  /** For sockets whose path beside the journal would be too long (108 bytes is all that Unix allows). */
  readonly temporary: string;
  readonly userId: number;
};

/** One directory a rollout, with its journal. */
export function rolloutsDirectory(state: StateDirectory): string {
  return join(state.root, 'rollouts');
}

export function rolloutDirectory(state: StateDirectory, id: string): string {
  return join(rolloutsDirectory(state), id);
}

/** Rehearsals leave no history. */
export function rehearsalsDirectory(state: StateDirectory): string {
  return join(state.root, 'rehearsals');
}

export function rehearsalDirectory(state: StateDirectory, id: string): string {
  return join(rehearsalsDirectory(state), id);
}

export function lockDirectory(state: StateDirectory): string {
  return join(state.root, 'locks');
}

/** Eight hexadecimal digits: short enough to type, and no two rollouts of one registry get the same. */
export function newRolloutId(): string {
  return randomBytes(4).toString('hex');
}

export function rolloutIds(state: StateDirectory): readonly string[] {
  try {
    return readdirSync(rolloutsDirectory(state)).filter(isRolloutId);
  } catch {
    return [];
  }
}

/** Why what is kept there cannot be known, where that is so; a directory that is not there keeps nothing. */
export function stateObstacle(state: StateDirectory): LaunchProblem | undefined {
  if (state.root === nowhere) return { kind: 'no-home' };
  const path = rolloutsDirectory(state);
  try {
    readdirSync(path);
    return undefined;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const isAbsent = isAbsence(code) && !leadsNowhere(path);
    return isAbsent ? undefined : { kind: 'unreadable-state', path, detail: code };
  }
}

/** Not its group's: that is the operator's own, and a cluster gives it to whoever a volume is mounted for. */
const forOthersToWrite = 0o002;

/**
 * Why a rollout's journal may not be carried on, where that is so: it says what is run, and somebody else could have
 * written it, or put it in the place of ours. What is not there is nobody's.
 */
export function foreignHands(state: StateDirectory, directory: string): LaunchProblem | undefined {
  const paths = [dirname(directory), directory, join(directory, 'journal.jsonl')];
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) continue;
    const { uid, mode } = found;
    if (uid !== state.userId) return { kind: 'not-ours', path, detail: `uid ${uid}` };
    if ((mode & forOthersToWrite) !== 0) return { kind: 'not-ours', path, detail: `mode ${modeText(mode)}` };
  }
  return undefined;
}

/** Whether an error of the disk says that there is no such file; below what is no directory nobody can know. */
export function isAbsence(code: string | undefined): boolean {
  return code === 'ENOENT';
}

/** Whether a link on the way to it leads to what is not there now, as to a disk that is not mounted. */
function leadsNowhere(path: string): boolean {
  if (existsSync(path) || path === dirname(path)) return false;
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined || leadsNowhere(dirname(path));
}

const longestSocketPath = 100;

/** Beside the journal where the path is short enough, else in a directory of our own in the temporary one. */
export function socketPath(state: StateDirectory, directory: string): string {
  const beside = join(directory, 'socket');
  if (Buffer.byteLength(beside) <= longestSocketPath) return beside;
  const own = join(state.temporary, `nacos-rollout-${state.userId}`);
  makeDirectory(own);
  const found = lstatSync(own);
  if (!found.isDirectory() || found.uid !== state.userId)
    throw new Error(`${own} is not a directory of ours; remove it, or set XDG_STATE_HOME to a shorter path`);
  chmodSync(own, 0o700);
  return join(own, createHash('sha256').update(beside).digest('hex').slice(0, 24));
}
