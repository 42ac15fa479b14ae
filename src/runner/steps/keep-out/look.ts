import type { Registration } from '../../../core/plan/plan.ts';
import { nodesOf } from '../../../core/rollout/rollout.ts';
import { isGivenOtherwise } from '../../registry/respell.ts';
import { isShownEverywhere } from '../../registry/read-back.ts';
import {
  type NodeReading,
  type NodeView,
  mayBeCalled,
  shownBy,
  twinsToSpare,
  viewsOf,
} from '../../context/node-views.ts';
import { type Instance, isSameEndpoint } from '../../../core/registry/service.ts';
import { type Watch } from './watch.ts';
import { endExposure, isToStayOn, takeOffAgain } from './exposure.ts';
import { hold } from './hold.ts';

export async function watchOne(
  watch: Watch,
  index: number,
  registration: Registration,
  readings: readonly NodeReading[],
): Promise<void> {
  const { context, name } = watch;
  const views = viewsOf(readings, registration);
  const showing = views.filter((view) => mayBeCalled(view, registration));
  // Consumers may be told of it in another spelling before a list shows it so: then it was away in between.
  const isRespelled = showing.some((view) => isGivenOtherwise(view, registration));
  const hasArrived = isRespelled || isNewlyOn(watch, index, registration, views);
  const isAway = context.state(name).registrations[index]?.isAway === true;
  if (showing.length > 0) {
    const wasAway = hasArrived || isAway;
    const isStaying = !wasAway && (await isToStayOn(watch, index));
    // Until every node has been counted, the next look is waited for.
    if (isStaying === 'unknown') return;
    return takeOffAgain(watch, index, {
      wasAway,
      sources: showing.map((view) => view.node),
      twins: twinsToSpare(readings, registration, false),
      ...(isStaying && { isWanted: true }),
    });
  }
  if (views.length > 0) watch.offAt.set(index, context.world.clock.monotonic());
  // Taken off by a runner before us, or by somebody else.
  const isExposed = context.state(name).registrations[index]?.isExposed === true;
  if (isExposed && isShownEverywhere(readings, registration, nodesOf(context.rollout()), false))
    endExposure(watch, index);
  const isAbsent = views.length > 0 && views.every((view) => shownBy(view, registration) === 'absent');
  if (isAbsent && !isAway) context.record({ type: 'went-away', target: name, registration: index });
  if (isAbsent) return hold(watch, index, registration);
  if (isAway && views.some((view) => shownBy(view, registration) === 'off')) {
    watch.heldAt.delete(index);
    context.record({ type: 'came-back', target: name, registration: index, isEnabled: false });
  }
}

/**
 * Whether each node that shows it on did not list it before: a second registration of the address, or one that came back
 * and reaches the lists of one node later than those of another. Nobody has clicked on it.
 */
function isNewlyOn(
  { listedBefore }: Watch,
  index: number,
  registration: Registration,
  views: readonly NodeView[],
): boolean {
  const before = listedBefore.get(index);
  const listed = new Map(before);
  const on: boolean[] = [];
  for (const { node, instances } of views) {
    const there = instances.filter((one) => isSameEndpoint(one, registration));
    listed.set(node, new Set(there.map(placeOf)));
    for (const one of there) if (one.enabled) on.push(before?.get(node)?.has(placeOf(one)) ?? true);
  }
  listedBefore.set(index, listed);
  return before !== undefined && on.length > 0 && on.every((wasListed) => !wasListed);
}

function placeOf({ cluster, ip }: Instance): string {
  return `${cluster} ${ip}`;
}
