import { isPlausibleHost, isSameAddress } from '../registry/address.ts';
import { type Unreadable, unreadOf } from '../registry/listed.ts';
import type { RegistryError } from '../registry/registry-error.ts';
import { mayBeAt } from '../registry/may-be-at.ts';
import type { PlanFileService } from './plan-file.ts';
import type { PlanProblem } from './plan-problem.ts';
import { type Instance, type ServiceId, byEndpoint, endpointText } from '../registry/service.ts';
import { fullName } from '../registry/service-name.ts';
import { oneOfEach, twinsAt } from '../registry/twins.ts';
import { registeredTwice } from './choose-instances.ts';

/** Where names without a namespace or group belong. */
export type PlanHome = { readonly namespace: string; readonly group: string };

export type PlanContext = PlanHome & {
  /** What Nacos lists, disabled ones included; undefined when the service does not exist. */
  readonly lists: (service: ServiceId) => readonly Instance[] | undefined;
  /** What Nacos lists there and cannot be read. */
  readonly unreadable?: (service: ServiceId) => readonly Unreadable[];
  /**
   * Of an address that is registered more than once, the first registration that is on, or off, stands for all. Absent:
   * no plan is made of such an address.
   */
  readonly ofTwins?: 'on' | 'off';
  /** What is known of a service that does not exist, and what may have been meant. */
  readonly missing?: (service: ServiceId) => Extract<RegistryError, { kind: 'service-missing' }> | undefined;
  /** Services that a person allowed to fall below their minimum, as they were typed. */
  readonly overrides?: readonly string[];
};

/** The instance and what goes off and on with it, in the order in which they go off. */
export function withCompanions(
  entry: PlanFileService,
  instance: Instance,
  context: PlanContext,
):
  | { readonly ok: true; readonly instances: readonly Instance[] }
  | { readonly ok: false; readonly problem: PlanProblem } {
  const together = [instance];
  for (const [index, id] of companionIdsOf(entry, context).entries()) {
    const port = companionPort(entry.companions?.[index]?.port, instance);
    const listed = [...(context.lists(id) ?? [])].sort(byEndpoint);
    const beside = listed.filter(({ ip }) => isSameAddress(ip, instance.ip));
    const partner = port ?? partnerPort(instance, entry, beside, context);
    const matching = oneOfEach(
      beside.filter((other) => other.port === (partner ?? other.port)),
      'on',
    );
    const [companion] = matching;
    const record = (context.unreadable?.(id) ?? []).find((one) =>
      mayBeAt(one, { ip: instance.ip, port: partner ?? one.port ?? 0 }),
    );
    if (companion === undefined && record !== undefined)
      return {
        ok: false,
        problem: {
          kind: 'unreadable',
          service: fullName(id),
          instance: instance.ip,
          unread: unreadOf(record),
        },
      };
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
    if (twinsAt(listed, companion).length > 0)
      return { ok: false, problem: registeredTwice(companion, listed) };
    if (!isPlausibleHost(companion.ip))
      return {
        ok: false,
        problem: { kind: 'bad-address', service: fullName(id), instance: endpointText(companion) },
      };
    together.push(companion);
  }
  return { ok: true, instances: together };
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
  const id = { namespace: context.namespace, group: entry.group ?? context.group, service: entry.service };
  const here = (context.lists(id) ?? []).filter(({ ip }) => isSameAddress(ip, instance.ip));
  const own = oneOfEach(here, 'on').toSorted(byEndpoint);
  const others = oneOfEach(beside, 'on');
  const distances = new Set(others.map((other, index) => other.port - (own[index]?.port ?? 0)));
  const [distance] = distances;
  return own.length === others.length && distances.size === 1 ? instance.port + (distance ?? 0) : undefined;
}

/** A service without a group is in that of the profile. */
export function serviceIdOf(entry: PlanFileService, home: PlanHome): ServiceId {
  return { namespace: home.namespace, group: entry.group ?? home.group, service: entry.service };
}

/** A companion without a group is in that of its service. */
export function companionIdsOf(entry: PlanFileService, home: PlanHome): readonly ServiceId[] {
  return (entry.companions ?? []).map(({ service, group }) => ({
    namespace: home.namespace,
    group: group ?? entry.group ?? home.group,
    service,
  }));
}
