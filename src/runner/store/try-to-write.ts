import { rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeDirectory } from '../../world/make-directory.ts';
import { proveRoom } from './journal.ts';
import {
  type StateDirectory,
  lockDirectory,
  rehearsalsDirectory,
  rolloutsDirectory,
} from './state-directory.ts';

/** Tries to write wherever a rollout, or a rehearsal, will, and leaves the disk as it was. Throws what the disk says. */
export function tryToWrite(state: StateDirectory, world: 'real' | 'rehearsal'): void {
  const places =
    world === 'real' ? [rolloutsDirectory(state), lockDirectory(state)] : [rehearsalsDirectory(state)];
  for (const place of places) tryPlace(place);
}

function tryPlace(place: string): void {
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
