import { holdBy, isIdle } from '../../core/rollout/holds.ts';
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

/** Its runner lives and does nothing until a person says what: nobody is at what is off. */
export function isWaiting(open: OpenRollout): boolean {
  const state = openState(open);
  const { paused } = open.rollout;
  return state === 'stuck' || (state === 'paused' && paused?.why === 'asked' && isIdle(open.rollout));
}
