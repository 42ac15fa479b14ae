import type { Event, FactOf } from '../event/event.ts';
import { type GateState, waitingGates } from './gate-state.ts';
import { deadlineAt } from '../plan/deadline-at.ts';
import { inItsNamespace } from '../plan/plan-namespace.ts';
import type { Plan, Target } from '../plan/plan.ts';
import { type ListingHistory, noLooks, serviceOf, wasListed } from '../registry/listing-history.ts';
import type { ServiceDetail } from '../registry/service.ts';
import { type RegistrationState, type Look, type TargetState, isOurs, isOff } from './target-state.ts';
import { waitingTarget } from './waiting-target.ts';

export type Pause = { readonly by: string; readonly why: FactOf<'paused'>['why'] };

export type Paused = Pause & {
  /** Beneath what ends by itself, as the lease and the registry come back: by whom it stays paused then. */
  readonly before?: Pause;
};

export type Rollout = {
  readonly id: string;
  readonly seq: number;
  readonly plannedAt: string;
  readonly planned: FactOf<'rollout-planned'>;
  readonly targets: readonly TargetState[];
  /** What stands between its batches, in the order in which it is passed. */
  readonly gates: readonly GateState[];
  readonly paused?: Paused;
  readonly abort?: 'put-back' | 'leave';
  readonly isStopping: boolean;
  /** Whether a person was there to be asked when the runner started. */
  readonly isAttended: boolean;
  /** When nothing new begins any more, as a stamp. */
  readonly deadlineAt?: string | undefined;
  readonly isPastDeadline: boolean;
  /** The person's terminal was lost. */
  readonly isUnattended: boolean;
  readonly runner?: { readonly pid: number; readonly host: string; readonly startTicks?: string | undefined };
  readonly hasWritten: boolean;
  /** What was listed whenever a command began. */
  readonly listings: ListingHistory;
  /** Server nodes that count and do not answer now. */
  readonly lostNodes: readonly string[];
  /** Server nodes that count no more, until they answer again. */
  readonly droppedNodes: readonly string[];
  /** What Nacos kept about the touched services before we touched them. */
  readonly services: readonly ServiceDetail[];
  /** Who subscribed to them then. */
  readonly consumers: FactOf<'consumers-noted'>['services'];
  readonly rested?: FactOf<'runner-rested'>;
  readonly ended?: FactOf<'rollout-ended'>;
};

/** The plan as things stand: a target that came back under another address has its registrations there. */
export function planOf(rollout: Rollout): Plan {
  return rollout.planned.plan;
}

/** The server nodes that count: those that the review settled on, without those that were dropped since. */
export function nodesOf(rollout: Rollout): readonly string[] {
  return rollout.planned.nodes.filter((node) => !rollout.droppedNodes.includes(node));
}

const namedIn = new WeakMap<Plan, ReadonlyMap<string, Target>>();

/** Looked up: after every event each target of a plan is asked for, and there may be thousands. */
export function targetOf(rollout: Rollout, name: string): Target {
  const plan = planOf(rollout);
  const named = namedIn.get(plan) ?? new Map(plan.targets.map((target) => [target.name, target]));
  namedIn.set(plan, named);
  const found = named.get(name);
  if (found === undefined) throw new Error(`the plan has no target ${name}`);
  return found;
}

export function targetState(rollout: Rollout, name: string): TargetState {
  const found = rollout.targets.find((target) => target.name === name);
  if (found === undefined) throw new Error(`the rollout has no target ${name}`);
  return found;
}

/** Whether it was listed when that was looked at; undefined where nobody looked, or an older journal does not say. */
export function wasThere({ listings }: Rollout, look: Look | undefined, key: string): boolean | undefined {
  if (look === undefined) return undefined;
  return look.services.includes(serviceOf(key))
    ? wasListed(listings, look.number, key)
    : look.beside.includes(key);
}

/**
 * The rollout as its first event leaves it: everything waiting, nothing touched. An older journal names the namespace of
 * the profile, where the plan was of another one.
 */
export function beginRollout(event: Event & { type: 'rollout-planned' }): Rollout {
  const { v: _v, seq, at, rollout, ...fact } = event;
  const planned = { ...fact, reached: inItsNamespace(fact.plan, fact.reached) };
  const { deadline } = planned.plan;
  return {
    id: rollout,
    seq,
    plannedAt: at,
    planned,
    targets: planned.plan.targets.map(waitingTarget),
    gates: waitingGates(planned.plan),
    isStopping: false,
    isAttended: planned.isAttended,
    ...(deadline && { deadlineAt: deadlineAt(deadline, at) }),
    isPastDeadline: false,
    isUnattended: false,
    hasWritten: false,
    listings: noLooks,
    lostNodes: [],
    droppedNodes: [],
    services: [],
    consumers: [],
  };
}

/** Whether there is something to roll back, and a command that does it. */
export function mayRollBack(rollout: Rollout, target: TargetState): boolean {
  return target.deploy !== undefined && targetOf(rollout, target.name).rollback !== undefined;
}

/** Ended, or resting: no runner has it in hand. */
export function isOver({ ended, rested }: Pick<Rollout, 'ended' | 'rested'>): boolean {
  return ended !== undefined || rested !== undefined;
}

/** One registration of a rollout, by its place in its target. */
export type Owned = { readonly target: TargetState; readonly registration: number };

/** Every registration that may be off because of us, by target. */
export function offByUs(rollout: Rollout): readonly Owned[] {
  return registrationsThat(rollout, isOff);
}

/** Every registration that is on with less weight than it had, because of us. */
export function loweredByUs(rollout: Rollout): readonly Owned[] {
  return registrationsThat(rollout, ({ mark }) => mark === 'lowered');
}

/** Every registration that somebody else had taken off when its turn came, and that is not known to be on again. */
export function offByOthers(rollout: Rollout): readonly Owned[] {
  return registrationsThat(rollout, ({ isTakenOff }) => isTakenOff === true);
}

/** All that is not as we found it: off, or with less weight. Promise 5 rests on this. */
export function leftByUs(rollout: Rollout): readonly Owned[] {
  return registrationsThat(rollout, isOurs);
}

function registrationsThat(rollout: Rollout, fits: (state: RegistrationState) => boolean): readonly Owned[] {
  return rollout.targets.flatMap((target) =>
    target.registrations.flatMap((state, registration) => (fits(state) ? [{ target, registration }] : [])),
  );
}

/** Whether it goes on by itself once what paused it is over, so that a person may want to prevent that. */
export function mayPause({ paused }: Pick<Rollout, 'paused'>): boolean {
  return (
    paused === undefined ||
    (endsByItself(paused) && (paused.before === undefined || endsByItself(paused.before)))
  );
}

export function endsByItself({ why }: Pause): boolean {
  return why === 'registry-lost' || why === 'lease-lost';
}
