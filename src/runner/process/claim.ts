import { type LeaseClaim, serviceHash } from '../../core/registry/lease.ts';
import { type Plan, touchedServices } from '../../core/plan/plan.ts';
import { type Rollout, isOver } from '../../core/rollout/rollout.ts';
import { stamp } from '../../core/text/stamp.ts';
import type { Clock } from '../../world/clock.ts';
import type { World } from '../../world/world.ts';
import type { HandOver } from '../ports/hand-over.ts';
import type { LaunchProblem } from '../store/launch-problem.ts';
import { type Claimed, type LeaseNews, claimLease } from '../store/lease.ts';
import type { Holder } from '../store/lock.ts';
import type { Runner } from '../engine/runner.ts';
import { shortName } from '../../core/registry/service-name.ts';

/** Nothing to claim where nothing may be registered. */
export async function claim(
  handOver: HandOver,
  { clock: ownClock }: { readonly clock: Clock },
  world: World,
  rollout: Rollout,
  onNews: (news: LeaseNews) => void,
): Promise<Claimed | undefined> {
  const { registry, presence, clock } = world;
  if (presence === undefined) return undefined;
  const { plan, nodes, reached } = rollout.planned;
  const since = stamp(ownClock.wallClock());
  const { namespace } = reached;
  const { runner, rested } = rollout;
  return claimLease({
    registry,
    presence,
    clock,
    nodes,
    plan,
    id: rollout.id,
    by: handOver.by,
    namespace,
    since,
    isFromElsewhere: runner !== undefined && rested === undefined && runner.host !== handOver.host,
    onNews,
  });
}

export function lockedBy({ by, since, service, id }: Omit<Holder, 'pid' | 'startTicks'>): LaunchProblem {
  return { kind: 'locked', by, since, service, id };
}

export function lockedByRival(rival: LeaseClaim, plan: Plan): LaunchProblem {
  const shared = touchedServices(plan).find((service) => rival.services.includes(serviceHash(service)));
  return lockedBy({ ...rival, service: shared === undefined ? '' : shortName(shared) });
}

/** Without the lease nothing is written until it is there again; after the end nothing is written anyway. */
export function tellLease(runner: Runner, news: LeaseNews): void {
  const rollout = runner.rollout();
  if (isOver(rollout)) return;
  if (news === 'lost') runner.record({ type: 'paused', by: 'nobody', why: 'lease-lost' });
  else if (rollout.paused?.why === 'lease-lost') runner.record({ type: 'continued', by: 'nobody' });
}
