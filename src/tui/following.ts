import { apply } from '../core/apply.ts';
import type { Event, Forecast } from '../core/event.ts';
import { type Rollout, type TargetState, isActive } from '../core/rollout.ts';
import type { RunnerLine, Snapshot } from '../runner/protocol.ts';
import { rehearsalSpeed, stampMs } from '../world/clock.ts';
import type { FirstOrder } from './effect.ts';
import type { Now } from './model.ts';
import { type Differing, differing } from './view/differing.ts';

export type ListedRequest = { readonly wasSent: boolean; readonly curl: string };

/** A rollout that this console follows: the facts it was told, and when. */
export type Following = {
  readonly id: string;
  readonly directory: string;
  readonly mayDecide: boolean;
  readonly firstOrder: FirstOrder;
  readonly rollout?: Rollout | undefined;
  readonly hasCaughtUp: boolean;
  readonly isClosed: boolean;
  /** What the runner's clock showed at our time `atMs`: a rehearsal's runs faster than ours. */
  readonly runnerClock?: { readonly wallMs: number; readonly atMs: number } | undefined;
  readonly snapshot?: Snapshot | undefined;
  readonly differing: Differing;
  readonly forecasts: Readonly<Record<string, Forecast>>;
  readonly events: readonly Event[];
  readonly requests: readonly ListedRequest[];
  /** Since when each stuck target has been shown. */
  readonly stuckSinceMs: Readonly<Record<string, number>>;
  readonly tail?: { readonly path: string; readonly text: string } | undefined;
  readonly interrupts: number;
};

const eventMax = 200;
const requestMax = 500;

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
    hasCaughtUp: false,
    isClosed: false,
    differing: {},
    forecasts: {},
    events: [],
    requests: [],
    stuckSinceMs: {},
    interrupts: 0,
  };
}

export function heard(following: Following, line: RunnerLine, curl: string | undefined, now: Now): Following {
  switch (line.kind) {
    case 'answer':
    case 'broken':
      return following;
    case 'caught-up':
      return { ...following, hasCaughtUp: true };
    case 'observed':
      return {
        ...following,
        snapshot: line.snapshot,
        differing: differing(following.rollout, line.snapshot, following.differing, now.monotonicMs),
        runnerClock: { wallMs: stampMs(line.snapshot.observedAt), atMs: now.monotonicMs },
      };
    case 'event':
      return happened(following, line.event, curl, now);
  }
}

function happened(following: Following, event: Event, curl: string | undefined, now: Now): Following {
  const rollout = apply(following.rollout, event);
  const isTold = curl !== undefined && !isListedToo(event, rollout);
  const requests = isTold ? [...following.requests, listed(event, curl)] : following.requests;
  return {
    ...following,
    rollout,
    requests: requests.slice(-requestMax),
    events: [...following.events, event].slice(-eventMax),
    runnerClock: { wallMs: stampMs(event.at), atMs: now.monotonicMs },
    forecasts: event.type === 'forecast' ? withForecasts(following, event.services) : following.forecasts,
    stuckSinceMs: stuckSince(following, rollout, now.monotonicMs),
  };
}

/** A rehearsal lists what each write would have sent. */
function isListedToo(event: Event, rollout: Rollout | undefined): boolean {
  return event.type === 'write-began' && rollout?.planned.world === 'rehearsal';
}

function listed(event: Event, curl: string): ListedRequest {
  return { curl, wasSent: event.type !== 'request-listed' || event.wasSent };
}

function withForecasts(following: Following, services: readonly Forecast[]): Following['forecasts'] {
  return {
    ...following.forecasts,
    ...Object.fromEntries(services.map((forecast) => [forecast.service, forecast])),
  };
}

function stuckSince(following: Following, rollout: Rollout, nowMs: number): Following['stuckSinceMs'] {
  const stuck = rollout.targets.filter((target) => target.phase === 'stuck');
  return Object.fromEntries(
    stuck.map((target) => [target.name, following.stuckSinceMs[target.name] ?? nowMs]),
  );
}

/** The runner's wall clock now, which is ours where it is a real rollout; it stands still at the end. */
export function runnerWallMs(following: Following, now: Now): number {
  const { rollout, runnerClock, events } = following;
  const last = events.at(-1);
  if (last !== undefined && (rollout?.ended ?? rollout?.rested) !== undefined) return stampMs(last.at);
  if (rollout?.planned.world !== 'rehearsal' || runnerClock === undefined) return now.wallMs;
  return runnerClock.wallMs + (now.monotonicMs - runnerClock.atMs) * rehearsalSpeed;
}

/** Neither ended nor resting, and its runner can be heard. */
export function isLive(following: Following): boolean {
  const { rollout } = following;
  return !following.isClosed && rollout?.ended === undefined && rollout?.rested === undefined;
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
