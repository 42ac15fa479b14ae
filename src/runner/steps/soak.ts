import type { Failure } from '../../core/rollout/failure.ts';
import { pacedMs } from '../context/paced.ts';
import type { Context } from '../context/context.ts';
import { createDeadline } from '../context/deadline.ts';
import { measure } from './check.ts';

const intervalMs = 1000;
/** One bad look may be the network's; what is bad on so many in a row is bad. */
const badLooks = 3;

/**
 * On and in service, it must stay well for as long as the plan says. While no server node can be read nothing is known:
 * that time counts, but the end of it must have been seen to be good.
 */
export async function soak(
  context: Context,
  name: string,
  attempt: number,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = context.world;
  const target = context.target(name);
  const totalMs = target.soak?.ms ?? 0;
  // That it is the new one was proven by its check.
  const { changed: _proven, ...check } = target.soak?.check ?? target.check;
  const began = clock.monotonic();
  const passedMs = (): number => Math.round(clock.monotonic() - began);
  context.record({ type: 'soak-began', target: name, attempt, totalMs });
  const patience = createDeadline(context, totalMs + check.withinMs);
  let bad = 0;
  for (;;) {
    const { failure } = await measure(context, { ...target, check }, signal);
    if (signal.aborted) return;
    const ms = passedMs();
    if (failure === undefined && ms >= totalMs)
      return context.record({ type: 'soak-passed', target: name, attempt, ms });
    bad = failure === undefined || failure.kind === 'registry' ? 0 : bad + 1;
    if (failure !== undefined && (bad >= badLooks || patience.isOver())) {
      const why: Failure = failure.kind === 'check' ? { ...failure, afterMs: ms } : failure;
      return context.record({ type: 'step-failed', target: name, step: 'soak', attempt, ms, why });
    }
    await clock.sleep(pacedMs(intervalMs, target.registrations.length), signal);
    if (signal.aborted) return;
  }
}
