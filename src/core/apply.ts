import { applyIdentified, withoutFormer } from './apply-identified.ts';
import { applyControl } from './apply-control.ts';
import { applyStep } from './apply-step.ts';
import { applyWrite } from './apply-write.ts';
import type { Event, Fact } from './event.ts';
import { type Rollout, type TargetState, beginRollout, targetState } from './rollout.ts';

/** What is true after `event`, given what was true before. `undefined` only before the first event. */
export function apply(rollout: Rollout | undefined, event: Event): Rollout {
  if (rollout === undefined) {
    if (event.type !== 'rollout-planned')
      throw new Error(`a rollout begins with rollout-planned, not ${event.type}`);
    return beginRollout(event);
  }
  if (event.seq !== rollout.seq + 1) throw new Error(`event ${event.seq} does not follow ${rollout.seq}`);
  return { ...applyFact(rollout, event, event.at), seq: event.seq };
}

/** All events of a journal, in order. */
export function replay(events: readonly Event[]): Rollout | undefined {
  let rollout: Rollout | undefined;
  for (const event of events) rollout = apply(rollout, event);
  return rollout;
}

function applyFact(rollout: Rollout, fact: Fact, at: string): Rollout {
  switch (fact.type) {
    case 'rollout-planned':
      throw new Error('a rollout is planned once');
    case 'changed':
    case 'service-changed':
    case 'request-listed':
      return rollout;
    case 'runner-started':
    case 'runner-rested':
    case 'rollout-ended':
    case 'paused':
    case 'continued':
    case 'abort-asked':
    case 'stop-asked':
    case 'face-lost':
    case 'face-joined':
    case 'node-lost':
    case 'node-returned':
    case 'node-dropped':
    case 'services-noted':
      return applyControl(rollout, fact);
    case 'write-began':
      return onTarget({ ...rollout, hasWritten: true }, fact.target, (target) =>
        applyWrite(target, fact, rollout.abort),
      );
    case 'call-began':
      return onTarget({ ...rollout, hasWritten: true }, fact.target, (target) =>
        applyStep(target, fact, at, rollout.abort),
      );
    case 'identified':
      return applyIdentified(rollout, fact);
    case 'mark-cleared':
      return onTarget(rollout, fact.target, (target) => withoutFormer(target, fact));
    case 'write-ended':
    case 'read-back':
    case 'exposed':
    case 'exposure-ended':
    case 'went-away':
    case 'came-back':
      return onTarget(rollout, fact.target, (target) => applyWrite(target, fact, rollout.abort));
    default:
      return onTarget(rollout, fact.target, (target) => applyStep(target, fact, at, rollout.abort));
  }
}

function onTarget(rollout: Rollout, name: string, change: (target: TargetState) => TargetState): Rollout {
  const before = targetState(rollout, name);
  const after = change(before);
  return { ...rollout, targets: rollout.targets.map((target) => (target === before ? after : target)) };
}
