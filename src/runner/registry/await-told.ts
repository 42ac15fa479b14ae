import type { FactOf } from '../../core/event/event.ts';
import type { Registration } from '../../core/plan/plan.ts';
import { nodesOf } from '../../core/rollout/rollout.ts';
import type { Context } from '../context/context.ts';
import { orNews } from '../context/consumers-told.ts';

/** How long consumers are given to be told after the lists agree: mostly they know first. */
const toldWithinMs = 3_000;

/**
 * How long after `sinceMs` each node that we listen to told its consumers. A push that does not come in time is named,
 * and waited for no longer; where nobody is listened to, nothing is waited for.
 */
export async function awaitTold(
  context: Context,
  registration: Registration,
  wish: { readonly enabled: boolean; readonly sinceMs: number; readonly mayWait: boolean },
  signal: AbortSignal,
): Promise<FactOf<'read-back'>['told']> {
  const { told, rollout, world } = context;
  if (told === undefined) return undefined;
  const wished = wish.enabled ? 'given' : 'gone';
  const endMs = world.clock.monotonic() + (wish.mayWait ? toldWithinMs : 0);
  for (;;) {
    const news = told.news(registration);
    const heard = nodesOf(rollout()).flatMap((node) => {
      const of = told.of(node, registration);
      if (of === undefined) return [];
      const ms = Math.max(0, Math.round(of.sinceMs - wish.sinceMs));
      return [{ node, ...(of.shown === wished && { ms }) }];
    });
    const leftMs = endMs - world.clock.monotonic();
    if (leftMs <= 0 || signal.aborted || heard.every((one) => 'ms' in one))
      return heard.length === 0 ? undefined : heard;
    await world.clock.sleep(leftMs, orNews(signal, news));
  }
}
