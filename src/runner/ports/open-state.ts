import { holdBy } from '../../core/rollout/holds.ts';
import type { OpenRollout } from './face-ports.ts';

export type OpenState = 'running' | 'paused' | 'stuck' | 'rested' | 'gone' | 'elsewhere' | 'ended';

/** Where a rollout stands, as every face says it. */
export function openState({ rollout, isRunning, elsewhere }: OpenRollout): OpenState {
  if (rollout.ended !== undefined) return 'ended';
  if (elsewhere !== undefined) return 'elsewhere';
  if (!isRunning) return rollout.rested === undefined ? 'gone' : 'rested';
  if (holdBy(rollout, 'stuck') !== undefined) return 'stuck';
  return holdBy(rollout, 'paused') === undefined ? 'running' : 'paused';
}
