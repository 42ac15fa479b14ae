import type { Context } from '../context/context.ts';

const lookAgainMs = 1000;

/** Waits until the slowest consumer has let go. Skipping it is an event, after which this effect is no longer wanted. */
export async function drain(
  context: Context,
  name: string,
  attempt: number,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = context.world;
  // Nothing drains while it is still being called.
  while (context.state(name).registrations.some((registration) => registration.isExposed)) {
    if (signal.aborted) return;
    await context.sleepOrEvent(lookAgainMs, signal);
  }
  if (signal.aborted) return;
  const began = clock.monotonic();
  context.record({ type: 'drain-began', target: name, attempt, totalMs: context.target(name).drain.ms });
  for (;;) {
    const remainingMs = context.state(name).drainTotalMs - (clock.monotonic() - began);
    if (signal.aborted) return;
    if (remainingMs <= 0) break;
    // An extension is an event, and wakes us.
    await context.sleepOrEvent(remainingMs, signal);
  }
  context.record({ type: 'drain-ended', target: name, attempt, ms: Math.round(clock.monotonic() - began) });
}
