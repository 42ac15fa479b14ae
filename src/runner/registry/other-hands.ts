import type { Failure } from '../../core/rollout/failure.ts';
import { nodesOf } from '../../core/rollout/rollout.ts';
import { isKnownWeight, isLowered } from '../../core/rollout/warm-up.ts';
import { takenOffBySomebody } from '../../core/rollout/guard.ts';
import type { Context } from '../context/context.ts';
import type { Instance } from '../../core/registry/service.ts';
import type { Registration } from '../../core/plan/plan.ts';
import { type NodeReading, viewsOf, weightShown } from '../context/node-views.ts';
import { type Sent, resendAfterMs } from './next-move.ts';
import { type Wish, registrationAt } from './write-once.ts';

type Place = Pick<Wish, 'target' | 'registration'>;

/**
 * What others did to a registration that has a part of its weight, before it is written to: taken off by somebody, it is
 * not to be put on (`why`); given another weight, it keeps that one. `hasDoubt`: a write of ours may still be applied.
 */
export function heedOthers(
  context: Context,
  wish: Wish,
  readings: readonly NodeReading[],
  { sent, hasDoubt }: { readonly sent: Sent | undefined; readonly hasDoubt: boolean },
): { readonly wish: Wish; readonly why?: Failure | undefined } {
  // What all show may be what was so before our last write.
  const isEarlier =
    sent !== undefined &&
    (sent.outcome !== 'accepted' || context.world.clock.monotonic() - sent.atMs < resendAfterMs);
  const state = context.state(wish.target).registrations[wish.registration];
  if (isEarlier || state === undefined) return { wish };
  const why = takenOffMeanwhile(context, wish, readings);
  const isOverridden =
    !hasDoubt && noteOverridden(context, wish, readings, (weight) => isKnownWeight(state, weight));
  return { wish: isOverridden ? { ...wish, part: undefined } : wish, why };
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

/** Whatever else is registered at its address. */
function isItselfOff(instances: readonly Instance[], { cluster, ip, port }: Registration): boolean {
  const own = instances.filter((one) => one.cluster === cluster && one.ip === ip && one.port === port);
  return own.length > 0 && own.every(({ enabled }) => !enabled);
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
  const isOff = viewsOf(readings, registration).some(({ instances }) => isItselfOff(instances, registration));
  return isOff ? { kind: 'refused', refusals: [takenOffBySomebody(registration)] } : undefined;
}
