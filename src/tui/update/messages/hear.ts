import { apply } from '../../../core/apply/apply.ts';
import type { Event } from '../../../core/event/event.ts';
import type { Forecast } from '../../../core/event/event-parts.ts';
import { reachedGate } from '../../../core/rollout/gate-state.ts';
import type { Rollout } from '../../../core/rollout/rollout.ts';
import type { RunnerLine } from '../../../runner/ports/protocol.ts';
import { stampMs } from '../../../core/text/stamp.ts';
import type { Following, ListedRequest } from '../../model/following.ts';
import type { Now } from '../../model/now.ts';
import { differing } from '../../view/differing.ts';

const eventMax = 200;
const requestMax = 500;

/** What following comes to after a line of the runner. */
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
    case 'calls':
      return { ...following, calls: line.calls };
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
    // It goes on, here or elsewhere: the next Ctrl-C is a first one again. What was asked beneath may hold on.
    interrupts: event.type === 'continued' && rollout.paused === undefined ? 0 : following.interrupts,
    runnerClock: { wallMs: stampMs(event.at), atMs: now.monotonicMs },
    forecasts: event.type === 'forecast' ? withForecasts(following, event.services) : following.forecasts,
    stuckSinceMs: stuckSince(following, rollout, now.monotonicMs),
    gateSince: gateSince(following, rollout, now.monotonicMs),
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

function gateSince(following: Following, rollout: Rollout, ms: number): Following['gateSince'] {
  const gate = reachedGate(rollout);
  if (gate === undefined) return undefined;
  const question = `${gate.gate.name} ${gate.phase} ${gate.attempt}`;
  return following.gateSince?.question === question ? following.gateSince : { question, ms };
}
