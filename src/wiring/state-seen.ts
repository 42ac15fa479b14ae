import { statSync } from 'node:fs';
import type { PlaceSeen } from '../runner/process/doctor-port.ts';
import type { StateDirectory } from '../runner/store/state-directory.ts';
import { codeOf } from '../world/code-of.ts';
import { tryToWrite } from '../runner/store/try-to-write.ts';

/** Tries to write wherever a rollout will, and leaves the disk as it was. */
export function stateSeen(state: StateDirectory): PlaceSeen {
  const { root: path } = state;
  try {
    const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
    tryToWrite(state, 'real');
    const mode = isThere ? statSync(path).mode & 0o777 : undefined;
    return {
      path,
      mode: mode?.toString(8),
      isOpenToOthers: mode !== undefined && (mode & 0o077) !== 0,
      obstacle: undefined,
    };
  } catch (error) {
    return { path, mode: undefined, isOpenToOthers: false, obstacle: codeOf(error) };
  }
}
