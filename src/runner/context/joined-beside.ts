import { type Companion, isLeftAlone, isMeant } from '../../core/plan/companion-rules.ts';
import { type Registration, type Target, mainRegistration } from '../../core/plan/plan.ts';
import { isPlausibleHost, isSameAddress } from '../../core/registry/address.ts';
import {
  type Instance,
  type ServiceId,
  instanceId,
  instanceKey,
  isSameService,
} from '../../core/registry/service.ts';
import { twinsAt } from '../../core/registry/twins.ts';
import { isKnown } from '../../core/rollout/known.ts';
import { type Rollout, planOf, targetOf, wasThere } from '../../core/rollout/rollout.ts';
import { type TargetState, isActive } from '../../core/rollout/target-state.ts';
import { mapBounded } from '../../world/map-bounded.ts';
import type { Context } from './context.ts';
import type { Freshness } from './node-reads.ts';

const askedAtOnce = 8;
/**
 * How often it is asked who has come beside, while somebody is likely to come, and else. A list of thousands of services
 * takes its time: for so many times as long it is not asked for again.
 */
const newcomersEveryMs = 2000;
const newcomersCalmMs = 5000;
const newcomersSeldomMs = 10_000;
const restsFor = 9;
/** For so long after a registration was seen to go or come others of its process may do so. */
const stirredForMs = 30_000;

/** `isWhole`: all that may be there could be read. */
export type Strangers = { readonly found: readonly Instance[]; readonly isWhole: boolean };

/**
 * What is registered beside a target and not of the plan, as the plan looks for what goes with it: in services that the
 * target has nothing in. Nothing where the plan names its companions.
 */
export async function strangersBeside(
  { atIps, rollout, target: targetOf }: Context,
  name: string,
  { afterMs }: Freshness,
  signal: AbortSignal,
): Promise<Strangers> {
  const target = targetOf(name);
  const { foundBy, registrations } = target;
  if (foundBy === undefined) return { found: [], isWhole: true };
  const main = mainRegistration(target);
  const wanted = { afterMs, signal };
  const services = await atIps.services(main.namespace, main.ip, lookedAt(rollout(), main), wanted);
  if (!services.ok) return { found: [], isWhole: false };
  const meant = services.value.items.filter(
    (id) =>
      !registrations.some((one) => isSameService(one, id)) &&
      foundBy.some((rule) => mayMean(rule, main.group, id)),
  );
  const lists = await mapBounded(meant, askedAtOnce, (id) => atIps.instances(id, wanted));
  const found = lists.flatMap((list) => {
    const items = list.ok ? (list.value?.items ?? []) : [];
    return items.filter(
      (one) =>
        isBeside(target, one, sharesAddress(rollout, name, main)) &&
        !isKnown(rollout(), one) &&
        // Of two clients nobody knows which it is, nor can it be put on as it is.
        twinsAt(items, one).length === 0,
    );
  });
  return { found, isWhole: lists.every(({ ok }) => ok) };
}

/** Looks for strangers beside a target, each time when that is due: once a command was begun, and the sooner the likelier they are. */
export function lookBeside(
  context: Context,
  name: string,
): (signal: AbortSignal) => Promise<readonly Instance[]> {
  const { clock } = context.world;
  let lookedMs = Number.NEGATIVE_INFINITY;
  let restMs = 0;
  let stirredMs = Number.NEGATIVE_INFINITY;
  let signs = signsOf(context.state(name));
  const everyMs = (): number => {
    const state = context.state(name);
    const signsNow = signsOf(state);
    if (signsNow !== signs) stirredMs = clock.monotonic();
    signs = signsNow;
    const isStirred = clock.monotonic() - stirredMs < stirredForMs;
    const usualMs = isStirred || isComingUp(state) ? newcomersEveryMs : newcomersCalmMs;
    return Math.min(newcomersSeldomMs, Math.max(usualMs, restMs));
  };
  return async (signal) => {
    for (;;) {
      // Before the command what comes is no new version's.
      const isOld = context.state(name).deploy === undefined;
      const leftMs = lookedMs + everyMs() - clock.monotonic();
      if (signal.aborted) return [];
      if (!isOld && leftMs <= 0) break;
      await context.sleepOrEvent(isOld ? newcomersEveryMs : leftMs, signal);
    }
    const beganMs = clock.monotonic();
    const { found } = await strangersBeside(context, name, { afterMs: beganMs - everyMs() / 2 }, signal);
    lookedMs = clock.monotonic();
    restMs = restsFor * (lookedMs - beganMs);
    return found;
  };
}

/** What is seen of its process being another one: it goes away and comes back, or is on again after a moment. */
function signsOf({ registrations }: TargetState): string {
  return registrations
    .map(({ isAway, isExposed, exposures }) => `${isAway} ${isExposed} ${exposures}`)
    .join();
}

/** Whether a new version is about to register, or does so. */
function isComingUp({ step, phase, registrations }: TargetState): boolean {
  if (phase === 'stuck') return false;
  return step === 'check' || registrations.some(({ isAway }) => isAway);
}

/** The ips of all that new versions are being deployed to. */
function lookedAt(rollout: Rollout, { namespace }: Registration): readonly string[] {
  return rollout.targets.filter(isActive).flatMap(({ name }) => {
    const target = targetOf(rollout, name);
    const main = mainRegistration(target);
    return target.foundBy !== undefined && main.namespace === namespace ? [main.ip] : [];
  });
}

/** As the plan would have it: on, as it was when it came. */
export function registrationOf(instance: Instance): Registration {
  const { weight, metadata, ephemeral } = instance;
  return { ...instanceId(instance), weight, metadata: { ...metadata }, ephemeral, wasEnabled: true };
}

/** Whether the plan found it by a rule, and did not name it: a new version may do without it. */
export function isFoundByRule(target: Target, registration: Registration): boolean {
  const main = mainRegistration(target);
  if (registration === main) return false;
  return target.foundBy?.some((rule) => mayMean(rule, main.group, registration)) === true;
}

/** On, and nobody's yet. Those that were there before the first command are not new, whatever became of them. */
export function isNewBeside({ state, rollout }: Context, name: string, instance: Instance): boolean {
  const wasBefore = wasThere(rollout(), state(name).deploy?.firstLook, instanceKey(instance));
  return instance.enabled && wasBefore === false && !isKnown(rollout(), instance);
}

function mayMean(rule: Companion, group: string, id: ServiceId): boolean {
  return typeof rule === 'string' ? !isLeftAlone(id) : isMeant(rule, group, id);
}

function sharesAddress(rollout: Context['rollout'], name: string, { ip }: Registration): boolean {
  return planOf(rollout()).targets.some(
    (other) => other.name !== name && isSameAddress(mainRegistration(other).ip, ip),
  );
}

/** At the ip; where that may be several processes', at a port of this one, or at the one that the plan says. */
function isBeside(target: Target, instance: Instance, isShared: boolean): boolean {
  const main = mainRegistration(target);
  if (!isSameAddress(instance.ip, main.ip) || !isPlausibleHost(instance.ip)) return false;
  const isAtItsPort = target.registrations.some(({ port }) => port === instance.port);
  return (target.foundBy ?? []).some((rule) => {
    if (!mayMean(rule, main.group, instance)) return false;
    if (rule === 'ip') return true;
    if (rule === 'process') return isAtItsPort;
    const { port } = rule;
    if (port === undefined) return isAtItsPort || !isShared;
    return instance.port === (typeof port === 'string' ? main.port + Number(port) : port);
  });
}
