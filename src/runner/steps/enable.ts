import type { Failure } from '../../core/event/failure.ts';
import { mainRegistration } from '../../core/plan/plan.ts';
import { comesOnChecked } from '../../core/rollout/target-state.ts';
import { noteLeftOut, warmParts } from './warm-up.ts';
import { bringBack } from './leave-and-return.ts';
import type { Context } from '../context/context.ts';
import { compareWithPlan } from '../registry/compare-with-plan.ts';

const probeEveryMs = 1000;
const probeWithinMs = 15_000;

/** Brings a target's registrations back, in reverse order, reads them back, and probes once more. */
export async function enable(
  context: Context,
  name: string,
  attempt: number,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = context.world;
  const began = clock.monotonic();
  context.record({ type: 'enable-began', target: name, attempt });
  // Being read back on ends what is known of its absence.
  const before = context.state(name);
  const why = await comeBack(context, name, signal);
  if (signal.aborted) return;
  if (why === undefined) await compareWithPlan(context, before, signal);
  if (signal.aborted) return;
  const ms = Math.round(clock.monotonic() - began);
  if (why === undefined) context.record({ type: 'enabled', target: name, attempt, ms });
  else context.record({ type: 'step-failed', target: name, step: 'enable', attempt, ms, why });
}

async function comeBack(context: Context, name: string, signal: AbortSignal): Promise<Failure | undefined> {
  const warm = await warmParts(context, name, signal);
  if (signal.aborted) return undefined;
  const failure = await bringBack(context, name, 'enable', signal, warm.parts);
  if (failure !== undefined || signal.aborted) return failure;
  noteLeftOut(context, name, warm);
  return comesOnChecked(context.state(name)) ? stillGood(context, name, signal) : undefined;
}

/** The next target goes only when this one answers. */
async function stillGood(context: Context, name: string, signal: AbortSignal): Promise<Failure | undefined> {
  const { clock, probe } = context.world;
  const target = context.target(name);
  if (target.check.kind === 'registration') return undefined;
  const began = clock.monotonic();
  for (;;) {
    const reading = await probe(target.check, mainRegistration(target), signal);
    if (reading.kind === 'good' || signal.aborted) return undefined;
    const afterMs = Math.round(clock.monotonic() - began);
    if (afterMs >= probeWithinMs) return { kind: 'check', reading, afterMs };
    await clock.sleep(probeEveryMs, signal);
  }
}
