import type { RegistrationState } from '../../core/rollout/target-state.ts';
import type { Clock } from '../../world/clock.ts';
import { resendAfterMs } from './next-move.ts';

/** Raft may apply a write this long after it timed out. */
export const lateWriteMs = 12_000;
const writeTimeoutMs = 12_000;
/** One that was cut off, by a crash or by a move to another address, had its time-out still before it. */
export const cutOffWriteMs = writeTimeoutMs + lateWriteMs;
/** After a write with this outcome, how long what is shown may be older than it, or be overwritten by it. */
export const settlesAfterMs = { accepted: resendAfterMs, unknown: lateWriteMs, refused: 0 };

/** A write of unknown fate may still be applied, and would take it off again behind our back, or take of its weight. */
export async function awaitLateWrite(
  clock: Clock,
  before: RegistrationState | undefined,
  enabled: boolean,
  signal: AbortSignal,
): Promise<void> {
  const isLastWord = enabled || before?.mark === 'lowered';
  if (isLastWord && before?.isUnsettled === true)
    await clock.sleep(before.isCutOff === true ? cutOffWriteMs : lateWriteMs, signal);
}
