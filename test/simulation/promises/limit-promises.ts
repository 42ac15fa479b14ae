import type { Plan } from '../../../src/core/plan/plan.ts';
import type { Event } from '../../../src/core/event/event.ts';

/** What was admitted just before may begin a moment later. */
const lateMs = 1500;

/**
 * Where a plan has a deadline no target begins after it until somebody goes on; where it says how many may fail, nobody
 * but a person goes on after more.
 */
export function createLimitPromises(plan: Plan, broken: (what: string) => void) {
  const begun = new Set<string>();
  const failed = new Set<string>();
  let plannedMs: number | undefined;
  let isGoneOn = false;
  /** As the journal says: it may have been planned before anything was heard here. */
  let isPassed = false;
  const { deadline, maxFailures } = plan;
  return {
    heard: (event: Event): void => {
      const atMs = Date.parse(event.at);
      plannedMs ??= atMs;
      const deadlineMs = deadline && 'afterMs' in deadline ? plannedMs + deadline.afterMs : Infinity;
      const isPast = atMs > deadlineMs + lateMs;
      if (event.type === 'continued' || event.type === 'runner-started')
        isGoneOn ||= isPassed || atMs >= deadlineMs;
      if (event.type === 'deadline-passed') isPassed = true;
      // What runs before it goes off is the beginning of a target too.
      if (event.type === 'disable-began' || event.type === 'hook-began') {
        if (isPast && !isGoneOn && !begun.has(event.target))
          broken(`${event.target} begins ${atMs - deadlineMs} ms after the deadline`);
        begun.add(event.target);
      }
      if (event.type === 'step-failed') failed.add(event.target);
      const isTriedAgain = event.type === 'decided' && event.decision !== 'leave-off';
      if (event.type === 'enabled' || isTriedAgain) failed.delete(event.target);
      const isUnasked = event.type === 'decided' && event.decision === 'leave-off' && event.by === 'nobody';
      if (isUnasked && maxFailures !== undefined && failed.size > maxFailures)
        broken(
          `nobody decides about ${event.target}, and ${failed.size} failed of ${maxFailures} at the most`,
        );
    },
  };
}
