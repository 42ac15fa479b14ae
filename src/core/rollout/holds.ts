import { type GateState, reachedGate } from './gate-state.ts';
import { type Paused, type Rollout, isOver } from './rollout.ts';
import { type TargetState } from './target-state.ts';

/** Why no further target is begun. What is under way may go on all the same. */
export type Hold =
  /** It has ended, or its runner rests: nothing else is said then. */
  | { readonly kind: 'over' }
  /** No runner has said yet that it is there. */
  | { readonly kind: 'no-runner' }
  | ({ readonly kind: 'paused' } & Paused)
  | { readonly kind: 'aborting'; readonly how: 'put-back' | 'leave' }
  | { readonly kind: 'stopping' }
  /** Server nodes that count and do not answer. */
  | { readonly kind: 'nodes-lost'; readonly nodes: readonly string[] }
  | { readonly kind: 'stuck'; readonly targets: readonly TargetState[] }
  /** It was reached, and is not passed. */
  | { readonly kind: 'gate'; readonly gate: GateState }
  /** Nothing new begins any more. */
  | { readonly kind: 'deadline'; readonly at: string }
  /** The terminal of the person who was there to be asked is lost. */
  | { readonly kind: 'unattended' };

/** Everything that holds a rollout now; where there is nothing, the next target begins. */
export function holds(rollout: Rollout): readonly Hold[] {
  if (isOver(rollout)) return [{ kind: 'over' }];
  const { paused, abort, lostNodes } = rollout;
  const stuck = rollout.targets.filter(({ phase }) => phase === 'stuck');
  const gate = reachedGate(rollout);
  return [
    ...held(rollout.runner === undefined, { kind: 'no-runner' }),
    ...(paused === undefined ? [] : [{ kind: 'paused', ...paused } as const]),
    ...(abort === undefined ? [] : [{ kind: 'aborting', how: abort } as const]),
    ...held(rollout.isStopping, { kind: 'stopping' }),
    ...held(lostNodes.length > 0, { kind: 'nodes-lost', nodes: lostNodes }),
    ...held(stuck.length > 0, { kind: 'stuck', targets: stuck }),
    ...(gate === undefined ? [] : [{ kind: 'gate', gate } as const]),
    ...held(rollout.isPastDeadline, { kind: 'deadline', at: rollout.deadlineAt ?? '' }),
    ...held(rollout.isUnattended, { kind: 'unattended' }),
  ];
}

/** What holds it in this way, if anything does. */
export function holdBy<Kind extends Hold['kind']>(
  rollout: Rollout,
  kind: Kind,
): Extract<Hold, { kind: Kind }> | undefined {
  return holds(rollout).find((hold): hold is Extract<Hold, { kind: Kind }> => hold.kind === kind);
}

/** Whether no step is under way. */
export function isIdle(rollout: Rollout): boolean {
  return [...rollout.targets, ...rollout.gates].every(({ phase }) => phase !== 'running');
}

function held(isHeld: boolean, hold: Hold): readonly Hold[] {
  return isHeld ? [hold] : [];
}

/** What was decided while it is paused: it begins once somebody continues, unless it only gives back what we took. */
export function awaitsContinue(rollout: Rollout): readonly TargetState[] {
  if (rollout.paused === undefined) return [];
  return rollout.targets.filter(
    (target) => target.phase === 'ready' && target.decided !== undefined && !isOnItsWayBack(target),
  );
}

/** Put back or given back its weight: no pause holds that up. */
export function isOnItsWayBack({ course }: TargetState): boolean {
  return course === 'put-back' || course === 'give-back';
}
