import { compareTexts } from '../text/compare-texts.ts';
import { isPlausibleHost, isSameAddress } from '../registry/address.ts';
import { type Listed, type Unreadable, unreadOf } from '../registry/listed.ts';
import { mayBeAt } from '../registry/may-be-at.ts';
import type { PlanFile, PlanFileService } from '../plan/plan-file.ts';
import type { PlanNote, PlanProblem } from '../plan/plan-problem.ts';
import {
  type Instance,
  byEndpoint,
  endpointText,
  instanceId,
  isNamed,
  parseEndpoint,
} from '../registry/service.ts';
import { fullName } from '../registry/service-name.ts';
import { versionKey } from '../plan/plan-settings.ts';
import { fittingInstances } from '../which/where.ts';
import { twinsAt } from '../registry/twins.ts';

export type Chosen =
  | { readonly ok: true; readonly instances: readonly Instance[]; readonly notes: readonly PlanNote[] }
  | { readonly ok: false; readonly problem: PlanProblem };

const similarMax = 8;

/**
 * The instances of one service that a plan file means, in the order in which they go; none where all are on the version
 * that is wanted. `service` is for people.
 */
export function chooseInstances(
  entry: PlanFileService,
  service: string,
  { items: listed, unreadable }: Listed<Instance>,
  file: Pick<PlanFile, 'alreadyOff' | 'defaults'>,
): Chosen {
  const problem = missing(entry, service, { items: listed, unreadable });
  if (problem !== undefined) return { ok: false, problem };
  const inCluster = listed.filter(({ cluster }) => cluster === (entry.cluster ?? cluster));
  if (inCluster.length === 0) return nothing(service, unreadable.length > 0 ? 'unreadable' : 'empty');
  const named = inCluster.filter((instance) => isWanted(entry, instance));
  if (named.length === 0) return nothing(service, 'excluded');
  const fitting = fittingInstances(entry, service, named, versionKey(entry, file));
  if (!fitting.ok || fitting.instances.length === 0) return fitting;
  const wanted = fitting.instances;
  const isTakenAlong = file.alreadyOff === 'take-along';
  const taken = wanted.filter(({ enabled }) => enabled || isTakenAlong);
  if (taken.length === 0) return nothing(service, 'already-off', wanted.map(endpointText));
  const implausible = taken.find(({ ip }) => !isPlausibleHost(ip));
  if (implausible !== undefined)
    return { ok: false, problem: { kind: 'bad-address', service, instance: endpointText(implausible) } };
  const twice = taken.find((one) => twinsAt(listed, one).length > 0);
  if (twice !== undefined) return { ok: false, problem: registeredTwice(twice, listed) };
  const notes = wanted
    .filter(({ enabled }) => !enabled)
    .map((off): PlanNote => ({ kind: 'already-off', service, instance: endpointText(off), isTakenAlong }));
  return { ok: true, instances: inOrder(entry, taken), notes: [...fitting.notes, ...notes] };
}

/** Neither of its registrations can go off and come back alone, nor with its own weight. */
export function registeredTwice(instance: Instance, listed: readonly Instance[]): PlanProblem {
  return {
    kind: 'registered-twice',
    service: fullName(instance),
    instance: endpointText(instance),
    id: instanceId(instance),
    twins: twinsAt(listed, instance),
  };
}

/** The first name in the file that nothing answers to; a misspelt exclusion would roll what was to be spared. */
function missing(
  entry: PlanFileService,
  service: string,
  { items: listed, unreadable }: Listed<Instance>,
): PlanProblem | undefined {
  const { cluster } = entry;
  const clusters = [...new Set(listed.map((instance) => instance.cluster))];
  if (cluster !== undefined && listed.length > 0 && !clusters.includes(cluster))
    return { kind: 'cluster-missing', service, cluster, similar: clusters.slice(0, similarMax) };
  if (entry.order?.by === 'metadata' && entry.order.key === undefined)
    return { kind: 'order-key-missing', service };
  const here = listed.filter((instance) => instance.cluster === (cluster ?? instance.cluster));
  const isListed = (name: string): boolean => here.some((instance) => isNamed(instance, name));
  const unreadAt = (name: string): Unreadable | undefined => {
    const endpoint = parseEndpoint(name);
    return endpoint && unreadable.find((record) => mayBeAt(record, endpoint));
  };
  const named = entry.instances ?? [];
  const unreadName = named.find((name) => !isListed(name) && unreadAt(name) !== undefined);
  const record = unreadName === undefined ? undefined : unreadAt(unreadName);
  if (unreadName !== undefined && record !== undefined)
    return { kind: 'unreadable', service, instance: unreadName, unread: unreadOf(record) };
  // What is not rolled anyway may be excluded.
  const unknown = [...named, ...(entry.exclude ?? [])].find(
    (name) => !isListed(name) && unreadAt(name) === undefined,
  );
  return unknown === undefined
    ? undefined
    : { kind: 'instance-missing', service, instance: unknown, similar: similarTo(unknown, here) };
}

/** Those with the same ip or port first. */
export function similarTo(name: string, listed: readonly Instance[]): readonly string[] {
  const named = parseEndpoint(name);
  const sorted = [...listed].sort(byEndpoint);
  const isNear = ({ ip, port }: Instance): boolean =>
    named !== undefined && (isSameAddress(ip, named.ip) || port === named.port);
  return [...sorted.filter(isNear), ...sorted.filter((one) => !isNear(one))]
    .map(endpointText)
    .slice(0, similarMax);
}

function nothing(
  service: string,
  why: 'empty' | 'excluded' | 'already-off' | 'unreadable',
  instances: readonly string[] = [],
): Chosen {
  return { ok: false, problem: { kind: 'nothing-to-roll', service, why, instances } };
}

function isWanted(entry: PlanFileService, instance: Instance): boolean {
  const isIn = (names: readonly string[]): boolean => names.some((name) => isNamed(instance, name));
  return (entry.instances === undefined || isIn(entry.instances)) && !isIn(entry.exclude ?? []);
}

/** As given where instances are named and no order is; else by ip, which also breaks every tie. */
function inOrder(entry: PlanFileService, instances: readonly Instance[]): readonly Instance[] {
  const by = entry.order?.by ?? (entry.instances === undefined ? 'ip' : 'given');
  const sorted = [...instances].sort(byEndpoint);
  switch (by) {
    // Who is called least is not known before the review.
    case 'traffic':
    case 'ip':
      return sorted;
    case 'given':
      return sorted.sort((a, b) => placeOf(entry, a) - placeOf(entry, b));
    case 'weight':
      return sorted.sort((a, b) => a.weight - b.weight);
    case 'cluster':
      return sorted.sort((a, b) => compareTexts(a.cluster, b.cluster));
    case 'metadata': {
      const key = entry.order?.key ?? '';
      return sorted.sort((a, b) => compareTexts(a.metadata[key] ?? '', b.metadata[key] ?? ''));
    }
  }
}

function placeOf(entry: PlanFileService, instance: Instance): number {
  return entry.instances?.findIndex((name) => isNamed(instance, name)) ?? 0;
}
