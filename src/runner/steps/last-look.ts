import type { Failure } from '../../core/event/failure.ts';
import type { Registration } from '../../core/plan/plan.ts';
import { nodesOf } from '../../core/rollout/rollout.ts';
import { pacedMs } from '../context/paced.ts';
import type { Context } from '../context/context.ts';
import { listedKeys } from './identify.ts';
import { createDeadline } from '../context/deadline.ts';
import { isShownEverywhere, notReadBack } from '../registry/read-back.ts';
import { readCounted } from '../context/context.ts';

const pollMs = 500;
const withinMs = 60_000;
/** Of a look that took longer, the first answers may be out of date when the last one comes. */
const freshMs = 1000;

/**
 * Before the command: every node answers, and shows what we took off as off. Keeping out looks once a second, and a
 * node may have been silent; what it missed shows here, and it then begins the drain anew. `newcomers`: what came beside
 * meanwhile and is not the target's yet; it looks for those more seldom.
 */
export async function lastLook(
  context: Context,
  name: string,
  newcomers: readonly Registration[],
  signal: AbortSignal,
): Promise<{ readonly why: Failure } | { readonly listed: readonly string[] }> {
  const { clock } = context.world;
  const patience = createDeadline(context, withinMs);
  for (;;) {
    const ours = [...context.target(name).registrations, ...newcomers];
    const asked = clock.monotonic();
    const readings = await readCounted(context, ours, signal);
    const nodes = nodesOf(context.rollout());
    const shown = ours.find((one) => !isShownEverywhere(readings, one, nodes, false));
    const isLate = patience.isOver();
    // A registry that is always slow holds nobody up for ever.
    const isFresh = clock.monotonic() - asked <= pacedMs(freshMs, ours.length) || isLate;
    if (signal.aborted || (shown === undefined && isFresh)) return { listed: listedKeys(readings) };
    if (shown !== undefined && isLate) return { why: notReadBack(readings, shown, false, nodes, withinMs) };
    await clock.sleep(pacedMs(pollMs, ours.length), signal);
  }
}
