import { isKnown } from './known.ts';
import type { Forecast } from '../event/event-parts.ts';
import type { Refusal, TakenOff } from '../event/failure.ts';
import { unreadOf } from '../registry/listed.ts';
import { mayBeAt } from '../registry/may-be-at.ts';
import { type Plan, type Registration, type Target, minimumOf } from '../plan/plan.ts';
import { type Rollout, planOf, targetOf, targetState, wasThere } from './rollout.ts';
import { type Mark, type RegistrationState, isActive, isHeld, isHeldOff } from './target-state.ts';
import {
  type Instance,
  endpointText,
  instanceKey,
  isSameEndpoint,
  isSameService,
  isServing,
} from '../registry/service.ts';
import { shortName } from '../registry/service-name.ts';
import { type Spared, zoneShortfalls } from '../batches/zone-minimum.ts';
import { isOverridden } from '../plan/overrides.ts';
import { servingProcesses, twinsAt } from '../registry/twins.ts';
import {
  type ServiceView,
  emptiedCluster,
  isListedOff,
  percent,
  thresholdRatio,
  weightOf,
  without,
} from './service-view.ts';

export type GuardVerdict =
  | { readonly kind: 'go'; readonly forecast: readonly Forecast[] }
  | {
      readonly kind: 'refused';
      readonly refusals: readonly Refusal[];
      readonly forecast: readonly Forecast[];
    };

/**
 * Whether a target may go off now. Counted on every view, less every registration that we already mean to disable:
 * lists lag behind writes by up to a second.
 */
export function mayTakeOff(
  plan: Plan,
  target: Target,
  meantOff: readonly Registration[],
  views: readonly ServiceView[],
  markOf: (registration: Registration) => Mark = () => 'untouched',
): GuardVerdict {
  const judged = target.registrations.flatMap((registration) =>
    views
      // Off before us, it takes nothing away, unless somebody has put it on since.
      .filter((view) => isSameService(view.service, registration))
      .filter((view) => registration.wasEnabled || view.instances.some((one) => isOnAt(one, registration)))
      .map((view) => judge(plan, target, registration, meantOff, view, markOf(registration))),
  );
  const refusals = firstOfEach(judged.flatMap((one) => one.refusals));
  const forecast = fewestOfEach(judged.map((one) => one.forecast));
  return refusals.length === 0 ? { kind: 'go', forecast } : { kind: 'refused', refusals, forecast };
}

/** Registrations of other targets that are off, going off, coming back or kept out because of us; a target's companions go with it. */
export function meantOffBy(rollout: Rollout, exceptTarget: string): readonly Registration[] {
  return rollout.targets
    .filter((target) => target.name !== exceptTarget && (target.isMeantOff || isHeldOff(target)))
    .flatMap((target) =>
      targetOf(rollout, target.name).registrations.filter(
        // Of one that is through, a registration that was off before us stays off alone.
        (_, index) => target.phase !== 'ended' || isHeld(target.registrations[index]?.mark),
      ),
    );
}

/** `alsoOff`: other targets that count as off, whatever is listed of them. */
export function guardTarget(
  rollout: Rollout,
  name: string,
  listed: readonly ServiceView[],
  alsoOff: readonly string[] = [],
): GuardVerdict {
  const target = targetOf(rollout, name);
  const isUnproven = unprovenIn(rollout);
  const views = listed.map((view) => ({
    ...view,
    instances: view.instances.filter((instance) => !isUnproven(instance)),
  }));
  const marks = new Map(
    target.registrations.map((one, index) => [
      one,
      knownMark(targetState(rollout, name).registrations[index]),
    ]),
  );
  const markOf = (registration: Registration): Mark => marks.get(registration) ?? 'untouched';
  const meantOff = [
    ...meantOffBy(rollout, name),
    ...alsoOff.flatMap((other) => targetOf(rollout, other).registrations),
  ];
  const verdict = mayTakeOff(planOf(rollout), target, meantOff, views, markOf);
  const takenOff = target.registrations.flatMap((one, registration) =>
    !isHeld(markOf(one)) && isListedOff(one, views) ? [{ ...takenOffBySomebody(one), registration }] : [],
  );
  if (takenOff.length === 0) return verdict;
  return { kind: 'refused', refusals: takenOff, forecast: verdict.forecast };
}

/** What the new version does without is away as what we took off may be. */
function knownMark(state: RegistrationState | undefined): Mark {
  return state?.isDropped === true ? 'off' : (state?.mark ?? 'untouched');
}

/** On by all that we did, and listed as off. */
export function takenOffBySomebody(one: Registration, takenOff?: TakenOff): Refusal {
  const instance = `${endpointText(one)} ${shortName(one)}`;
  return { kind: 'taken-off', instance, ...(takenOff && { takenOff }) };
}

/** Who came up since a command began: it may be that target's process under another address, and is then ours to keep out. */
function unprovenIn(rollout: Rollout): (instance: Instance) => boolean {
  // A few of a thousand targets, looked for once for a thousand instances.
  const begun = rollout.targets.filter((target) => isActive(target) && target.deploy?.look !== undefined);
  return (instance) => {
    if (begun.length === 0) return false;
    const key = instanceKey(instance);
    return begun.some(
      (target) =>
        wasThere(rollout, target.deploy?.look, key) === false &&
        targetOf(rollout, target.name).registrations.some((one) => isSameService(one, instance)) &&
        !isKnown(rollout, instance),
    );
  };
}

type Judgement = { readonly refusals: readonly Refusal[]; readonly forecast: Forecast };

function judge(
  plan: Plan,
  target: Target,
  registration: Registration,
  meantOff: readonly Registration[],
  view: ServiceView,
  mark: Mark,
): Judgement {
  const isMeantOff = (instance: Instance): boolean =>
    meantOff.some((other) => isSameService(other, view.service) && isSameEndpoint(other, instance));
  const enabled = view.instances.filter((instance) => instance.enabled && !isMeantOff(instance));
  const serving = servingProcesses(enabled);
  // A process may be registered twice in one service.
  const own = target.registrations.filter((one) => isSameService(one, view.service));
  const left = without(serving, own);
  // An enable of ours that a list may not show yet: what is on by then would be taken off.
  const isHidden =
    (mark === 'coming-on' || (isHeld(mark) && isGivenUnread(view, registration))) &&
    !serving.some((instance) => isSameEndpoint(instance, registration));
  const forecast: Forecast = {
    service: shortName(view.service),
    now: serving.length + (isHidden ? 1 : 0),
    after: left.length,
    minimum: minimumOf(plan, view.service),
    weightPercent: percent(weightOf(without(enabled, own)), weightOf(enabled)),
    protectThreshold: view.protectThreshold,
    isThresholdReached: thresholdRatio(view, without(enabled, own)) !== undefined,
    ...emptiedCluster(enabled.filter(isServing), registration, own),
  };
  const refusals = isOverridden(plan, view.service)
    ? []
    : [
        ...refusalsOf(forecast, view, without(enabled, own)),
        ...zoneRefusals(plan, registration, view, { serving, left, isHidden }),
      ];
  const isMain = target.registrations[0] === registration;
  const obstacle = obstacleIn(view, registration, isMain);
  // What we took off already may well be away: its last deploy failed, and this is the next try.
  return { forecast, refusals: obstacle === undefined || isHeld(mark) ? refusals : [obstacle] };
}

/** We took it off, and somebody may have put it on since: its record cannot be read, and consumers are given it. */
function isGivenUnread({ unreadable, given = [] }: ServiceView, registration: Registration): boolean {
  return (
    unreadable.some((record) => mayBeAt(record, registration)) &&
    given.some((endpoint) => isSameEndpoint(endpoint, registration))
  );
}

/** Why it cannot be proven to be off, whoever takes it off. */
function obstacleIn(view: ServiceView, registration: Registration, isMain: boolean): Refusal | undefined {
  const endpoint = endpointText(registration);
  // Companions may all have the same address.
  const instance = isMain ? endpoint : `${endpoint} ${shortName(registration)}`;
  const record = view.unreadable.find((one) => mayBeAt(one, registration));
  if (record !== undefined) return { kind: 'unreadable', instance, ...unreadOf(record) };
  const twins = twinsAt(view.instances, registration);
  if (twins.length > 0) return { kind: 'registered-twice', instance, twins };
  const isListed = view.instances.some((one) => isSameEndpoint(one, registration));
  return isListed ? undefined : { kind: 'not-registered', instance };
}

function refusalsOf(
  forecast: Forecast,
  view: ServiceView,
  enabledAfter: readonly Instance[],
): readonly Refusal[] {
  const { service, now, after, minimum } = forecast;
  // An instance that serves nobody now takes nothing away when it goes off.
  if (now === after) return [];
  if (after === 0) return [{ kind: 'last-one', service, ...(now > 1 && { together: now }) }];
  if (after < minimum) return [{ kind: 'below-minimum', service, now, after, minimum, seenBy: view.node }];
  const ratio = thresholdRatio(view, enabledAfter);
  return ratio === undefined
    ? []
    : [{ kind: 'protect-threshold', service, threshold: forecast.protectThreshold, ratio }];
}

/** Its zone is what is listed now, else what was when the plan was made. */
function zoneRefusals(
  plan: Plan,
  registration: Registration,
  { node, service, instances }: ServiceView,
  spared: Spared,
): readonly Refusal[] {
  const own = instances.find((one) => isSameEndpoint(one, registration)) ?? registration;
  return zoneShortfalls(plan, service, own, spared).map((shortfall) => ({
    kind: 'below-zone-minimum',
    service: shortName(service),
    ...shortfall,
    seenBy: node,
  }));
}

function isOnAt(instance: Instance, registration: Registration): boolean {
  return isServing(instance) && isSameEndpoint(instance, registration);
}

function firstOfEach(refusals: readonly Refusal[]): readonly Refusal[] {
  const nameOf = (refusal: Refusal): string => ('instance' in refusal ? refusal.instance : refusal.service);
  const byName = new Map<string, Refusal>();
  for (const refusal of refusals) {
    const name = `${refusal.kind} ${nameOf(refusal)}`;
    if (!byName.has(name)) byName.set(name, refusal);
  }
  return [...byName.values()];
}

function fewestOfEach(forecasts: readonly Forecast[]): readonly Forecast[] {
  const byService = new Map<string, Forecast>();
  for (const forecast of forecasts) {
    const known = byService.get(forecast.service);
    if (known === undefined || forecast.after < known.after) byService.set(forecast.service, forecast);
  }
  return [...byService.values()];
}
