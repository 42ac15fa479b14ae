import type { Purpose } from '../../../src/core/event/event-parts.ts';
import type { Plan, Registration } from '../../../src/core/plan/plan.ts';
import { partsOf } from '../scenario/warm-ups.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import { type Slot, isOffBecauseOfUs, seenOf } from '../world/ground-truth.ts';
import { metadataOf } from '../world/simulated-processes.ts';

/** What is noted of one instance, from the truth and from what reaches the registry: never from the engine. */
export type InstanceHistory = {
  readonly slot: Slot;
  readonly registration: Registration;
  readonly target: string;
  readonly weights: Set<number>;
  /** What we last asked for, and whether a disable of ours was read back since. */
  asked: 'nothing' | 'off' | 'on';
  purpose: Purpose | undefined;
  isTakenOff: boolean;
  onSinceMs: number | undefined;
  /** A disable of ours was applied, or it was off before us; how often it was on again since, and not by us. */
  hasBeenOff: boolean;
  /** We asked it to leave, and it did. */
  hasLeft: boolean;
  turnedOnCount: number;
  /** How often another registration of its address came on meanwhile. */
  besideCount: number;
  /** A command of its target has begun. */
  isRedeployed: boolean;
  /** Since then its address was registered in another cluster: for all that anybody can tell, its new version is there. */
  isReplaced: boolean;
  /** When nobody had to take it off. */
  excusedAtMs: number;
  /** Its process came back under another address: only a mark of ours may still be here. */
  isFormer: boolean;
  /** When somebody took it off in the console, unless it came on again. */
  clickedOffMs: number | undefined;
  /** When somebody gave it another weight in the console, unless something was written since. */
  weighedMs: number | undefined;
  /** It counts as ours since its process moved here, and no write to it was applied yet. */
  isUnwritten: boolean;
  /** We wrote to it, and it was not proven on since. */
  isInHand: boolean;
  /** A write was put down that has no outcome yet. */
  isCutOff: boolean;
};

export function historyOf(slot: Slot, target: string, registration: Registration): InstanceHistory {
  return {
    slot,
    registration,
    target,
    weights: new Set([registration.weight]),
    asked: 'nothing',
    purpose: undefined,
    isTakenOff: false,
    onSinceMs: undefined,
    hasBeenOff: !registration.wasEnabled || registration.left !== undefined,
    hasLeft: false,
    turnedOnCount: 0,
    besideCount: 0,
    isRedeployed: false,
    isReplaced: false,
    excusedAtMs: 0,
    isFormer: false,
    clickedOffMs: undefined,
    weighedMs: undefined,
    isUnwritten: false,
    isInHand: false,
    isCutOff: false,
  };
}

/**
 * What an earlier rollout left off is ours from the beginning: put on by somebody and taken off again before its turn, it is
 * as it was left, and nobody who looks then can tell. Once we wrote to it, it is as any other.
 */
export function isAsLeft({ registration, asked }: InstanceHistory): boolean {
  return registration.left !== undefined && asked === 'nothing';
}

/** What was off before us is off as it was found. */
export function isOffByUsNow({ slot, registration, hasLeft, isReplaced }: InstanceHistory): boolean {
  return registration.wasEnabled && (isOffBecauseOfUs(slot) || (hasLeft && !isReplaced));
}

/** A person wants it on, or is asked; or nobody may write. */
export function isExcused(rollout: Rollout, note: InstanceHistory, all: Iterable<InstanceHistory>): boolean {
  const target = rollout.targets.find((each) => each.name === note.target);
  if (target === undefined) return true;
  if (rollout.isStopping || rollout.paused?.why === 'lease-lost') return true;
  // Consumers would call its address all the same.
  if (target.failure?.why.kind === 'registered-twice') return true;
  if (target.failure?.why.kind === 'wanted-on')
    return [...all].some(
      // Consumers are told of a second registration before a list names it: until then it looks like a person's doing.
      (one) => one.target === note.target && one.turnedOnCount + one.besideCount >= 2,
    );
  // A failed disable is being taken back.
  return target.step === 'disable' && target.phase === 'running';
}

/** The one exception to P4: the plan asks that it begins with a part of its weight. */
export function isPartOfIts(plan: Plan, note: InstanceHistory, weight: number): boolean {
  const target = plan.targets.find(({ name }) => name === note.target);
  return target !== undefined && [...note.weights].some((full) => partsOf(target, full).includes(weight));
}

/** What we wrote left it a weight that it never had. */
export function isLoweredByUs({ slot, weights }: InstanceHistory): boolean {
  const { override } = slot;
  return override?.by === 'us' && override.enabled && !weights.has(override.weight);
}

/** `isNamed`: the journal says that it has a part of its weight still, or is off. */
export function endsAsItWas(note: InstanceHistory, isNamed: boolean, broken: (what: string) => void): void {
  const seen = seenOf(note.slot);
  if (seen === undefined) return;
  if (!note.weights.has(seen.weight) && !isNamed)
    broken(`P4: ${note.slot.key} ends with weight ${seen.weight}`);
  const names = Object.keys(metadataOf(1, note.slot.id.ip)).join();
  if (Object.keys(seen.metadata).join() !== names)
    broken(`P4: the metadata of ${note.slot.key} ends as ${JSON.stringify(seen.metadata)}`);
}
