import type { Event } from '../../../src/core/event/event.ts';
import type { Slot } from '../world/ground-truth.ts';
import type { SimulatedWorld } from '../world/simulated-world.ts';

/** A list may show a change this much later than another one. */
const lagMs = 1300;

/** P1: when a command starts no view of a node that counts shows one of these, nor did for as long as it drains. */
export function staysHidden(
  slots: readonly Slot[],
  leastMs: number | undefined,
  { clock, views }: SimulatedWorld,
  dropped: ReadonlySet<number>,
  broken: (what: string) => void,
): void {
  const nowMs = clock.monotonic();
  for (const slot of slots) {
    for (const viewer of views.viewers.filter(({ node }) => !dropped.has(node))) {
      if (viewer.onSince.has(slot) && nowMs - (viewer.onSince.get(slot) ?? 0) > lagMs)
        broken(`P1: ${viewer.name} shows ${slot.key} as on when its command starts`);
      const hiddenMs = nowMs - (viewer.onUntil.get(slot) ?? -Infinity);
      if (leastMs !== undefined && hiddenMs < leastMs - lagMs)
        broken(`P1: ${viewer.name} hid ${slot.key} for ${hiddenMs} ms, the drain is ${leastMs} ms`);
    }
  }
}

/** By the word of a person or of a majority a server node does not count until it answers, or somebody carries on. */
export function noteDropped(dropped: Set<number>, event: Event, { views }: SimulatedWorld): void {
  if (event.type === 'node-dropped') dropped.add(views.nodes.indexOf(event.node));
  if (event.type === 'node-returned') dropped.delete(views.nodes.indexOf(event.node));
  if (event.type === 'runner-started') dropped.clear();
}
