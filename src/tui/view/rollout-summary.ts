import { lastOf } from '../../core/report/due-notices.ts';
import { rolledNames } from '../../core/plan/plan.ts';
import { type Rollout, isOver, offByUs, planOf } from '../../core/rollout/rollout.ts';
import { serviceKey } from '../../core/registry/service.ts';
import { visible } from '../../core/text/visible.ts';
import { stampMs } from '../../core/text/stamp.ts';
import type { Following } from '../model/following.ts';
import { oneOfEach, servingProcesses } from '../../core/registry/twins.ts';

export type RolloutSummary = {
  readonly services: string;
  readonly done: number;
  readonly count: number;
  /** Registrations that may be off because of us. */
  readonly off: number;
  readonly elapsedMs: number;
  /** The tightest of the touched services: on and well on the server node that shows fewest. */
  readonly capacity: Capacity | undefined;
};

export function rolloutSummary(following: Following, wallMs: number): RolloutSummary {
  const { rollout } = following;
  if (rollout === undefined)
    return { services: '', done: 0, count: 0, off: 0, elapsedMs: 0, capacity: undefined };
  return {
    services: visible(rolledNames(planOf(rollout)).join(', ')),
    done: rollout.targets.filter(({ result }) => result === 'done').length,
    count: rollout.targets.length,
    off: offByUs(rollout).length,
    elapsedMs: Math.max(0, endMs(following, rollout, wallMs) - stampMs(rollout.plannedAt)),
    capacity: capacityOf(following, rollout),
  };
}

export type Capacity = {
  readonly on: number;
  readonly minimum: number;
  /** How many there are, on or off; undefined where only the guard counted. */
  readonly all?: number;
};

/** As Nacos says now; before the first look, as the guard last counted it. */
function capacityOf({ snapshot, forecasts }: Following, rollout: Rollout): Capacity | undefined {
  const seen = planOf(rollout).minimums.flatMap((limit): readonly Capacity[] => {
    const observed = snapshot?.services.find((each) => serviceKey(each.service) === serviceKey(limit));
    // One that never answered says nothing of how many there are.
    const nodes = (observed?.nodes ?? []).filter(
      ({ problem, instances }) => problem === undefined || instances.length > 0,
    );
    const counts = nodes.map(({ instances }) => servingProcesses(instances).length);
    const all = Math.max(0, ...nodes.map(({ instances }) => oneOfEach(instances, 'on').length));
    return counts.length === 0 ? [] : [{ on: Math.min(...counts), minimum: limit.minimum, all }];
  });
  const counted = Object.values(forecasts).map(({ after, minimum }): Capacity => ({ on: after, minimum }));
  return (seen.length > 0 ? seen : counted).toSorted((a, b) => a.on - a.minimum - (b.on - b.minimum))[0];
}

function endMs(following: Following, rollout: Rollout, wallMs: number): number {
  const last = lastOf(following.events);
  return isOver(rollout) && last !== undefined ? stampMs(last.at) : wallMs;
}
