import type { Purpose } from '../../core/rollout/event.ts';
import type { Failure } from '../../core/rollout/failure.ts';
import { type Registration, registrationId } from '../../core/plan/plan.ts';
import { type Instance, isSamePlace } from '../../core/registry/service.ts';
import type { InstanceWrite, WriteOutcome } from '../../world/registry.ts';
import type { Context } from '../context/context.ts';
import {
  type NodeReading,
  isInCluster,
  recordsInReach,
  recordsToWrite,
  unreadAt,
  viewsOf,
} from '../context/node-views.ts';

/** What one registration of a target is to become, and why. */
export type Wish = {
  readonly target: string;
  readonly registration: number;
  readonly enabled: boolean;
  readonly purpose: Purpose;
  /** Asked before a write that is sent once more, or late; while that cannot be known, it is not sent. */
  readonly recount?: () => Promise<Failure | 'go' | 'unknown'>;
};

/** What bears on which records a write has to reach. */
type Circumstances = {
  readonly enabled: boolean;
  /** Every node has shown it as off since we last wrote: a list shows nothing as on that we have just taken off. */
  readonly isProvenOff: boolean;
  /** The server remembers what was written where nothing is registered. */
  readonly mayRemember: boolean;
};

/** What is registered at its address and not as wished; and where it was (`undefined`), if nothing is listed there that tells. */
export function placesToWrite(
  readings: readonly NodeReading[],
  registration: Registration,
  { enabled, isProvenOff, mayRemember }: Circumstances,
): readonly (Instance | undefined)[] {
  const listed =
    enabled && !isProvenOff
      ? recordsInReach(readings, registration)
      : recordsToWrite(readings, registration, enabled);
  if (listed.length === 0) return [undefined];
  const isElsewhere = !isInCluster(readings, registration);
  const isUnread = viewsOf(readings, registration).some((view) => unreadAt(view, registration) !== undefined);
  // Put on in another cluster, it is remembered as off where it was, and for ever where it was held.
  return isElsewhere && (isUnread || (enabled && mayRemember)) ? [...listed, undefined] : listed;
}

/** One after the other, until a write is not accepted. */
export async function writeAll(
  context: Context,
  wish: Wish,
  [first, ...others]: readonly (Instance | undefined)[],
): Promise<WriteOutcome> {
  let outcome = await writeOnce(context, wish, first);
  for (const one of others) if (outcome.kind === 'accepted') outcome = await writeOnce(context, wish, one);
  return outcome;
}

/** One write, with its intent on disk before and its outcome after. Nothing is `listed` of what is absent. */
export async function writeOnce(
  context: Context,
  { target: targetName, registration: index, enabled, purpose }: Omit<Wish, 'recount'>,
  listed: Instance | undefined,
): Promise<WriteOutcome> {
  const { registry, clock } = context.world;
  const registration = registrationAt(context, targetName, index);
  const isOurs = context.state(targetName).registrations[index]?.mark !== 'untouched';
  const write = writeFor(registration, enabled, isOurs, listed);
  context.record({
    type: 'write-began',
    target: targetName,
    registration: index,
    enabled,
    weight: write.weight,
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

/** The weight that is listed now is kept; an instance that nobody lists gets the one that the plan saw, and a mark if it is ours. */
function writeFor(
  registration: Registration,
  enabled: boolean,
  isOurs: boolean,
  listed: Instance | undefined,
): InstanceWrite {
  return {
    instance: { ...registrationId(registration), cluster: listed?.cluster ?? registration.cluster },
    enabled,
    weight: listed?.weight ?? registration.weight,
    mode: listed === undefined && isOurs ? 'absent' : 'registered',
  };
}

export function registrationAt(context: Context, targetName: string, index: number): Registration {
  const registration = context.target(targetName).registrations[index];
  if (registration === undefined) throw new Error(`${targetName} has no registration ${index}`);
  return registration;
}
