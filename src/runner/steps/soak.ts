import type { Failure } from '../../core/event/failure.ts';
import { pacedMs } from '../context/paced.ts';
import type { Check, Target } from '../../core/plan/plan.ts';
import type { Context } from '../context/context.ts';
import { createDeadline } from '../context/deadline.ts';
import type { NodeReading } from '../context/node-views.ts';
import { measure } from './check.ts';

const intervalMs = 1000;
/** One bad look may be the network's; what is bad on so many in a row is bad. */
const badLooks = 3;

/** On and in service, it must stay well for as long as the plan says. */
export async function soak(
  context: Context,
  name: string,
  attempt: number,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = context.world;
  const target = context.target(name);
  const totalMs = target.soak?.ms ?? 0;
  const began = clock.monotonic();
  context.record({ type: 'soak-began', target: name, attempt, totalMs });
  const why = await stayWell(context, watchedBy(target, target.soak?.check), totalMs, signal);
  if (signal.aborted) return;
  const ms = Math.round(clock.monotonic() - began);
  if (why === undefined) context.record({ type: 'soak-passed', target: name, attempt, ms });
  else context.record({ type: 'step-failed', target: name, step: 'soak', attempt, ms, why });
}

/** Watched by its own check, or by another. That it is the new one was proven before it was enabled. */
export function watchedBy(target: Target, other: Check | undefined): Target {
  const { changed: _proven, ...check } = other ?? target.check;
  return { ...target, check };
}

type Watching = {
  readonly look?: (readings: readonly NodeReading[]) => void;
  readonly among?: number;
};

/**
 * Why a target did not stay well for so long. While no server node can be read nothing is known: that time counts, but the
 * end of it must have been seen to be good. Every look is shown to `look`. `among`: so many registrations are watched at once.
 */
export async function stayWell(
  context: Context,
  target: Target,
  totalMs: number,
  signal: AbortSignal,
  { look, among = target.registrations.length }: Watching = {},
): Promise<Failure | undefined> {
  const { clock } = context.world;
  const began = clock.monotonic();
  const patience = createDeadline(context, totalMs + target.check.withinMs);
  let bad = 0;
  for (;;) {
    const { failure, readings } = await measure(context, target, signal);
    if (signal.aborted) return undefined;
    look?.(readings);
    const ms = Math.round(clock.monotonic() - began);
    if (failure === undefined && ms >= totalMs) return undefined;
    bad = failure === undefined || failure.kind === 'registry' ? 0 : bad + 1;
    if (failure !== undefined && (bad >= badLooks || patience.isOver()))
      return failure.kind === 'check' ? { ...failure, afterMs: ms } : failure;
    await clock.sleep(pacedMs(intervalMs, among), signal);
    if (signal.aborted) return undefined;
  }
}
