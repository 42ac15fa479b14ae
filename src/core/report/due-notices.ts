import type { Occasion, Receiver } from '../notify/receiver.ts';
import type { Event, EventType } from '../event/event.ts';

const occasionOf: { readonly [Type in EventType]?: Occasion } = {
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
  'runner-rested': 'stopped',
  'rollout-ended': 'finished',
};

/** Whether a receiver is to hear of an event. */
export function isToldTo({ on }: Receiver, { type }: Event): boolean {
  const occasion = occasionOf[type];
  return occasion !== undefined && on.includes(occasion);
}

/** What a receiver has yet to hear of, as its runner was gone before it could tell it, or tell that it could not. */
export function unsettledFor(receiver: Receiver, events: readonly Event[]): readonly Event[] {
  const settled = new Set(
    events.flatMap((event) => (isNotice(event) && event.receiver === receiver.name ? [event.about] : [])),
  );
  return events.filter((event) => isToldTo(receiver, event) && !settled.has(event.seq));
}

/** The last thing that happened to the rollout itself: what its receivers were told may come after its end. */
export function lastOf(events: readonly Event[]): Event | undefined {
  return events.findLast((event) => !isNotice(event));
}

type Notice = Extract<Event, { type: 'notification-sent' | 'notification-failed' }>;

function isNotice(event: Event): event is Notice {
  return event.type === 'notification-sent' || event.type === 'notification-failed';
}
