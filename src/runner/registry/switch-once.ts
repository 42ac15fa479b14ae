import type { Failure } from '../../core/rollout/failure.ts';
import { type ServiceView, mayTakeOff } from '../../core/rollout/guard.ts';
import { type Plan, type Registration, type Target, registrationId } from '../../core/plan/plan.ts';
import { endpointText, isSameEndpoint, isSameService } from '../../core/registry/service.ts';
import type { Clock } from '../../world/clock.ts';
import type { Registry, WriteOutcome } from '../../world/registry.ts';
import {
  type NodeReading,
  firstError,
  readGuardViews,
  readNodes,
  recordsToWrite,
  twinsToSpare,
} from '../context/node-views.ts';
import { shortName } from '../../core/registry/service-name.ts';
import { readBack } from './read-back-once.ts';

export type SwitchRequest = {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly plan: Plan;
  /** An instance and its companions: they go off in this order and come back in reverse. */
  readonly target: Target;
  readonly enabled: boolean;
  readonly signal?: AbortSignal;
};

export type SwitchOutcome =
  | { readonly ok: true; readonly ms: number; readonly wasAlready: boolean }
  /** `mayBeOff`: registrations that may be off because of us. `hasWritten`: anything was sent at all. */
  | {
      readonly ok: false;
      readonly failure: Failure;
      readonly hasWritten: boolean;
      readonly mayBeOff: readonly string[];
    };

/** Puts one target on or takes it off, once, with no rollout around it: guarded, all or nothing, and read back. */
export async function switchOnce(request: SwitchRequest): Promise<SwitchOutcome> {
  const { registry, clock, plan, target, enabled } = request;
  const began = clock.monotonic();
  const untouched = (failure: Failure): SwitchOutcome => ({
    ok: false,
    failure,
    hasWritten: false,
    mayBeOff: [],
  });
  const guarded = await readGuardViews(registry, registry.nodeAddresses, target.registrations);
  if (!guarded.ok) return untouched({ kind: 'registry', error: guarded.error });
  const isDue = ({ wasEnabled }: Registration): boolean => wasEnabled !== enabled;
  const due = target.registrations
    .filter(isDue)
    .flatMap((registration) => spelledAsListed(registration, guarded.views));
  // The plan was made of what one server node lists.
  const other = await readBack(
    request,
    target.registrations.filter((one) => !isDue(one)),
    enabled,
  );
  if (other !== undefined) return untouched(other);
  if (due.length === 0) return { ok: true, ms: 0, wasAlready: true };
  if (!enabled) {
    const verdict = mayTakeOff(plan, target, [], guarded.views);
    if (verdict.kind === 'refused') return untouched({ kind: 'refused', refusals: verdict.refusals });
  }
  const done: Registration[] = [];
  for (const registration of enabled ? due.toReversed() : due) {
    const brought = await bringTo(request, registration, enabled);
    if (brought.failure !== undefined) {
      const touched = brought.wasSent ? [...done, registration] : done;
      const mayBeOff = enabled ? [] : await putBack(request, touched);
      const hasWritten = touched.length > 0;
      return { ok: false, failure: brought.failure, hasWritten, mayBeOff };
    }
    done.push(registration);
  }
  const refused = enabled ? undefined : await countedSince(request);
  if (refused !== undefined)
    return { ok: false, failure: refused, hasWritten: true, mayBeOff: await putBack(request, done) };
  return { ok: true, ms: Math.round(clock.monotonic() - began), wasAlready: false };
}

/** Where its address is registered in several spellings, each of them: a write reaches one. */
function spelledAsListed(registration: Registration, views: readonly ServiceView[]): readonly Registration[] {
  const spelled = views
    .filter((view) => isSameService(view.service, registration))
    .flatMap((view) => view.instances.filter((one) => isSameEndpoint(one, registration)))
    .map(({ ip }) => ip);
  return [...new Set([registration.ip, ...spelled])]
    .filter((ip) => spelled.length === 0 || spelled.includes(ip))
    .map((ip) => ({ ...registration, ip }));
}

/** Two that go at once both counted before either was off: as if ours were still on, would it go now? */
async function countedSince({ registry, plan, target }: SwitchRequest): Promise<Failure | undefined> {
  const counted = await readGuardViews(registry, registry.nodeAddresses, target.registrations);
  // It was well counted before, and is proven off.
  if (!counted.ok) return undefined;
  const views = counted.views.map((view) => ({
    ...view,
    instances: view.instances.map((instance) => {
      const isOurs = target.registrations.some(
        (one) => one.wasEnabled && isSameService(one, instance) && isSameEndpoint(one, instance),
      );
      return isOurs ? { ...instance, enabled: true } : instance;
    }),
  }));
  const verdict = mayTakeOff(plan, target, [], views, () => 'off');
  return verdict.kind === 'refused' ? { kind: 'refused', refusals: verdict.refusals } : undefined;
}

/** Those that could not be put back are named. */
async function putBack(request: SwitchRequest, off: readonly Registration[]): Promise<readonly string[]> {
  const left: string[] = [];
  for (const registration of off.toReversed()) {
    const { signal: _signal, ...unstoppable } = request;
    const { failure } = await bringTo(unstoppable, registration, true);
    if (failure !== undefined) left.push(`${shortName(registration)} ${endpointText(registration)}`);
  }
  return left;
}

type Brought = { readonly failure: Failure | undefined; readonly wasSent: boolean };

async function bringTo(
  request: SwitchRequest,
  registration: Registration,
  enabled: boolean,
): Promise<Brought> {
  const { registry, signal } = request;
  const before = await readNodes(registry, registry.nodeAddresses, [registration], signal);
  const error = firstError(before);
  if (error !== undefined) return { failure: { kind: 'registry', error }, wasSent: false };
  const twins = twinsToSpare(before, registration, enabled);
  if (twins !== undefined)
    return {
      failure: { kind: 'registered-twice', instance: endpointText(registration), twins },
      wasSent: false,
    };
  const { outcome, wasSent } = await writeAll(registry, registration, enabled, before);
  if (outcome.kind === 'refused') return { failure: { kind: 'registry', error: outcome.error }, wasSent };
  const late = await readBack(request, [registration], enabled);
  const isUnknown = late !== undefined && outcome.kind === 'unknown';
  return { failure: isUnknown ? { kind: 'registry', error: outcome.error } : late, wasSent };
}

/** Each with the weight that is listed now, until one is not accepted. */
async function writeAll(
  registry: Registry,
  registration: Registration,
  enabled: boolean,
  readings: readonly NodeReading[],
): Promise<{ readonly outcome: WriteOutcome; readonly wasSent: boolean }> {
  const listed = recordsToWrite(readings, registration, enabled);
  let outcome: WriteOutcome = { kind: 'accepted' };
  let wasSent = false;
  for (const { ip, cluster, weight } of listed.length > 0 ? listed : [registration]) {
    const instance = { ...registrationId(registration), ip, cluster };
    outcome = await registry.write({ instance, enabled, weight, mode: 'registered' });
    wasSent ||= outcome.kind !== 'refused';
    if (outcome.kind !== 'accepted') break;
  }
  return { outcome, wasSent };
}
