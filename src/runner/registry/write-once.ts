import type { Purpose } from '../../core/event/event-parts.ts';
import type { Failure } from '../../core/event/failure.ts';
import { type Registration, registrationId } from '../../core/plan/plan.ts';
import type { RegistrationState } from '../../core/rollout/target-state.ts';
import { isKnownWeight } from '../../core/rollout/warm-up.ts';
import { type Instance, isSamePlace } from '../../core/registry/service.ts';
import type { InstanceWrite, WriteOutcome } from '../../world/registry.ts';
import type { Context } from '../context/context.ts';
import {
  type NodeReading,
  ownRecords,
  recordsInReach,
  recordsToWrite,
  shownBy,
  unreadAt,
  viewsOf,
} from '../context/node-views.ts';

/** What one registration of a target is to become, and why. */
export type Wish = {
  readonly target: string;
  readonly registration: number;
  readonly enabled: boolean;
  readonly purpose: Purpose;
  /** It is to have this part of its weight, and will get the whole of it back. */
  readonly part?: { readonly weight: number; readonly full: number } | undefined;
  /** Asked before a write that is sent once more, or late; while that cannot be known, it is not sent. */
  readonly recount?: () => Promise<Failure | 'go' | 'unknown'>;
};

/** The weight that it is to be shown with, where that is for us to say: a part of it, or all where we took of it. */
export function weightAimed(
  context: Context,
  { target, registration, enabled, part }: Wish,
): number | undefined {
  if (part !== undefined) return part.weight;
  return enabled ? context.state(target).registrations[registration]?.lowered?.full : undefined;
}

/** What bears on which records a write has to reach. */
export type Circumstances = {
  readonly enabled: boolean;
  /** Every node has shown it as off since we last wrote: a list shows nothing as on that we have just taken off. */
  readonly isProvenOff: boolean;
  /** The server remembers what was written where nothing is registered. */
  readonly mayRemember: boolean;
  /** The weight that is wished, if one is. */
  readonly weight: number | undefined;
};

/** What is registered at its address and not as wished; and where it was (`undefined`), if nothing is listed there that tells. */
export function placesToWrite(
  readings: readonly NodeReading[],
  registration: Registration,
  { enabled, isProvenOff, mayRemember, weight }: Circumstances,
): readonly (Instance | undefined)[] {
  const listed =
    enabled && !isProvenOff
      ? recordsInReach(readings, registration)
      : recordsToWrite(readings, registration, enabled, weight);
  if (listed.length === 0) return [undefined];
  const isElsewhere = ownRecords(readings, registration).length === 0;
  const views = viewsOf(readings, registration);
  const isUnread = views.some((view) => unreadAt(view, registration) !== undefined);
  // Consumers may be told of it before a list names it.
  const isUnnamed = !enabled && views.some((view) => shownBy(view, registration) === 'exposed');
  // Put on in another cluster, it is remembered as off where it was, and for ever where it was held.
  return isElsewhere && (isUnread || isUnnamed || (enabled && mayRemember)) ? [...listed, undefined] : listed;
}

/** One after the other, until a write is not accepted or is no longer wanted: once one has its outcome, all may be over. */
export async function writeAll(
  context: Context,
  wish: Wish,
  [first, ...others]: readonly (Instance | undefined)[],
  signal: AbortSignal,
): Promise<WriteOutcome> {
  let outcome = await writeOnce(context, wish, first);
  for (const one of others)
    if (outcome.kind === 'accepted' && !signal.aborted) outcome = await writeOnce(context, wish, one);
  return outcome;
}

/** One write, with its intent on disk before and its outcome after. Nothing is `listed` of what is absent. */
export async function writeOnce(
  context: Context,
  { target: targetName, registration: index, enabled, purpose, part }: Omit<Wish, 'recount'>,
  listed: Instance | undefined,
): Promise<WriteOutcome> {
  const { registry, clock } = context.world;
  const registration = registrationAt(context, targetName, index);
  const state = context.state(targetName).registrations[index];
  const write = writeFor(registration, { enabled, part, state }, listed);
  context.record({
    type: 'write-began',
    target: targetName,
    registration: index,
    enabled,
    weight: write.weight,
    ...(part && isPartOf(registration, part, write) && { fullWeight: part.full }),
    purpose,
    request: registry.requestOf(write),
  });
  const began = clock.monotonic();
  const outcome = await registry.write(write);
  context.record({
    type: 'write-ended',
    target: targetName,
    registration: index,
    enabled,
    purpose,
    outcome: outcome.kind,
    ms: Math.round(clock.monotonic() - began),
    ...(outcome.kind === 'accepted' ? {} : { error: outcome.error }),
    ...(!isSamePlace(registrationAt(context, targetName, index), registration) && { isFormer: true }),
  });
  return outcome;
}

/** An instance that nobody lists gets a mark, if it is ours. */
function writeFor(
  registration: Registration,
  wish: Pick<Wish, 'enabled' | 'part'> & { readonly state: RegistrationState | undefined },
  listed: Instance | undefined,
): InstanceWrite {
  const isOurs = wish.state?.mark !== 'untouched';
  return {
    instance: { ...registrationId(registration), cluster: listed?.cluster ?? registration.cluster },
    enabled: wish.enabled,
    weight: weightFor(registration, wish, listed),
    mode: listed === undefined && isOurs ? 'absent' : 'registered',
  };
}

/** Not where somebody else's weight is left as it is. */
function isPartOf(
  { cluster }: Registration,
  { weight }: NonNullable<Wish['part']>,
  write: InstanceWrite,
): boolean {
  return write.weight === weight && write.instance.cluster === cluster;
}

/**
 * The weight that is listed now is kept, unless it is a part that we wrote: then it gets back what it had. One that nobody
 * lists gets the weight that the plan saw, and never a part of it: who comes back may be somebody else.
 */
function weightFor(
  registration: Registration,
  { part, state }: { readonly part?: Wish['part']; readonly state: RegistrationState | undefined },
  listed: Instance | undefined,
): number {
  // In another cluster it is another client's, or has moved: what we wrote was not written there.
  const isElsewhere = listed !== undefined && listed.cluster !== registration.cluster;
  const isTheirs = listed !== undefined && state !== undefined && !isKnownWeight(state, listed.weight);
  if (isElsewhere || isTheirs) return listed.weight;
  if (part !== undefined) return listed === undefined ? part.full : part.weight;
  return state?.lowered?.full ?? listed?.weight ?? registration.weight;
}

export function registrationAt(context: Context, targetName: string, index: number): Registration {
  const registration = context.target(targetName).registrations[index];
  if (registration === undefined) throw new Error(`${targetName} has no registration ${index}`);
  return registration;
}
