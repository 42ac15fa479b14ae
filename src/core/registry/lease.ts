import { type Instance, type InstanceId, type ServiceId, defaultCluster, serviceKey } from './service.ts';

/** The service that holds every lease of one namespace. Its instances are rollouts, not processes. */
export const leaseService = 'nacos-rollout-lease';
export const leaseGroup = 'NACOS_ROLLOUT';

/** What newRolloutId makes. What a lease says of itself may be anything: only this may stand in a command. */
export function isRolloutId(text: string): boolean {
  return /^[0-9a-f]{8}$/.test(text);
}

export type LeaseStage = 'claiming' | 'holding';

/** What a lease says to other rollouts, in metadata that stays under 1,000 characters. */
export type LeaseClaim = {
  /** Of a claim that is listed: whatever its metadata says, see isRolloutId. It holds its services all the same. */
  readonly id: string;
  readonly by: string;
  /** When it was claimed, by the claimer's wall clock: for people only. */
  readonly since: string;
  readonly stage: LeaseStage;
  /** Short hashes of the services that are rolled: names may be long, and many. */
  readonly services: readonly string[];
};

export function leaseServiceId(namespace: string): ServiceId {
  return { namespace, group: leaseGroup, service: leaseService };
}

/**
 * Where a lease is registered: made from the rollout's id, never from the host. Nacos knows an instance by ip:port
 * alone, and a second registration silently replaces the first. 198.18.0.0/15 is reserved for benchmarks: nobody
 * answers there.
 */
export function leaseInstance(namespace: string, id: string): InstanceId {
  const number = Number.parseInt(id, 16);
  const high = Math.floor(number / 2 ** 15);
  const ip = `198.${18 + (Math.floor(high / 2 ** 16) % 2)}.${Math.floor(high / 2 ** 8) % 256}.${high % 256}`;
  return { ...leaseServiceId(namespace), cluster: defaultCluster, ip, port: 32_768 + (number % 2 ** 15) };
}

/** FNV-1a, 32 bits: short enough for many services, and a collision only makes somebody wait. */
export function serviceHash(id: ServiceId): string {
  let hash = 0x811c9dc5;
  for (const char of serviceKey(id)) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(36);
}

const longestServices = 700;

export function claimMetadata(claim: LeaseClaim): Readonly<Record<string, string>> {
  const services = claim.services.join(',');
  return {
    id: claim.id,
    by: claim.by.slice(0, 120),
    since: claim.since,
    stage: claim.stage,
    // Too many to name: then it is about everything.
    services: services.length > longestServices ? '*' : services,
  };
}

/** The claim that a record of the lease service stands for; undefined for anything else. */
export function claimOf({ metadata = {} }: Partial<Pick<Instance, 'metadata'>>): LeaseClaim | undefined {
  const { id, by, since, stage, services } = metadata;
  if (id === undefined || (stage !== 'claiming' && stage !== 'holding')) return undefined;
  return { id, by: by ?? '', since: since ?? '', stage, services: (services ?? '*').split(',') };
}

function isOverlapping(a: LeaseClaim, b: LeaseClaim): boolean {
  const isEverything = a.services.includes('*') || b.services.includes('*');
  return isEverything || a.services.some((service) => b.services.includes(service));
}

function othersThan(own: LeaseClaim, listed: readonly LeaseClaim[]): readonly LeaseClaim[] {
  return listed.filter((other) => other.id !== own.id && isOverlapping(own, other));
}

/** Who claims too and has to give way to `own`, as soon as it has seen it; undefined for nobody. */
export function behindOf(own: LeaseClaim, listed: readonly LeaseClaim[]): LeaseClaim | undefined {
  return othersThan(own, listed).find((other) => other.stage === 'claiming' && other.id > own.id);
}

/**
 * Who stands in the way of `own`, given everything that any server node lists: whoever holds, else the smallest id.
 * Undefined when the way is free.
 */
export function rivalOf(own: LeaseClaim, listed: readonly LeaseClaim[]): LeaseClaim | undefined {
  const others = othersThan(own, listed);
  const holder = others.find((other) => other.stage === 'holding');
  if (holder !== undefined || own.stage === 'holding') return holder;
  return others.filter((other) => other.id < own.id).sort((a, b) => (a.id < b.id ? -1 : 1))[0];
}
