import { applyIdentified, applyJoined, withDropped, withoutFormer } from './apply-identified.ts';
import { controlHandlers } from './apply-control.ts';
import { gateHandlers } from './apply-gate.ts';
import { deployBegun, stepHandlers } from './apply-step.ts';
import { writeHandlers } from './apply-write.ts';
import type { Event, EventType, Fact, FactOf } from '../event/event.ts';
import type { FactHandlers, When } from './fact-handlers.ts';
import { type Rollout, beginRollout, targetOf, targetState } from '../rollout/rollout.ts';
import { type TargetState } from '../rollout/target-state.ts';
import { changesTo, serviceOf, withLook } from '../registry/listing-history.ts';
import { keyFromJournal, serviceKey } from '../registry/service.ts';

/** What is true after `event`, given what was true before. `undefined` only before the first event. */
export function apply(rollout: Rollout | undefined, event: Event): Rollout {
  if (rollout === undefined) {
    if (event.type !== 'rollout-planned')
      throw new Error(`a rollout begins with rollout-planned, not ${event.type}`);
    return beginRollout(event);
  }
  if (event.seq !== rollout.seq + 1) throw new Error(`event ${event.seq} does not follow ${rollout.seq}`);
  return { ...applyFact(rollout, event, { at: event.at, abort: rollout.abort }), seq: event.seq };
}

/** All events of a journal, in order. */
export function replay(events: readonly Event[]): Rollout | undefined {
  let rollout: Rollout | undefined;
  for (const event of events) rollout = apply(rollout, event);
  return rollout;
}

const rolloutHandlers = {
  ...controlHandlers,
  ...gateHandlers,
  identified: applyIdentified,
  joined: applyJoined,
  'deploy-began': applyDeployBegun,
  'rollout-planned': () => {
    throw new Error('a rollout is planned once');
  },
  changed: asItIs,
  'service-changed': asItIs,
  'consumers-changed': asItIs,
  'request-listed': asItIs,
  'requests-counted': asItIs,
  'notification-sent': asItIs,
  'notification-failed': asItIs,
  'occasion-began': asItIs,
  'occasion-ended': asItIs,
} satisfies FactHandlers<Rollout>;

const targetHandlers = {
  ...stepHandlers,
  ...writeHandlers,
  'mark-cleared': withoutFormer,
  dropped: withDropped,
} satisfies FactHandlers<TargetState>;

function applyFact(rollout: Rollout, fact: Fact, when: When): Rollout {
  if (isOneOf(rolloutHandlers, fact)) return handled(rolloutHandlers, rollout, fact, when);
  if (!isOneOf(targetHandlers, fact)) return fact satisfies never;
  const hasWritten = rollout.hasWritten || fact.type === 'write-began' || fact.type === 'call-began';
  return onTarget({ ...rollout, hasWritten }, fact.target, (target) =>
    handled(targetHandlers, target, fact, when),
  );
}

function isOneOf<Handlers extends object>(
  handlers: Handlers,
  fact: Fact,
): fact is FactOf<keyof Handlers & EventType> {
  return Object.hasOwn(handlers, fact.type);
}

function handled<Part>(handlers: FactHandlers<Part>, part: Part, fact: Fact, when: When): Part {
  const handle = handlers[fact.type] as (part: Part, fact: Fact, when: When) => Part;
  return handle(part, fact, when);
}

function asItIs(rollout: Rollout): Rollout {
  return rollout;
}

/** An older journal has the whole list: what changed since the last one follows from it. */
function applyDeployBegun(rollout: Rollout, fact: FactOf<'deploy-began'>, when: When): Rollout {
  const services = [...new Set(targetOf(rollout, fact.target).registrations.map(serviceKey))];
  const of = (keys: readonly string[] | undefined): readonly string[] => keys?.map(keyFromJournal) ?? [];
  const isBeside = (key: string): boolean => !services.includes(serviceOf(key));
  const whole = fact.listed && of(fact.listed);
  const changes = whole
    ? changesTo(
        rollout.listings,
        services,
        whole.filter((key) => !isBeside(key)),
      )
    : { appeared: of(fact.appeared), vanished: of(fact.vanished) };
  const beside = whole ? whole.filter(isBeside) : of(fact.beside);
  const listings = withLook(rollout.listings, changes);
  const look = (fact.listed ?? fact.appeared) && { number: listings.looks, services, beside };
  return onTarget({ ...rollout, listings }, fact.target, (target) => deployBegun(target, fact, look, when));
}

function onTarget(rollout: Rollout, name: string, change: (target: TargetState) => TargetState): Rollout {
  const before = targetState(rollout, name);
  const after = change(before);
  return { ...rollout, targets: rollout.targets.map((target) => (target === before ? after : target)) };
}
