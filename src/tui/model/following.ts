import { lastOf } from '../../core/report/due-notices.ts';
import type { Event } from '../../core/event/event.ts';
import type { Forecast } from '../../core/event/event-parts.ts';
import { type Rollout, isOver } from '../../core/rollout/rollout.ts';
import { type TargetState, isActive } from '../../core/rollout/target-state.ts';
import type { LiveCalls, Snapshot } from '../../runner/ports/protocol.ts';
import { stampMs } from '../../core/text/stamp.ts';
import { rehearsalSpeed } from '../../world/clock.ts';
import type { FirstOrder } from './effect.ts';
import type { Now } from './now.ts';

/** Since when Nacos has said otherwise than we did, by instance. */
export type Differing = Readonly<Record<string, number>>;

export type ListedRequest = { readonly wasSent: boolean; readonly curl: string };

/** A rollout that this console follows: the facts it was told, and when. */
export type Following = {
  readonly id: string;
  readonly directory: string;
  readonly mayDecide: boolean;
  readonly firstOrder: FirstOrder;
  readonly rollout?: Rollout | undefined;
  /** The flags that reach its Nacos from this shell. */
  readonly connection: readonly string[];
  readonly hasCaughtUp: boolean;
  readonly isClosed: boolean;
  /** When its runner was heard no more, by our wall clock. */
  readonly closedWallMs?: number | undefined;
  /** What the runner's clock showed at our time `atMs`: a rehearsal's runs faster than ours. */
  readonly runnerClock?: { readonly wallMs: number; readonly atMs: number } | undefined;
  readonly snapshot?: Snapshot | undefined;
  /** What sources of evidence tell of the targets that are watched. */
  readonly calls: readonly LiveCalls[];
  readonly differing: Differing;
  readonly forecasts: Readonly<Record<string, Forecast>>;
  readonly events: readonly Event[];
  readonly requests: readonly ListedRequest[];
  /** Since when each stuck target has been shown. */
  readonly stuckSinceMs: Readonly<Record<string, number>>;
  /** Since when the gate at which it stands has been shown to wait for somebody. */
  readonly gateSince?: { readonly question: string; readonly ms: number } | undefined;
  readonly tail?: { readonly path: string; readonly text: string } | undefined;
  readonly interrupts: number;
};

/** Before the first line of the runner, which says what is rolled. */
export function beginFollowing(
  id: string,
  directory: string,
  mayDecide: boolean,
  firstOrder: FirstOrder,
): Following {
  return {
    id,
    directory,
    mayDecide,
    firstOrder,
    connection: [],
    hasCaughtUp: false,
    isClosed: false,
    calls: [],
    differing: {},
    forecasts: {},
    events: [],
    requests: [],
    stuckSinceMs: {},
    interrupts: 0,
  };
}

/** Who asks it to hold carries on no more, where that was to come. */
export function heldOn(following: Following): Following {
  return following.firstOrder === 'continue' ? { ...following, firstOrder: undefined } : following;
}

/** The runner's wall clock now, which is ours where it is a real rollout; it stands still at the end, and when nobody is heard. */
export function runnerWallMs(following: Following, now: Now): number {
  const { rollout, runnerClock, events, closedWallMs } = following;
  const last = lastOf(events);
  if (last !== undefined && (rollout?.ended ?? rollout?.rested) !== undefined) return stampMs(last.at);
  if (rollout?.planned.world !== 'rehearsal' && isUnheard(following)) return closedWallMs ?? now.wallMs;
  if (rollout?.planned.world !== 'rehearsal' || runnerClock === undefined) return now.wallMs;
  return runnerClock.wallMs + (now.monotonicMs - runnerClock.atMs) * rehearsalSpeed;
}

/** Its runner is gone, or cannot be heard, in the middle of it: nothing is known of what happens now. */
export function isUnheard({ rollout, isClosed }: Following): boolean {
  return isClosed && rollout !== undefined && !isOver(rollout);
}

/** Nobody carries it out now, as far as was heard here, and somebody may. */
export function isAbandoned({ rollout, isClosed }: Following): boolean {
  return isClosed && rollout?.planned.world === 'real' && rollout.ended === undefined;
}

/** Neither ended nor resting, and its runner can be heard. */
export function isLive(following: Following): boolean {
  const { rollout } = following;
  return !following.isClosed && (rollout === undefined || !isOver(rollout));
}

/** The target that a look should land on: a stuck one before one that is under way before the next. */
export function currentTarget(rollout: Rollout): TargetState | undefined {
  return (
    rollout.targets.find((target) => target.phase === 'stuck') ??
    rollout.targets.find((target) => target.phase === 'running') ??
    rollout.targets.find(isActive) ??
    rollout.targets.find((target) => target.phase === 'waiting')
  );
}
