import { type GateState, gateBefore, reachedGate } from './gate-state.ts';
import { type Rollout, planOf, targetOf } from './rollout.ts';

export type GateEffect =
  /** What has to be passed before the next targets begin. */
  | { readonly kind: 'gate'; readonly gate: string; readonly attempt: number }
  /** Nobody can be asked about a gate that failed: go on, or try it once more. */
  | { readonly kind: 'pass-gate' | 'retry-gate'; readonly gate: string };
type Keyed = GateEffect & { readonly key: string };

/** Infinite once every target is through. */
function firstOpenBatch(rollout: Rollout): number {
  const open = rollout.targets.filter((target) => target.phase !== 'ended');
  return Math.min(...open.map((target) => targetOf(rollout, target.name).batch));
}

/** The gate that has to be passed next, once all that stands before it is through. */
export function nextGate(rollout: Rollout): GateState | undefined {
  return gateBefore(rollout, firstOpenBatch(rollout));
}

/** What is under way at a gate goes on; a gate is begun when all that stands before it is through. */
export function atGate(rollout: Rollout, mayBegin: boolean): readonly Keyed[] {
  const state = nextGate(rollout);
  if (state === undefined) return [];
  const { phase, attempt } = state;
  const { name } = state.gate;
  const isBegun = phase === 'running' || (mayBegin && (phase === 'waiting' || phase === 'ready'));
  return isBegun ? [{ key: `gate ${name} ${attempt}`, kind: 'gate', gate: name, attempt }] : [];
}

/** What a failed gate comes to without a person; whether a command without an outcome did its work is another question. */
export function unaskedGate(rollout: Rollout): readonly Keyed[] {
  const state = reachedGate(rollout);
  if (rollout.isAttended || state?.phase !== 'stuck') return [];
  const { gate, attempt, failure } = state;
  const isUnknown = failure?.why.kind === 'command' && failure.why.result.kind === 'lost';
  // What the plan says of targets that fail does not open a gate: it stands there so that nothing passes a failure.
  const isLetGo = 'onFailure' in gate && gate.onFailure === 'continue';
  const kind = isUnknown
    ? planOf(rollout).onUnknown === 'again' && ('retry-gate' as const)
    : isLetGo && ('pass-gate' as const);
  return kind === false ? [] : [{ key: `${kind} ${gate.name} ${attempt}`, kind, gate: gate.name }];
}
