import { addressKey } from './address.ts';
import { type Endpoint, type Instance, isSameEndpoint, isServing } from './service.ts';

/** One of several registrations of a service at one address. */
export type Twin = {
  readonly cluster: string;
  /** As it is registered: another spelling of the address is another registration. */
  readonly ip: string;
  readonly weight: number;
  readonly enabled: boolean;
};

/** The registrations at an address, where it is registered more than once: by two clients, or in two clusters. */
export function twinsAt(instances: readonly Instance[], endpoint: Endpoint): readonly Twin[] {
  const found = instances.filter((instance) => isSameEndpoint(instance, endpoint));
  return found.length < 2
    ? []
    : found.map(({ cluster, ip, weight, enabled }) => ({ cluster, ip, weight, enabled }));
}

/** Whether a write to each can leave it its weight: a server keeps one for an address in a cluster. */
export function keepTheirWeights(twins: readonly Twin[]): boolean {
  return twins.every((one) =>
    twins.every(
      ({ cluster, ip, weight }) => cluster !== one.cluster || ip !== one.ip || weight === one.weight,
    ),
  );
}

/**
 * One instance for every address that serves. A process that is registered twice counts once, and not at all while any
 * registration of it that is on is not on and well.
 */
export function servingProcesses(instances: readonly Instance[]): readonly Instance[] {
  const on = instances.filter(({ enabled }) => enabled);
  return [...byAddress(on).values()].flatMap((alike) => (alike.every(isServing) ? alike.slice(0, 1) : []));
}

/** One registration for every address: of several the first that is on, or off. */
export function oneOfEach(instances: readonly Instance[], prefer: 'on' | 'off'): readonly Instance[] {
  return [...byAddress(instances).values()].flatMap((alike) =>
    (alike.some(isPreferred(prefer)) ? alike.filter(isPreferred(prefer)) : alike).slice(0, 1),
  );
}

const isPreferred =
  (prefer: 'on' | 'off') =>
  ({ enabled }: Instance): boolean =>
    enabled === (prefer === 'on');

function byAddress(instances: readonly Instance[]): ReadonlyMap<string, readonly Instance[]> {
  return Map.groupBy(instances, ({ ip, port }) => `${addressKey(ip)} ${port}`);
}
