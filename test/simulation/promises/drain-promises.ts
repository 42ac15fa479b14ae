import type { Event } from '../../../src/core/event/event.ts';
import type { Target } from '../../../src/core/plan/plan.ts';
import type { Slot } from '../world/ground-truth.ts';
import type { SimulatedWorld } from '../world/simulated-world.ts';

/** Deploys that began because everybody was silent, on how many of them a call arrived, and on how many one may. */
export type QuietCount = { deploys: number; called: number; allowed: number };

/** A list may show a change this much later than another one, and a consumer fetches at any time. */
const lagMs = 1300;

/** No call arrives after the deploy began: never where the drain's time passed, in the stated share where it was quiet. */
export function createDrainPromises(broken: (what: string) => void) {
  const ends = new Map<string, Event & { type: 'drain-ended' }>();
  const failedDrains = new Set<string>();
  const quiet: QuietCount = { deploys: 0, called: 0, allowed: 0 };
  const isQuiet = (name: string): boolean => ends.get(name)?.endedBy === 'quiet';

  return {
    quiet,
    heard: (event: Event): void => {
      if (event.type === 'drain-ended') ends.set(event.target, event);
      if (event.type === 'drain-began') ends.delete(event.target);
      if (event.type !== 'step-failed') return;
      if (event.step === 'drain') failedDrains.add(event.target);
      else failedDrains.delete(event.target);
    },
    /** A person lets the deploy begin although calls arrive. */
    isTakenAsDone: (event: Event): event is Event & { type: 'decided' } =>
      event.type === 'decided' && event.decision === 'take-as-done' && failedDrains.has(event.target),
    /** How long nobody may have been shown it. */
    leastMs: ({ name, drain }: Target): number =>
      isQuiet(name) ? (drain.watch?.floorMs ?? drain.ms) : drain.ms,
    began: (
      target: Target,
      slots: readonly Slot[],
      { callers, views }: SimulatedWorld,
      dropped: ReadonlySet<number>,
    ): void => {
      const calling = slots.flatMap((slot) =>
        callers
          .holdersOf(slot)
          .filter(({ isCalling, node }) => isCalling && !dropped.has(node))
          // It fetched its list while the instance was on for a moment that no look could notice.
          .filter(
            ({ node, fetchedMs }) => fetchedMs <= (views.consumers(node).onUntil.get(slot) ?? -Infinity),
          )
          .map((holder) => ({ ...holder, slot })),
      );
      if (isQuiet(target.name)) {
        quiet.deploys += 1;
        quiet.allowed += 1 - (target.drain.watch?.certainty ?? 1);
        if (calling.length > 0) quiet.called += 1;
        return;
      }
      for (const { address, listMs, slot } of calling)
        if (listMs < target.drain.ms - lagMs)
          broken(`P1: ${address} calls ${slot.key} although the drain's time had passed`);
    },
  };
}
