import { isPlausibleHost, isSameAddress } from '../registry/address.ts';
import {
  type Companion,
  type NamedCompanion,
  isLeftAlone,
  isMeant,
  isPattern,
} from '../plan/companion-rules.ts';
import { unreadOf } from '../registry/listed.ts';
import { mayBeAt } from '../registry/may-be-at.ts';
import { type PlanContext, idOfCompanion, serviceIdOf } from './plan-context.ts';
import type { PlanFileService } from '../plan/plan-file.ts';
import type { PlanProblem } from '../plan/plan-problem.ts';
import {
  type Instance,
  type ServiceId,
  byEndpoint,
  endpointText,
  instanceKey,
  isSameEndpoint,
  serviceKey,
} from '../registry/service.ts';
import { fullName } from '../registry/service-name.ts';
import { oneOfEach, twinsAt } from '../registry/twins.ts';
import { registeredTwice } from './choose-instances.ts';

export type Together =
  | {
      readonly ok: true;
      readonly instances: readonly Instance[];
      /** Found, and left alone: nobody calls them. */
      readonly leftAlone: readonly ServiceId[];
    }
  | { readonly ok: false; readonly problem: PlanProblem };

/** The instance and what goes off and on with it, each once, in the order in which they go off. */
export function withCompanions(entry: PlanFileService, instance: Instance, context: PlanContext): Together {
  const together = new Map([[instanceKey(instance), instance]]);
  const leftAlone: ServiceId[] = [];
  for (const companion of entry.companions ?? []) {
    const found = companionsOf(companion, entry, instance, context);
    if (!found.ok) return found;
    leftAlone.push(...found.leftAlone);
    for (const one of found.instances)
      if (!together.has(instanceKey(one))) together.set(instanceKey(one), one);
  }
  return { ok: true, instances: [...together.values()], leftAlone };
}

function companionsOf(
  companion: Companion,
  entry: PlanFileService,
  instance: Instance,
  context: PlanContext,
): Together {
  if (companion === 'process') return ofProcess(instance, context);
  if (companion === 'ip') return allAtIp(instance, context);
  if (isPattern(companion)) return ofPattern(companion, entry, instance, context);
  const found = namedCompanion(companion, entry, instance, context);
  return found.ok ? { ok: true, instances: [found.companion], leftAlone: [] } : found;
}

/** What is gone since it was told is no longer there to be taken off. */
function ofProcess(instance: Instance, context: PlanContext): Together {
  const ids = context.processOf?.(instance);
  if (ids === undefined) {
    const service = fullName(instance);
    return { ok: false, problem: { kind: 'process-unknown', service, instance: endpointText(instance) } };
  }
  const called = ids.filter((id) => !isLeftAlone(id));
  const found = called.flatMap(
    (id) =>
      context
        .lists(id)
        ?.filter((one) => isSameEndpoint(one, id))
        .slice(0, 1) ?? [],
  );
  const leftAlone = ids.filter((id) => isLeftAlone(id));
  return firstProblem(found, context) ?? { ok: true, instances: found, leftAlone };
}

function allAtIp(instance: Instance, context: PlanContext): Together {
  const found: Instance[] = [];
  const leftAlone: ServiceId[] = [];
  for (const id of context.around ?? []) {
    const there = (context.lists(id) ?? []).filter(({ ip }) => isSameAddress(ip, instance.ip));
    if (isLeftAlone(id)) {
      leftAlone.push(...there.slice(0, 1));
      continue;
    }
    const record = unreadableAt(id, instance, undefined, context);
    if (record !== undefined) return { ok: false, problem: record };
    found.push(...oneOfEach(there, 'on').toSorted(byEndpoint));
  }
  return firstProblem(found, context) ?? { ok: true, instances: found, leftAlone };
}

/** One registration of each service that it fits, as if each had been named. */
function ofPattern(
  pattern: NamedCompanion,
  entry: PlanFileService,
  instance: Instance,
  context: PlanContext,
): Together {
  const { group: home } = serviceIdOf(entry, context);
  const ids = (context.around ?? []).filter(
    (id) =>
      isMeant(pattern, home, id) &&
      serviceKey(id) !== serviceKey(instance) &&
      ((context.lists(id) ?? []).some(({ ip }) => isSameAddress(ip, instance.ip)) ||
        unreadableAt(id, instance, undefined, context) !== undefined),
  );
  const found: Instance[] = [];
  for (const { group, service } of ids) {
    const one = namedCompanion({ ...pattern, group, service }, entry, instance, context);
    if (!one.ok) return one;
    found.push(one.companion);
  }
  if (found.length > 0) return { ok: true, instances: found, leftAlone: [] };
  const text = fullName(idOfCompanion(pattern, entry, context));
  return {
    ok: false,
    problem: { kind: 'pattern-missing', instance: endpointText(instance), pattern: text, similar: [] },
  };
}

/** Why one of those that were found cannot be taken along. */
function firstProblem(found: readonly Instance[], context: PlanContext): Together | undefined {
  const problem = found
    .map((one) => problemOf(one, context.lists(one) ?? []))
    .find((one) => one !== undefined);
  return problem && { ok: false, problem };
}

function problemOf(companion: Instance, listed: readonly Instance[]): PlanProblem | undefined {
  if (twinsAt(listed, companion).length > 0) return registeredTwice(companion, listed);
  if (isPlausibleHost(companion.ip)) return undefined;
  return { kind: 'bad-address', service: fullName(companion), instance: endpointText(companion) };
}

/** What is listed at the ip, at this port or any, and cannot be read. */
function unreadableAt(
  id: ServiceId,
  { ip }: Instance,
  port: number | undefined,
  context: PlanContext,
): PlanProblem | undefined {
  const record = (context.unreadable?.(id) ?? []).find((one) =>
    mayBeAt(one, { ip, port: port ?? one.port ?? 0 }),
  );
  return record && { kind: 'unreadable', service: fullName(id), instance: ip, unread: unreadOf(record) };
}

function namedCompanion(
  named: NamedCompanion,
  entry: PlanFileService,
  instance: Instance,
  context: PlanContext,
):
  | { readonly ok: true; readonly companion: Instance }
  | { readonly ok: false; readonly problem: PlanProblem } {
  const id = idOfCompanion(named, entry, context);
  const port = companionPort(named.port, instance);
  const listed = [...(context.lists(id) ?? [])].sort(byEndpoint);
  const beside = listed.filter(({ ip }) => isSameAddress(ip, instance.ip));
  const partner = port ?? partnerPort(instance, entry, beside, context);
  const matching = oneOfEach(
    beside.filter((other) => other.port === (partner ?? other.port)),
    'on',
  );
  const [companion] = matching;
  const record = unreadableAt(id, instance, partner, context);
  if (companion === undefined && record !== undefined) return { ok: false, problem: record };
  if (companion === undefined || matching.length > 1) {
    const kind = companion === undefined ? 'companion-missing' : 'companion-ambiguous';
    const found = oneOfEach(beside.length > 0 ? beside : listed, 'on')
      .slice(0, 8)
      .map(endpointText);
    return {
      ok: false,
      problem: { kind, instance: endpointText(instance), companion: fullName(id), found },
    };
  }
  const problem = problemOf(companion, listed);
  return problem === undefined ? { ok: true, companion } : { ok: false, problem };
}

/** A text is a distance from the instance's own port. */
function companionPort(port: number | string | undefined, instance: Instance): number | undefined {
  return typeof port === 'string' ? instance.port + Number(port) : port;
}

/**
 * Where several processes share an address and each has one companion there at the same distance from its own port,
 * it is plain which belongs to which.
 */
function partnerPort(
  instance: Instance,
  entry: PlanFileService,
  beside: readonly Instance[],
  context: PlanContext,
): number | undefined {
  const here = (context.lists(serviceIdOf(entry, context)) ?? []).filter(({ ip }) =>
    isSameAddress(ip, instance.ip),
  );
  const own = oneOfEach(here, 'on').toSorted(byEndpoint);
  const others = oneOfEach(beside, 'on');
  const distances = new Set(others.map((other, index) => other.port - (own[index]?.port ?? 0)));
  const [distance] = distances;
  return own.length === others.length && distances.size === 1 ? instance.port + (distance ?? 0) : undefined;
}
