import type { Plan } from '../../../src/core/plan/plan.ts';
import type { Event } from '../../../src/core/event/event.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import { type Slot, isServing, seenOf } from '../world/ground-truth.ts';
import type { SimulatedWorld } from '../world/simulated-world.ts';
import type { createInstanceHistories } from './instance-histories.ts';
import { isExcused } from './instance-history.ts';

/** How long who has come beside may be on while nothing else is wrong: a break, a lag, a look, a write. */
const exposureMs = 8500;

/** What a new version registers beside what is kept out is kept out too, where the plan looks for such. */
export function createNewcomerPromises(
  plan: Plan,
  notebook: ReturnType<typeof createInstanceHistories>,
  broken: (what: string) => void,
) {
  return {
    heard: (event: Event, place: SimulatedWorld): void => {
      if (event.type === 'joined') notebook.joined(place, event);
      if (event.type !== 'dropped') return;
      // That it does not come back is the new version's doing, or looks so where a twin of the first one came.
      for (const registration of event.registrations) {
        const note = notebook.at({ target: event.target, registration });
        const isGone = place.processes.get(event.target)?.slots.includes(note.slot) === false;
        const { isReplaced } = notebook.at({ target: event.target, registration: 0 });
        if (isGone || isReplaced) note.hasLeft = false;
      }
    },
    /** `cameAtMs`: since when each is on and well. */
    keepsOut: (
      rollout: Rollout,
      calmSinceMs: number,
      cameAtMs: ReadonlyMap<Slot, number>,
      { clock, processes }: SimulatedWorld,
    ): void => {
      for (const { name, foundBy } of plan.targets) {
        const main = notebook.at({ target: name, registration: 0 });
        const isKeptOut = main.asked === 'off' && main.isTakenOff && main.isRedeployed;
        if (foundBy === undefined || !isKeptOut || isExcused(rollout, main, notebook.all())) continue;
        for (const slot of processes.get(name)?.slots ?? []) {
          const isStrange = notebook.of(slot) === undefined && isServing(seenOf(slot));
          const sinceMs = Math.max(cameAtMs.get(slot) ?? 0, calmSinceMs, main.excusedAtMs);
          if (isStrange && clock.monotonic() - sinceMs > exposureMs)
            broken(`P3: ${slot.key} came beside what is kept out, is on, and nobody keeps it out`);
        }
      }
    },
  };
}
