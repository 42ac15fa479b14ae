import type { Fact } from '../../core/event/event.ts';
import type { CallPurpose, Failure, Reading } from '../../core/event/failure.ts';
import { type Call, type Target, callText } from '../../core/plan/plan.ts';
import { filledCall } from '../../core/command/command-environment.ts';
import type { Clock } from '../../world/clock.ts';

/** Asks the application of a target to leave or to come back; the call has its placeholders filled. */
export type AskApplication = (call: Call, target: Target, purpose: CallPurpose) => Promise<Reading>;

/** Once, outside a rollout: the intent is written down before the call. Why not, where it did not do so. */
export async function askOnce(
  ask: AskApplication,
  call: Call,
  target: Target,
  purpose: CallPurpose,
  { clock, record }: { readonly clock: Clock; readonly record: (fact: Fact) => void },
): Promise<Failure | undefined> {
  const filled = filledCall(call, target);
  record({ type: 'call-began', target: target.name, purpose, call: callText(filled) });
  const began = clock.monotonic();
  const reading = await ask(filled, target, purpose);
  const ms = Math.round(clock.monotonic() - began);
  record({ type: 'call-ended', target: target.name, purpose, ms, reading });
  return reading.kind === 'good' ? undefined : { kind: 'call', purpose, reading, call: callText(filled) };
}
