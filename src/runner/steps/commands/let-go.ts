import { nodesOf } from '../../../core/rollout/rollout.ts';
import { type Context, readCounted } from '../../context/context.ts';
import { createDeadline } from '../../context/deadline.ts';
import { isNewBeside, strangersBeside } from '../../context/joined-beside.ts';
import { mayBeCalled, viewsOf } from '../../context/node-views.ts';

const lookAgainMs = 1000;
/** Who came beside is not asked for more often. What cannot be read for longer holds nothing up. */
const besideEveryMs = 5000;
const besideWithinMs = 60_000;

/** Waits until no view of any server node that counts shows it to consumers, or the signal is aborted. */
export async function untilLetGo(context: Context, name: string, signal: AbortSignal): Promise<void> {
  const patience = createDeadline(context, besideWithinMs);
  const beganMs = context.reads.now.afterMs;
  for (;;) {
    const { registrations } = context.target(name);
    const isOff =
      (await isLetGo(context, name, signal)) && (await isAlone(context, name, beganMs, patience, signal));
    // Of what joined meanwhile nothing was asked.
    const isAll = context.target(name).registrations.every((one) => registrations.includes(one));
    if (signal.aborted || (isOff && isAll)) return;
    if (isAll) await context.sleepOrEvent(lookAgainMs, signal);
  }
}

/** Nothing of a new version is on beside it that is yet to be kept out: whoever carries on has not looked for that before. */
async function isAlone(
  context: Context,
  name: string,
  beganMs: number,
  patience: ReturnType<typeof createDeadline>,
  signal: AbortSignal,
): Promise<boolean> {
  const { deploy } = context.state(name);
  if (signal.aborted || deploy === undefined || context.target(name).foundBy === undefined) return true;
  const afterMs = Math.max(beganMs, context.world.clock.monotonic() - besideEveryMs);
  const { found, isWhole } = await strangersBeside(context, name, { afterMs }, signal);
  if (signal.aborted) return true;
  return (isWhole || patience.isOver()) && !found.some((one) => isNewBeside(context, name, one));
}

/**
 * Nothing drains, and consumers are told of nothing, while it may still be called. A runner that takes over knows only
 * what its journal says: somebody may have put it on meanwhile, so every node is asked first. An exposure that is not
 * read back as over may go on: whoever puts it on once more meanwhile is taken off by the same write, and would be no new
 * one.
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
  if (context.state(name).registrations.some(({ isExposed }) => isExposed)) return false;
  const nodes = nodesOf(context.rollout());
  return registrations.every((one) => {
    const views = viewsOf(readings, one);
    return views.length === nodes.length && !views.some((view) => mayBeCalled(view, one));
  });
}
