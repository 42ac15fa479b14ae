import { nodesOf } from '../../../core/rollout/rollout.ts';
import { type Context, readCounted } from '../../context/context.ts';
import { mayBeCalled, viewsOf } from '../../context/node-views.ts';

const lookAgainMs = 1000;

/** Waits until no view of any server node that counts shows it to consumers, or the signal is aborted. */
export async function untilLetGo(context: Context, name: string, signal: AbortSignal): Promise<void> {
  while (!(await isLetGo(context, name, signal))) await context.sleepOrEvent(lookAgainMs, signal);
}

/**
 * Nothing drains, and consumers are told of nothing, while it may still be called. A runner that takes over knows only what its journal says: somebody may have
 * put it on meanwhile, so every node is asked first. An exposure that is not read back as over may go on: whoever puts it
 * on once more meanwhile is taken off by the same write, and would be no new one.
 */
async function isLetGo(context: Context, name: string, signal: AbortSignal): Promise<boolean> {
  const { registrations } = context.target(name);
  const readings = await readCounted(
    context,
    registrations,
    signal,
    context.reads.recent(registrations.length),
  );
  if (signal.aborted) return true;
  // Of what joined while they answered nothing was asked.
  if (context.target(name).registrations.some((one) => !registrations.includes(one))) return false;
  if (context.state(name).registrations.some(({ isExposed }) => isExposed)) return false;
  const nodes = nodesOf(context.rollout());
  return registrations.every((one) => {
    const views = viewsOf(readings, one);
    return views.length === nodes.length && !views.some((view) => mayBeCalled(view, one));
  });
}
