import { readFileSync } from 'node:fs';
import { processesWith } from './processes.ts';

/** The runners that work on this state directory. */
export function runnersOf(stateHome: string): readonly number[] {
  return processesWith('__runner')
    .map(({ pid }) => pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8')
          .split('\0')
          .includes(`XDG_STATE_HOME=${stateHome}`);
      } catch {
        return false;
      }
    });
}

export function killNow(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch {
    // It had ended.
  }
}
