import { rmdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { PlaceSeen } from '../runner/process/doctor-port.ts';
import { proveRoom } from '../runner/store/journal.ts';
import { type StateDirectory, lockDirectory, rolloutsDirectory } from '../runner/store/state-directory.ts';
import { makeDirectory } from '../world/make-directory.ts';

/** Tries to write wherever a rollout will, and leaves the disk as it was. */
export function stateSeen(state: StateDirectory): PlaceSeen {
  const { root: path } = state;
  try {
    const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
    for (const place of [rolloutsDirectory(state), lockDirectory(state)]) tryToWrite(place);
    const mode = isThere ? statSync(path).mode & 0o777 : undefined;
    return {
      path,
      mode: mode?.toString(8),
      isOpenToOthers: mode !== undefined && (mode & 0o077) !== 0,
      obstacle: undefined,
    };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { path, mode: undefined, isOpenToOthers: false, obstacle: code ?? message };
  }
}

function tryToWrite(place: string): void {
  const firstMade = makeDirectory(place);
  try {
    proveRoom(place);
  } finally {
    if (firstMade !== undefined) removeEmpty(place, firstMade);
  }
}

/** From the inside out, and nothing that somebody has put something into since. */
function removeEmpty(place: string, upTo: string): void {
  try {
    rmdirSync(place);
    if (place !== upTo) removeEmpty(dirname(place), upTo);
  } catch {
    // It is in use already.
  }
}
