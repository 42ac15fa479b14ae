import type { ZoneRule } from '../../../src/core/batches/zones.ts';
import { isOverridden } from '../../../src/core/plan/overrides.ts';
import { type Plan, minimumOf } from '../../../src/core/plan/plan.ts';
import { isSameEndpoint, isSameService } from '../../../src/core/registry/service.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { type GroundTruth, type Slot, isServing, seenOf } from '../world/ground-truth.ts';
import { zoneAt } from '../world/simulated-processes.ts';
import type { InstanceHistories } from './instance-histories.ts';
import { type InstanceHistory, isOffByUsNow } from './instance-history.ts';

/** What is so, and who went or came by themselves, when; before `freshMs` lists could show it. */
export type Counted = {
  readonly truth: GroundTruth;
  readonly freshMs: number;
  readonly cameAtMs: ReadonlyMap<Slot, number>;
  readonly goneAtMs: ReadonlyMap<Slot, number>;
  /** Off in a list that a consumer may hold still, where that counts. */
  readonly isOffForSome: (other: Slot) => boolean;
};

/** P2: that nothing falls below its minimum because of us, and that one zone goes at a time where the plan says so. */
export function createMinimumPromises(
  plan: Plan,
  notebook: InstanceHistories,
  broken: (what: string) => void,
) {
  const zoneOf = (name: string): string | undefined => plan.targets.find((one) => one.name === name)?.zone;
  /** A person, or the plan, goes on with these off. */
  const leftOff = new Set<string>();

  return {
    heard: (event: Event): void => {
      if (event.type === 'decided' && event.decision === 'leave-off') leftOff.add(event.target);
    },
    /** A disable took effect. */
    kept: (note: InstanceHistory, { truth, freshMs, cameAtMs, goneAtMs, isOffForSome }: Counted): void => {
      const { slot, registration } = note;
      if (isOverridden(plan, registration)) return;
      const others = [...truth.slots.values()].filter(
        (other) => other.service === slot.service && !isSameEndpoint(other.id, slot.id),
      );
      // A second registration of an address is no second process.
      const serving = others.filter(
        (other, at) =>
          isServing(seenOf(other)) &&
          !isOffForSome(other) &&
          others.findIndex((each) => isServing(seenOf(each)) && isSameEndpoint(each.id, other.id)) === at,
      );
      // What left or came by itself after the count, or so shortly before it that no list could show it, is not our doing.
      if ((cameAtMs.get(slot) ?? -Infinity) > freshMs) return;
      const excused = others.filter(
        (other) => !serving.includes(other) && (goneAtMs.get(other) ?? -Infinity) > freshMs,
      );
      const left = [...serving, ...excused];
      const minimum = minimumOf(plan, registration);
      const of = `of ${slot.service} on and well`;
      if (left.length < minimum)
        broken(`P2: ${serving.length} ${of} after ${slot.key} went off, ${minimum} promised`);
      for (const rule of plan.zones ?? []) {
        if (!isSameService(rule, registration)) continue;
        const zone = zoneIn(rule, slot);
        const inZone = left.filter((other) => zoneIn(rule, other) === zone).length;
        if (inZone < rule.minimum)
          broken(`P2: ${inZone} ${of} in zone ${zone} after ${slot.key} went off, ${rule.minimum} promised`);
      }
    },
    wentOff: (note: InstanceHistory): void => {
      const zone = zoneOf(note.target);
      if (zone === undefined) return;
      const other = [...notebook.all()].find(
        (one) =>
          !one.isFormer &&
          !leftOff.has(one.target) &&
          // Of an earlier rollout, from the beginning.
          one.registration.left === undefined &&
          isOffByUsNow(one) &&
          (zoneOf(one.target) ?? zone) !== zone,
      );
      if (other !== undefined)
        broken(`${note.slot.key} went off in zone ${zone} while ${other.slot.key} is off in another one`);
    },
  };
}

/** By the truth: metadata is that of the host. */
function zoneIn({ by }: ZoneRule, { id }: Slot): string {
  return by === 'cluster' ? id.cluster : zoneAt(id.ip);
}
