import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import { isSameEndpoint } from '../../../src/core/registry/service.ts';
import type { InstanceWrite } from '../../../src/world/registry.ts';
import { twinWeight } from '../scenario/twins.ts';
import { type Slot, isOffBecauseOfUs, seenOf } from '../world/ground-truth.ts';
import type { SimulatedWorld } from '../world/simulated-world.ts';
import { type InstanceHistory, isExcused } from './instance-history.ts';
import type { InstanceHistories } from './instance-histories.ts';

/** An address is off when everything is that is registered there; each registration keeps its own weight. */
export function createTwinPromises(notebook: InstanceHistories, broken: (what: string) => void) {
  const onSinceMs = new Map<Slot, number>();

  const ownersOf = (twin: Slot): readonly InstanceHistory[] =>
    [...notebook.all()].filter(
      ({ slot }) => slot.service === twin.service && isSameEndpoint(slot.id, twin.id),
    );

  return {
    changed: (slot: Slot, { twins, clock }: SimulatedWorld): void => {
      if (!twins.includes(slot)) return;
      if (seenOf(slot)?.enabled !== true) onSinceMs.delete(slot);
      else if (!onSinceMs.has(slot)) onSinceMs.set(slot, clock.monotonic());
    },
    /** Whether the write goes to one of them. */
    sent: (slot: Slot, { enabled, weight }: InstanceWrite, { twins }: SimulatedWorld): boolean => {
      if (!twins.includes(slot)) return false;
      const owners = ownersOf(slot);
      if (owners.length === 0) broken(`we wrote to ${slot.key}, which has the address of nobody in the plan`);
      const isOurs = owners.some(
        ({ isInHand, asked, hasLeft, registration }) =>
          isInHand || hasLeft || asked === 'off' || !registration.wasEnabled,
      );
      if (!enabled && !isOurs) broken(`we took off ${slot.key}, and nothing else at its address`);
      if (weight !== twinWeight) broken(`P4: weight ${weight} written to ${slot.key}`);
      return true;
    },
    /** The shown ones at the addresses of a target whose command begins. */
    of: (slots: readonly Slot[], { twins }: SimulatedWorld): readonly Slot[] =>
      twins.filter((twin) =>
        slots.some((slot) => slot.service === twin.service && isSameEndpoint(slot.id, twin.id)),
      ),
    keepsOut: (
      rollout: Rollout,
      calmSinceMs: number,
      longestMs: number,
      { twins, clock }: SimulatedWorld,
    ): void => {
      for (const twin of twins) {
        const sinceMs = onSinceMs.get(twin);
        if (sinceMs === undefined) continue;
        const kept = ownersOf(twin).find(({ asked, isTakenOff }) => asked === 'off' && isTakenOff);
        const onMs = clock.monotonic() - Math.max(sinceMs, calmSinceMs);
        if (kept === undefined || onMs <= longestMs || isExcused(rollout, kept, notebook.all())) continue;
        // A second one that comes up is taken for a person's wish; or no write leaves both as they are.
        const why = rollout.targets.find(({ name }) => name === kept.target)?.failure?.why.kind;
        if (why === 'wanted-on' || why === 'registered-twice') continue;
        broken(`P3: ${twin.key} is on for ${onMs} ms, and its address is ours to keep out`);
      }
    },
    /** What is off because of us is at an address that the journal names, or was off there before us. */
    closes: (rollout: Rollout, { twins }: SimulatedWorld): void => {
      for (const twin of twins) {
        const isNamed = ownersOf(twin).some(
          (note) => !note.registration.wasEnabled || notebook.isNamed(rollout, note),
        );
        if (twin.registered !== undefined && isOffBecauseOfUs(twin) && !isNamed)
          broken(`P5: ${twin.key} is off because of us, and the journal does not name its address`);
      }
    },
  };
}
