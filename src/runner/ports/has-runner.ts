import { type Rollout, isOver } from '../../core/rollout/rollout.ts';
import { isAlive } from '../../world/process-mark.ts';

/** Whether the runner that a journal names lives and has not come to its end. */
export function hasRunner(rollout: Rollout): boolean {
  const { runner } = rollout;
  if (runner === undefined || isOver(rollout)) return false;
  return isAlive({ pid: runner.pid, startTicks: runner.startTicks });
}
