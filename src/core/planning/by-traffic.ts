import { type Plan, type Target, mainRegistration } from '../plan/plan.ts';
import { serviceKey } from '../registry/service.ts';

/**
 * The plan with the targets that are to go by traffic in the order of the calls a second that were measured, least first:
 * those of one service, and one zone, change places among themselves, and each place keeps its batch. Undefined is not measured, and
 * stays behind those that are.
 */
export function byTraffic(plan: Plan, perSecond: (target: string) => number | undefined): Plan {
  const rank = ({ name }: Target): number => perSecond(name) ?? Number.MAX_VALUE;
  const groups = Map.groupBy(plan.targets, groupOf);
  const sorted = new Map(
    [...groups].map(([key, targets]) => [key, targets.toSorted((a, b) => rank(a) - rank(b))]),
  );
  const taken = new Map<string, number>();
  const targets = plan.targets.map((place) => {
    const key = groupOf(place);
    if (place.isByTraffic !== true) return place;
    const at = taken.get(key) ?? 0;
    taken.set(key, at + 1);
    return { ...(sorted.get(key)?.[at] ?? place), batch: place.batch };
  });
  return { ...plan, targets };
}

function groupOf(target: Target): string {
  const { stage, zone, isByTraffic = false } = target;
  return JSON.stringify([isByTraffic, stage, zone, serviceKey(mainRegistration(target))]);
}
