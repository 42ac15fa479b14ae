import type { Failure, TakenOff } from '../../core/event/failure.ts';
import type { Registration } from '../../core/plan/plan.ts';
import { nodesOf } from '../../core/rollout/rollout.ts';
import { isKnownWeight, isLowered } from '../../core/rollout/warm-up.ts';
import { takenOffBySomebody } from '../../core/rollout/guard.ts';
import type { Context } from '../context/context.ts';
import { type NodeReading, ownRecords, weightShown } from '../context/node-views.ts';
import { type Wish, registrationAt } from './write-once.ts';

type Place = Pick<Wish, 'target' | 'registration'>;

/** `wait`: what they did shows, and may be all that will show; nothing is written over it. `over`: nothing is to be written. */
type Heeded =
  | { readonly kind: 'go' | 'wait'; readonly wish: Wish }
  | { readonly kind: 'over'; readonly why: Failure | undefined };

/**
 * What others did to a registration that has a part of its weight, before it is written to: taken off by somebody, it is
 * not to be put on (`why`); given another weight, it keeps that one. `isInDoubt`: what nodes show may be what was so before
 * our last write, or a write of ours may still be applied, and would lie over what they did.
 */
export function heedOthers(
  context: Context,
  wish: Wish,
  readings: readonly NodeReading[],
  isInDoubt: boolean,
): Heeded {
  const state = context.state(wish.target).registrations[wish.registration];
  if (!wish.enabled || state?.lowered === undefined) return { kind: 'go', wish };
  const why = takenOffMeanwhile(context, wish, readings);
  const own = ownRecords(readings, registrationAt(context, wish.target, wish.registration));
  const isWeighed = own.some(({ weight }) => !isKnownWeight(state, weight));
  if (why === undefined && !isWeighed) return { kind: 'go', wish };
  // One that is off is put on, whatever its weight: some nodes may not tell of it for long.
  const held = { kind: isLowered(state) ? 'wait' : 'go', wish } as const;
  if (isInDoubt) return held;
  if (why !== undefined) return { kind: 'over', why };
  if (!noteOverridden(context, wish, readings, (weight) => isKnownWeight(state, weight))) return held;
  return isLowered(state)
    ? { kind: 'over', why: undefined }
    : { kind: 'go', wish: { ...wish, part: undefined } };
}

/**
 * Names it when every node lists a weight that is not expected: somebody gave it that one, it registered anew with it, or
 * the server forgot ours. It stays, and its weight is no business of ours from then on.
 */
export function noteOverridden(
  context: Context,
  { target, registration: index }: Place,
  readings: readonly NodeReading[],
  isExpected: (weight: number) => boolean,
): boolean {
  const state = context.state(target).registrations[index];
  if (state?.lowered === undefined) return false;
  const { full } = state.lowered;
  const found = weightShown(readings, registrationAt(context, target, index), nodesOf(context.rollout()));
  if (found === undefined || isExpected(found)) return false;
  context.record({ type: 'weight-overridden', target, registration: index, full, found });
  return true;
}

/** Who took it off, where a journal of this machine knows: after our plan found it on. */
export function takenOffBy({ world, rollout }: Context, registration: Registration): TakenOff | undefined {
  const known = world.takenOff?.(registration);
  return known !== undefined && known.at > rollout().plannedAt ? known : undefined;
}

/** Why its weight is not to be written: somebody took it off while it had a part of it, and a write would put it on. */
function takenOffMeanwhile(
  context: Context,
  { target, registration: index, enabled }: Wish,
  readings: readonly NodeReading[],
): Failure | undefined {
  const { course, registrations } = context.state(target);
  const state = registrations[index];
  if (!enabled || course === 'put-on' || state === undefined || !isLowered(state)) return undefined;
  const registration = registrationAt(context, target, index);
  // Every node has shown it on since we took it off last: one that shows it off is news.
  const isOff = ownRecords(readings, registration).some((one) => !one.enabled);
  if (!isOff) return undefined;
  return { kind: 'refused', refusals: [takenOffBySomebody(registration, takenOffBy(context, registration))] };
}
