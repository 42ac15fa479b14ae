import { type LeaseClaim, isRolloutId, serviceHash } from '../../core/registry/lease.ts';
import { type Plan, touchedServices } from '../../core/plan/plan.ts';
import { type Rollout, isOver, leftByUs } from '../../core/rollout/rollout.ts';
import { stamp } from '../../core/text/stamp.ts';
import type { Clock } from '../../world/clock.ts';
import { isAlive } from '../../world/process-mark.ts';
import type { World } from '../../world/world.ts';
import type { HandOver } from '../ports/hand-over.ts';
import { readJournal } from '../store/journal.ts';
import type { LaunchProblem } from '../store/launch-problem.ts';
import { type Claimed, claimLease } from '../store/lease.ts';
import { awaitLease } from '../store/await-lease.ts';
import type { Lease } from '../store/keep-lease.ts';
import { type ClaimOptions, type LeaseNews } from '../store/lease-claims.ts';
import { mayPass } from '../registry/read-back.ts';
import type { Holder } from '../store/lock.ts';
import { type StateDirectory, rolloutDirectory } from '../store/state-directory.ts';
import type { Runner } from '../engine/runner.ts';
import { shortName } from '../../core/registry/service-name.ts';

/** `awaited`: Nacos does not answer now. Nothing is written before it is held. */
export type ClaimedOrAwaited = Claimed | { readonly kind: 'awaited'; readonly lease: Lease };

/** Nothing to claim where nothing may be registered. */
export async function claim(
  handOver: HandOver,
  { clock: ownClock, state }: { readonly clock: Clock; readonly state: StateDirectory },
  world: World,
  rollout: Rollout,
  onNews: (news: LeaseNews) => void,
): Promise<ClaimedOrAwaited | undefined> {
  const { registry, presence, clock } = world;
  if (presence === undefined) return undefined;
  const { plan, nodes, reached } = rollout.planned;
  const since = stamp(ownClock.wallClock());
  const { namespace } = reached;
  const { runner, rested } = rollout;
  const options: ClaimOptions = {
    registry,
    presence,
    clock,
    nodes,
    plan,
    id: rollout.id,
    by: handOver.by,
    namespace,
    since,
    isGone: goneHere(state, rollout.id, handOver.host),
    isFromElsewhere: runner !== undefined && rested === undefined && runner.host !== handOver.host,
    onNews,
  };
  const claimed = await claimLease(options);
  return claimed.kind === 'unavailable' && mayPass(claimed.error)
    ? { kind: 'awaited', lease: awaitLease(options, mayPass) }
    : claimed;
}

/**
 * Tells the rollouts of this machine that have ended with nothing off and their runner dead, as after `doctor --yes`:
 * nothing of theirs is under way. Of one that stands still a write may yet be applied, and what a runner elsewhere does
 * only its lease can tell: those leases are waited for.
 */
export function goneHere(state: StateDirectory, own: string, host: string): (rollout: string) => boolean {
  const gone = new Set<string>();
  return (id) => {
    if (id === own || !isRolloutId(id)) return false;
    if (gone.has(id)) return true;
    const read = readJournal(rolloutDirectory(state, id));
    const rollout = read.ok ? read.rollout : undefined;
    const runner = rollout?.runner;
    if (rollout?.ended === undefined || leftByUs(rollout).length > 0) return false;
    if (runner?.host !== host || isAlive({ pid: runner.pid, startTicks: runner.startTicks })) return false;
    gone.add(id);
    return true;
  };
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
