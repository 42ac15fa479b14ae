import type { Event } from '../rollout/event.ts';
import type { Failure, StepName } from '../rollout/failure.ts';
import type { Registration } from '../plan/plan.ts';
import { type Mark, type Rollout, type TargetState, offByUs, targetOf } from '../rollout/rollout.ts';

/** One registration that is off because of a rollout, or may be. */
export type LeftOff = {
  readonly rollout: string;
  readonly by: string;
  readonly target: string;
  readonly index: number;
  readonly registration: Registration;
  readonly mark: Exclude<Mark, 'untouched'>;
  /** When it was last meant to go off, by the wall clock. */
  readonly since: string;
  readonly step: StepName;
  readonly why: Failure | undefined;
  /** Its process is not what the plan found: a command was begun on it and did not end well. */
  readonly isHalfDeployed: boolean;
};

/** What a journal says is off because of us, and since when. */
export function leftOff(rollout: Rollout, events: readonly Event[]): readonly LeftOff[] {
  return offByUs(rollout).flatMap(({ target, registration: index }) => {
    const registration = targetOf(rollout, target.name).registrations[index];
    const mark = target.registrations[index]?.mark ?? 'untouched';
    if (registration === undefined || mark === 'untouched') return [];
    return [
      {
        rollout: rollout.id,
        by: rollout.planned.by,
        target: target.name,
        index,
        registration,
        mark,
        since: offSince(events, target.name, index) ?? rollout.plannedAt,
        step: target.step,
        why: target.failure?.why,
        isHalfDeployed: isHalfDeployed(target),
      },
    ];
  });
}

/** Whether a command was begun on it that did not end well: only a person can say what runs there now. */
export function isHalfDeployed(target: TargetState): boolean {
  return target.deploy !== undefined && !target.isDeployed;
}

function offSince(events: readonly Event[], target: string, index: number): string | undefined {
  let since: string | undefined;
  for (const event of events) {
    if (!('target' in event) || event.target !== target || !('registration' in event)) continue;
    if (event.registration !== index) continue;
    if (event.type === 'write-began' && !event.enabled) since ??= event.at;
    if (event.type === 'read-back' && event.enabled) since = undefined;
  }
  return since;
}
