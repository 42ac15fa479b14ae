import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import { isSameEndpoint } from '../../../src/core/registry/service.ts';
import type { InstanceWrite } from '../../../src/world/registry.ts';
import { twinWeight } from '../scenario/twins.ts';
import { type Seen, type Slot, type Why, isOffBecauseOfUs, seenOf } from '../world/ground-truth.ts';
import type { SimulatedWorld } from '../world/simulated-world.ts';
import { type InstanceHistory, isExcused } from './instance-history.ts';
import type { InstanceHistories } from './instance-histories.ts';

/** An address is off when everything is that is registered there; each registration keeps its own weight. */
export function createTwinPromises(notebook: InstanceHistories, broken: (what: string) => void) {
  const onSinceMs = new Map<Slot, number>();
  /** When nobody had to take it off. */
  const excusedAtMs = new Map<Slot, number>();

  const ownersOf = (twin: Slot): readonly InstanceHistory[] =>
    [...notebook.all()].filter(
      ({ slot }) => slot.service === twin.service && isSameEndpoint(slot.id, twin.id),
    );

  /** A second one that comes up is taken for a person's wish. */
  const isLeftToPeople = (rollout: Rollout, kept: InstanceHistory): boolean =>
    rollout.targets.find(({ name }) => name === kept.target)?.failure?.why.kind === 'wanted-on' ||
    isExcused(rollout, kept, notebook.all());

  return {
    changed: (slot: Slot, why: Why, before: Seen | undefined, { twins, clock }: SimulatedWorld): void => {
      if (!twins.includes(slot)) return;
      const isOn = seenOf(slot)?.enabled === true;
      if (!isOn) onSinceMs.delete(slot);
      else if (!onSinceMs.has(slot)) onSinceMs.set(slot, clock.monotonic());
      for (const owner of ownersOf(slot)) {
        if (owner.hasBeenOff && isOn && before?.enabled !== true) owner.besideCount += 1;
        owner.isReplaced ||= why === 'registered' && owner.isRedeployed;
      }
    },
    /** Whether the write goes to one of them. */
    sent: (slot: Slot, { enabled, weight }: InstanceWrite, { twins }: SimulatedWorld): boolean => {
      if (!twins.includes(slot)) return false;
      const owners = ownersOf(slot);
      if (owners.length === 0) broken(`we wrote to ${slot.key}, which has the address of nobody in the plan`);
      const isOurs = owners.some(
        ({ isInHand, asked, hasLeft, isTakenOff, registration }) =>
          isInHand || hasLeft || isTakenOff || asked === 'off' || !registration.wasEnabled,
      );
      if (!enabled && !isOurs) broken(`we took off ${slot.key}, and nothing else at its address`);
      if (weight !== twinWeight) broken(`P4: weight ${weight} written to ${slot.key}`);
      // Where it is the only one that is listed, it is all that there is to write to.
      for (const owner of owners) {
        owner.asked = enabled ? 'on' : 'off';
        owner.isTakenOff &&= !enabled;
      }
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
        if (kept === undefined || isLeftToPeople(rollout, kept)) excusedAtMs.set(twin, clock.monotonic());
        const onMs = clock.monotonic() - Math.max(sinceMs, calmSinceMs, excusedAtMs.get(twin) ?? 0);
        if (onMs <= longestMs) continue;
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
