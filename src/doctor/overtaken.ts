import type { Connected, OpenRollout } from '../runner/ports/face-ports.ts';
import type { Diagnosis } from '../runner/ports/diagnosis.ts';
import type { Place } from '../runner/registry/repair.ts';
import type { Marks } from './left-behind.ts';

/** A rollout that has not ended, of which later ones have taken over some of what it left off. */
export type Overtaken = {
  readonly open: OpenRollout;
  /** What they have. */
  readonly places: readonly Place[];
  /** They have all of it: there is nothing to mend, and only a mend or `resume` ends it. */
  readonly isWhole: boolean;
  readonly connected: Connected | undefined;
};

export function overtakenOf({ left, takenOver }: Marks): readonly Omit<Overtaken, 'connected'>[] {
  const standing = takenOver.filter(({ open }) => !open.isRunning && open.rollout.ended === undefined);
  const byId = new Map(standing.map(({ open }) => [open.id, open]));
  return [...byId.values()].map((open) => ({
    open,
    places: standing
      .filter((one) => one.open.id === open.id)
      .map(({ left: { target, index } }) => ({ target, index })),
    isWhole: !left.some((one) => one.open.id === open.id),
  }));
}

/** Those that a mend ends. */
export function endable(overtaken: readonly Overtaken[]): readonly Overtaken[] {
  return overtaken.filter(({ isWhole, connected }) => isWhole && connected !== undefined);
}

export function diagnoseOvertaken(overtaken: readonly Overtaken[]): readonly Diagnosis[] {
  return overtaken
    .filter(({ isWhole }) => isWhole)
    .map(({ open: { id, rollout } }) => ({
      level: 'warning',
      kind: 'overtaken',
      rollout: id,
      by: rollout.planned.by,
    }));
}
