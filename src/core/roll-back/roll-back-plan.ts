import type { Check, Plan, Registration, Target } from '../plan/plan.ts';
import {
  type Instance,
  type ServiceId,
  endpointText,
  isSameEndpoint,
  serviceId,
  serviceKey,
} from '../registry/service.ts';
import { shortName } from '../registry/service-name.ts';
import { type Rollout, planOf, targetOf } from '../rollout/rollout.ts';
import { type RegistrationState, type TargetState, isHeld, isOff } from '../rollout/target-state.ts';

/** Why a rollout is not rolled back. */
export type RollBackProblem =
  /** None of its deploy commands began, or each was rolled back already. */
  | { readonly kind: 'nothing-deployed' }
  /** The plan has no command that brings the old version of these back. */
  | { readonly kind: 'no-command'; readonly targets: readonly string[] }
  /** For all that is known the deploy commands of these still run. */
  | { readonly kind: 'deploy-running'; readonly targets: readonly string[] };

export type RollBack =
  | {
      readonly ok: true;
      readonly plan: Plan;
      /** Services that came with the rollout alone, and go with it: their instances are not counted. */
      readonly vanishing: readonly string[];
      /** Off because of the rollout, which deployed nothing on them: there is nothing to take back, and they stay off. */
      readonly stayingOff: readonly string[];
    }
  | { readonly ok: false; readonly problem: RollBackProblem };

/** What a server lists of a service; undefined where it has none. */
type Lists = (service: ServiceId) => readonly Instance[] | undefined;

/**
 * The whole rollout in reverse: each target on which something was deployed, the last one first, with the plan's
 * rollback command in place of its deploy command. What the rollout left off is to be on in the end.
 */
export function rollBackPlan(rollout: Rollout, lists: Lists): RollBack {
  const states = rollout.targets.filter(isToRollBack);
  const named = (is: (state: TargetState) => boolean): readonly string[] =>
    states.filter(is).map(({ name }) => name);
  if (states.length === 0) return { ok: false, problem: { kind: 'nothing-deployed' } };
  const running = named(({ deploy }) => deploy?.isRunning === true);
  if (running.length > 0) return { ok: false, problem: { kind: 'deploy-running', targets: running } };
  const without = named(({ name }) => targetOf(rollout, name).rollback === undefined);
  if (without.length > 0) return { ok: false, problem: { kind: 'no-command', targets: without } };
  const last = Math.max(...states.map(({ name }) => targetOf(rollout, name).batch));
  const targets = states
    .map((state) => reversed(rollout, targetOf(rollout, state.name), state, last, lists))
    .reverse();
  const vanishing = vanishingIn(rollout, targets, lists);
  // A gate stands before a batch of the way there.
  const { maxFailures: _most, deadline: _over, gates: _there, ...former } = planOf(rollout);
  const overrides = [...new Set([...former.overrides, ...vanishing])];
  return {
    ok: true,
    plan: { ...former, targets, overrides, rollsBack: rollout.id },
    vanishing,
    stayingOff: stayingOff(rollout, lists),
  };
}

function stayingOff(rollout: Rollout, lists: Lists): readonly string[] {
  const isOn = (one: Registration): boolean =>
    lists(serviceId(one))?.some((listed) => listed.enabled && isSameEndpoint(listed, one)) === true;
  return rollout.targets
    .filter((state) => !isToRollBack(state))
    .flatMap(({ name, registrations }) =>
      targetOf(rollout, name).registrations.filter((one, index) => {
        const state = registrations[index];
        return state !== undefined && isOff(state) && !isOn(one);
      }),
    )
    .map(endpointText);
}

/** Its command has begun, and what it did was not taken back. */
function isToRollBack({ deploy, result }: TargetState): boolean {
  return deploy !== undefined && result !== 'rolled-back';
}

function reversed(rollout: Rollout, target: Target, state: TargetState, last: number, lists: Lists): Target {
  const { rollback, anyNew, ...rest } = target;
  if (rollback === undefined) throw new Error(`${target.name} has no rollback command`);
  const planned = rollout.planned.plan.targets.find(({ name }) => name === target.name);
  const plannedCount = planned?.registrations.length ?? 1;
  const isLeft = isLeftOff(state.registrations[0]);
  return {
    ...rest,
    batch: last - target.batch,
    deploy: rollback,
    check: withoutNewValue(target.check),
    // What the new version says of itself the old one does not.
    ...(anyNew && { anyNew: { match: {} } }),
    registrations: target.registrations.flatMap((one, index) =>
      asItIs(one, state.registrations[index], placeOf(index, plannedCount, isLeft), lists(serviceId(one))),
    ),
  };
}

/** That it has changed is wanted all the same, but not into what the new version says. */
function withoutNewValue(check: Check): Check {
  if (check.changed?.to === undefined) return check;
  const { to: _new, ...changed } = check.changed;
  return { ...check, changed };
}

/** `missed`: beside one that is off, and the old version has it. What came beside it since is of the new version. */
type Place = 'main' | 'missed' | 'beside';

function placeOf(index: number, plannedCount: number, isLeft: boolean): Place {
  if (index === 0) return 'main';
  return isLeft && index < plannedCount ? 'missed' : 'beside';
}

function isLeftOff(state: RegistrationState | undefined): boolean {
  return state !== undefined && !state.wasOff && isHeld(state.mark);
}

/** A registration as it is listed now; none where nobody waits for it. */
function asItIs(
  planned: Registration,
  state: RegistrationState | undefined,
  place: Place,
  listed: readonly Instance[] | undefined,
): readonly Registration[] {
  const isUnsettled = state?.isUnsettled === true || state?.isWriting === true;
  const one: Registration = isUnsettled ? { ...planned, isUnsettled } : planned;
  const found = listed?.find((instance) => isSameEndpoint(instance, one));
  const isLeft = isLeftOff(state);
  if (found === undefined) {
    // What failed did without it: it is kept out when it comes back, and put on with the rest.
    const isMissed = place === 'missed' && one.wasEnabled;
    if (isLeft || isMissed) return [{ ...one, wasEnabled: true, left: 'away' }];
    // The old version may register it again, and is looked at then.
    return place === 'main' ? [one] : [];
  }
  const { weight, metadata, ephemeral, enabled, cluster } = found;
  const now = {
    ...one,
    cluster,
    // It has a part of it: somebody died while it warmed up.
    weight: state?.lowered?.full ?? weight,
    ...(state?.lowered?.written.includes(weight) && { parts: state.lowered.written }),
    metadata: { ...metadata },
    ephemeral,
  };
  if (!enabled && isLeft) return [{ ...now, wasEnabled: true, left: 'off' }];
  return [{ ...now, wasEnabled: enabled }];
}

/** Of a service that was none of the plan's nothing is left but what the new version registered. */
function vanishingIn(rollout: Rollout, targets: readonly Target[], lists: Lists): readonly string[] {
  const before = new Set(rollout.planned.plan.minimums.map(serviceKey));
  const all = targets.flatMap(({ registrations }) => registrations);
  const joined = all.filter((one) => !before.has(serviceKey(one)));
  const isOurs = (instance: Instance): boolean =>
    all.some((one) => serviceKey(one) === serviceKey(instance) && isSameEndpoint(one, instance));
  const alone = joined.filter((one) => (lists(serviceId(one)) ?? []).every(isOurs));
  return [...new Set(alone.map(shortName))];
}
