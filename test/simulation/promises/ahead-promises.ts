import type { Event } from '../../../src/core/event/event.ts';
import type { Plan, Target } from '../../../src/core/plan/plan.ts';
import type { Slot } from '../world/ground-truth.ts';
import type { createInstanceHistories } from './instance-histories.ts';

/**
 * Who goes ahead of its turn: only where the plan lets it, one batch that is not through and no further, and within its
 * stage; nothing is deployed on it before the batch before is through; and the minimum is kept in lists as old as a drain
 * is long.
 */
export function createAheadPromises(
  plan: Plan,
  notebook: ReturnType<typeof createInstanceHistories>,
  broken: (what: string) => void,
) {
  /** Put on, after whatever course, since they last went off; but for those that wait once more. */
  const on = new Set<string>();
  const leftOff = new Set<string>();
  const calledBack = new Set<string>();
  /** Those that are watched in service. */
  const watched = new Set<string>();
  /** When we last put each on. */
  const putOnMs = new Map<Slot, number>();

  const isThrough = ({ name }: Target): boolean =>
    leftOff.has(name) || (on.has(name) && !watched.has(name) && !calledBack.has(name));

  const openBefore = ({ batch }: Target): readonly Target[] =>
    plan.targets.filter((other) => other.batch < batch && !isThrough(other));

  const named = (name: string): Target | undefined => plan.targets.find((target) => target.name === name);

  const mayGo = (target: Target): void => {
    const [open] = openBefore(target);
    if (open === undefined) return;
    const isNext = openBefore(target).every(({ batch }) => batch === open.batch);
    if (target.drainAhead !== true || !isNext || open.stage !== target.stage || open.zone !== target.zone)
      broken(`${target.name} went off before ${open.name} is through`);
  };

  return {
    heard: (event: Event): void => {
      if (!('target' in event)) return;
      const target = named(event.target);
      if (target === undefined) return;
      const { name } = target;
      if (event.type === 'disable-began') {
        mayGo(target);
        on.delete(name);
      }
      if (event.type === 'called-back') calledBack.add(name);
      // Once somebody decided otherwise it does not wait again.
      if (event.type === 'deploy-began' || (event.type === 'decided' && event.decision !== 'retry'))
        calledBack.delete(name);
      if (event.type === 'enabled' && !calledBack.delete(name)) on.add(name);
      if (event.type === 'soak-began' || event.type === 'warm-up-began') watched.add(name);
      if (event.type === 'decided' || event.type === 'soak-passed' || event.type === 'warm-up-passed')
        watched.delete(name);
      if (event.type === 'decided' && event.decision === 'leave-off') leftOff.add(name);
    },
    /** A write of ours, or an application that we asked to come back, has put it on. */
    putOn: (slot: Slot, nowMs: number): void => {
      putOnMs.set(slot, nowMs);
    },
    began: (name: string): void => {
      const target = named(name);
      const [open] = target === undefined ? [] : openBefore(target);
      if (open !== undefined) broken(`${name} is deployed before ${open.name} is through`);
    },
    /** Off in a list that a consumer may hold still, where that counts. */
    isOffForSome: (takenOff: string, other: Slot, nowMs: number): boolean => {
      const target = named(takenOff);
      if (target === undefined || openBefore(target).length === 0) return false;
      const isOurs = notebook.of(other) !== undefined;
      return isOurs && nowMs - (putOnMs.get(other) ?? -Infinity) < target.drain.ms;
    },
  };
}
