import type { Rollout } from '../../core/rollout/rollout.ts';
import { isAlive } from '../../world/process-mark.ts';

/** Whether the runner that a journal names lives and has not come to its end. */
export function hasRunner({ runner, rested, ended }: Rollout): boolean {
  if (runner === undefined || rested !== undefined || ended !== undefined) return false;
  return isAlive({ pid: runner.pid, startTicks: runner.startTicks });
}
