import type { Event } from '../../../src/core/event/event.ts';

/** Enabling goes on in a pause: it is how an abort comes to its end. */
const stepBeginnings: ReadonlySet<string> = new Set([
  'disable-began',
  'hook-began',
  'drain-began',
  'deploy-began',
  'check-began',
]);

/** Whether a step begins with an event. One that the lost lease cut short says again that it began. */
export function createBeginnings(): (event: Event) => event is Event & { type: 'disable-began' } {
  const begun = new Set<string>();
  return (event): event is Event & { type: 'disable-began' } => {
    if (!stepBeginnings.has(event.type) || !('attempt' in event && 'target' in event)) return false;
    const step = 'step' in event ? ` ${event.step}` : '';
    const name = `${event.type}${step} ${event.target} ${event.attempt}`;
    return !begun.has(name) && begun.add(name).has(name);
  };
}
