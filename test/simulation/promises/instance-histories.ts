import type { FactOf } from '../../../src/core/event/event.ts';
import { type Plan, type Registration, registrationId } from '../../../src/core/plan/plan.ts';
import { type Rollout, leftByUs } from '../../../src/core/rollout/rollout.ts';
import { endpointText, instanceKey } from '../../../src/core/registry/service.ts';
import { type Slot, seenOf } from '../world/ground-truth.ts';
import { type InstanceHistory, historyOf } from './instance-history.ts';
import type { SimulatedWorld } from '../world/simulated-world.ts';

export type InstanceHistories = ReturnType<typeof createInstanceHistories>;

/** The notes of every instance that is one of a target's, or was before its process came back under another address. */
export function createInstanceHistories(plan: Plan, broken: (what: string) => void) {
  const bySlot = new Map<Slot, InstanceHistory>();
  const byIndex = new Map<string, InstanceHistory>();
  const registrations = new Map(plan.targets.map((target) => [target.name, target.registrations]));

  const note = (target: string, index: number, slot: Slot, registration: Registration): InstanceHistory => {
    const made = historyOf(slot, target, registration);
    bySlot.set(slot, made);
    byIndex.set(`${target} ${index}`, made);
    return made;
  };

  return {
    of: (slot: Slot): InstanceHistory | undefined => bySlot.get(slot),
    /** It is one of these in another spelling. */
    isSpelledOtherwise: (slot: Slot): boolean =>
      [...bySlot.keys()].some((other) => instanceKey(other.id) === instanceKey(slot.id)),
    all: (): Iterable<InstanceHistory> => bySlot.values(),
    at: (event: { target: string; registration: number }): InstanceHistory => {
      const found = byIndex.get(`${event.target} ${event.registration}`);
      if (found === undefined) throw new Error(`${event.target} has no registration ${event.registration}`);
      return found;
    },
    registrationsOf: (target: string): readonly Registration[] | undefined => registrations.get(target),
    open: ({ truth }: SimulatedWorld): void => {
      for (const target of plan.targets)
        for (const [index, registration] of target.registrations.entries())
          note(target.name, index, truth.slotOf(registrationId(registration)), registration);
    },
    /** From now on it is somebody else, who is to be kept out at once. */
    identified: ({ truth, bystanders, clock }: SimulatedWorld, event: FactOf<'identified'>): void => {
      registrations.set(event.target, event.registrations);
      for (const [index, registration] of event.registrations.entries()) {
        const slot = truth.slotOf(registrationId(registration));
        const former = byIndex.get(`${event.target} ${index}`);
        if (former?.slot === slot) continue;
        const owner = bySlot.get(slot);
        const isTaken = owner?.isFormer === false;
        if (isTaken || bystanders.some(({ slots }) => slots.includes(slot)))
          broken(`${slot.key} was taken for ${event.target}, and is ${owner?.target ?? 'a bystander'}`);
        if (former !== undefined) former.isFormer = true;
        const made = note(event.target, index, slot, registration);
        for (const weight of slot.weights) made.weights.add(weight);
        // Somebody gave it that before the journal knew that it is here.
        if (slot.override?.by === 'person') made.weights.add(slot.override.weight);
        if (event.isRespelled === true) {
          // It is as far as it was, and back where it had left.
          if (former !== undefined) former.hasLeft = false;
          const { asked, isTakenOff, hasBeenOff, isInHand, purpose, turnedOnCount } = former ?? made;
          Object.assign(made, { asked, isTakenOff, hasBeenOff, isInHand, purpose, turnedOnCount });
          made.isUnwritten = true;
        } else Object.assign(made, { asked: 'off', isTakenOff: true, hasBeenOff: true, isUnwritten: true });
        if (seenOf(slot)?.enabled === true) made.onSinceMs = clock.monotonic();
      }
    },
    /** From now on it is the target's, and is to be kept out at once. */
    joined: ({ truth, bystanders, clock }: SimulatedWorld, event: FactOf<'joined'>): void => {
      for (const registration of event.registrations) {
        const slot = truth.slotOf(registrationId(registration));
        const before = registrations.get(event.target) ?? [];
        const known = before.findIndex((one) => instanceKey(one) === instanceKey(registration));
        // Told once more by a runner that found no line of it.
        const index = known === -1 ? before.length : known;
        const owner = bySlot.get(slot);
        if (bystanders.some(({ slots }) => slots.includes(slot)) || (owner && owner.target !== event.target))
          broken(`${slot.key} was taken for ${event.target}, and is ${owner?.target ?? 'a bystander'}`);
        if (known === -1) registrations.set(event.target, [...before, registration]);
        const made = note(event.target, index, slot, registration);
        for (const weight of slot.weights) made.weights.add(weight);
        if (slot.override?.by === 'person') made.weights.add(slot.override.weight);
        Object.assign(made, { asked: 'off', isTakenOff: true, hasBeenOff: true, isUnwritten: true });
        if (seenOf(slot)?.enabled === true) made.onSinceMs = clock.monotonic();
      }
    },
    /** Whether the journal names it as off or with less weight because of us, or as a mark that was left behind. */
    isNamed: (rollout: Rollout, { target, slot, isFormer }: InstanceHistory): boolean => {
      if (!isFormer)
        return leftByUs(rollout).some(
          (off) => off.target.name === target && byIndex.get(`${target} ${off.registration}`)?.slot === slot,
        );
      const state = rollout.targets.find(({ name }) => name === target);
      const endpoint = endpointText(slot.id);
      const isPending = state?.former.some((one) => endpointText(one.registration) === endpoint) === true;
      return isPending || state?.marksLeft.includes(endpoint) === true;
    },
  };
}
