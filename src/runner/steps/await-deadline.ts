import { stampMs } from '../../core/text/stamp.ts';
import type { Context } from '../context/context.ts';

/** A clock may be set meanwhile: it is looked at again. */
const lookAgainMs = 30_000;

/** Waits for a time of day, by the wall clock, and records that it has come. */
export async function awaitDeadline(context: Context, at: string, signal: AbortSignal): Promise<void> {
  const { clock } = context.world;
  for (;;) {
    const leftMs = stampMs(at) - clock.wallClock();
    if (signal.aborted) return;
    if (leftMs <= 0) return context.record({ type: 'deadline-passed', deadline: at });
    await clock.sleep(Math.min(leftMs, lookAgainMs), signal);
  }
}
