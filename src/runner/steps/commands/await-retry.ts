import type { Command } from '../../../core/hooks/command.ts';
import type { StepName } from '../../../core/event/failure.ts';
import type { Context } from '../../context/context.ts';

/** Before a try that nobody asked for it waits as long as the plan says; a runner that takes over waits anew. */
export async function awaitRetry(
  context: Context,
  name: string,
  {
    step,
    attempt,
    command,
  }: { readonly step: StepName; readonly attempt: number; readonly command: Command },
  signal: AbortSignal,
): Promise<void> {
  const { retried = 0 } = context.state(name).steps[step];
  if (retried === 0) return;
  const { waitMs: ms = 0, retries = 0 } = command;
  const left = Math.max(1, retries - retried + 1);
  context.record({ type: 'retry-awaited', target: name, step, attempt, ms, left });
  await context.world.clock.sleep(ms, signal);
}
