import type { OccasionKey } from '../hooks/occasion-key.ts';
import type { Occasion, Receiver } from '../notify/receiver.ts';
import type { Event, EventType } from '../event/event.ts';
import { type Rollout, targetState } from '../rollout/rollout.ts';

/** That something happened, and what was true then. */
export type Notice = { readonly event: Event; readonly rollout: Rollout };

const occasionOfType: { readonly [Type in EventType]?: Occasion } = {
  'runner-started': 'started',
  paused: 'paused',
  'node-lost': 'paused',
  continued: 'continued',
  'node-returned': 'continued',
  'step-failed': 'failed',
  decided: 'decided',
  'node-dropped': 'decided',
  exposed: 'exposed',
  disabled: 'disabled',
  enabled: 'enabled',
  'gate-reached': 'paused',
  'gate-passed': 'continued',
  'gate-failed': 'failed',
  'gate-retried': 'decided',
  'runner-rested': 'stopped',
  'rollout-ended': 'finished',
};

const keyOfOccasion: { readonly [Key in Occasion]?: OccasionKey } = {
  paused: 'pause',
  failed: 'failure',
  stopped: 'stop',
  finished: 'finish',
};

/** What an event is to those who are told; undefined where it is nothing. */
function occasionOf({ event, rollout }: Notice): Occasion | undefined {
  // A command that is tried again by itself, or may fail, has not failed yet.
  if (event.type === 'deploy-ended' || event.type === 'hook-ended')
    return targetState(rollout, event.target).failure === undefined ? undefined : 'failed';
  return isByItself(event) ? undefined : occasionOfType[event.type];
}

/** Whether a receiver is to hear of an event. */
export function isToldTo({ on }: Receiver, notice: Notice): boolean {
  const occasion = occasionOf(notice);
  return occasion !== undefined && on.includes(occasion);
}

/** At a gate that opens by itself, or is tried again by itself, nobody is waited for. */
function isByItself(event: Event): boolean {
  if (event.type === 'gate-reached') return event.kind !== 'person';
  if (event.type === 'gate-passed') return event.by === undefined;
  return event.type === 'gate-failed' && event.againInMs !== undefined;
}

/** Which command of the plan runs beside the rollout for it. */
export function occasionKeyOf(notice: Notice): OccasionKey | undefined {
  const occasion = occasionOf(notice);
  return occasion && keyOfOccasion[occasion];
}

/** What a receiver has yet to hear of, as its runner was gone before it could tell it, or tell that it could not. */
export function unsettledFor(receiver: Receiver, notices: readonly Notice[]): readonly Notice[] {
  const settled = new Set(
    notices.flatMap(({ event }) =>
      isTelling(event) && event.receiver === receiver.name ? [event.about] : [],
    ),
  );
  return notices.filter((notice) => isToldTo(receiver, notice) && !settled.has(notice.event.seq));
}

/** The last thing that happened to the rollout itself: what was told of it may come after its end. */
export function lastOf(events: readonly Event[]): Event | undefined {
  return events.findLast(
    (event) => !isTelling(event) && event.type !== 'occasion-began' && event.type !== 'occasion-ended',
  );
}

type Telling = Extract<Event, { type: 'notification-sent' | 'notification-failed' }>;

function isTelling(event: Event): event is Telling {
  return event.type === 'notification-sent' || event.type === 'notification-failed';
}
