import type { ChangeCause } from '../event/event-parts.ts';

/** What is known of a registration that shows another value than before. */
export type ChangeWitness = {
  /** It left and came back, and a command of ours had run. */
  readonly isRedeployed: boolean;
  readonly wasAway: boolean;
  /** A mark was written while it was absent: that replaces what was edited in the console. */
  readonly wasHeld: boolean;
  /** The server lays edits over what an instance registers (2.x and 3.x). */
  readonly hasOverrides: boolean;
  /** What the plan found there on the other registrations of its service. */
  readonly others: readonly (string | undefined)[];
};

/** `before` is undefined for a metadata key that was not there. */
export function causeOf(what: string, before: string | undefined, witness: ChangeWitness): ChangeCause {
  const { isRedeployed, wasAway, wasHeld, hasOverrides, others } = witness;
  // Our own override carries the weight that was listed: another one was set by somebody, or shown for a moment.
  if (what === 'weight') return isRedeployed && !hasOverrides ? 'new-version' : 'unknown';
  if (!what.startsWith('metadata.')) return isRedeployed ? 'new-version' : 'unknown';
  // Dropping an edit never adds a key.
  const mayBeDropped = hasOverrides && wasHeld && before !== undefined;
  // An edit is made to one registration: what others had too is what the old version registers.
  if (isRedeployed)
    return mayBeDropped && !others.includes(before) ? 'new-version-or-override-dropped' : 'new-version';
  return wasAway && mayBeDropped ? 'override-dropped' : 'unknown';
}
