import { type Rollout, isOver } from '../../core/rollout/rollout.ts';
import { isAlive } from '../../world/process-mark.ts';

/** Whether the runner that a journal names lives and has not come to its end. */
export function hasRunner(rollout: Rollout): boolean {
  const { runner } = rollout;
  if (runner === undefined || isOver(rollout)) return false;
  return isAlive({ pid: runner.pid, startTicks: runner.startTicks });
}

/** The other machine, sharing the state directory, whose runner may still carry it on: only its lease can tell. */
export function hostElsewhere(rollout: Rollout, host: string): string | undefined {
  const { runner } = rollout;
  return runner === undefined || runner.host === host || isOver(rollout) ? undefined : runner.host;
}
