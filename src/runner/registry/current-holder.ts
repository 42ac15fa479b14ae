import { type LeaseClaim, type LeaseStage, serviceHash } from '../../core/registry/lease.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { ServiceId } from '../../core/registry/service.ts';
import type { Registry } from '../../world/registry.ts';
import { readClaims } from '../store/lease-claims.ts';
import type { Holder } from '../store/lock.ts';
import { shortName } from '../../core/registry/service-name.ts';

/** The rollout that holds a service. */
export type ServiceHolder = Omit<Holder, 'pid' | 'startTicks'>;

export type HolderQuestion = {
  readonly registry: Pick<Registry, 'instances' | 'nodeAddresses'>;
  readonly namespace: string;
  readonly services: readonly ServiceId[];
  /** Who holds one of them on this machine. */
  readonly onThisMachine: ServiceHolder | undefined;
  /** Which claims count; absent: all of them, as a writer without a lease gives way to no claim. */
  readonly stage?: LeaseStage;
  /** Whether it is a rollout of this machine without a runner: what it registered ends by itself. */
  isGone(rollout: string): Promise<boolean>;
};

export type HolderAnswer =
  | { readonly kind: 'free' }
  | { readonly kind: 'held'; readonly holder: ServiceHolder }
  /** Nobody on this machine; the leases on the registry cannot be read. */
  | { readonly kind: 'unknown'; readonly error: RegistryError };

/** Whether a rollout holds one of these services: by a lock of this machine, or by a lease on the registry. */
export async function findServiceHolder(question: HolderQuestion): Promise<HolderAnswer> {
  const { registry, namespace, services, onThisMachine, stage } = question;
  if (onThisMachine !== undefined) return { kind: 'held', holder: onThisMachine };
  const read = await readClaims({ registry, nodes: registry.nodeAddresses, namespace }, 1);
  if (!read.ok) return { kind: 'unknown', error: read.error };
  for (const claim of read.claims.filter((one) => stage === undefined || one.stage === stage)) {
    const service = heldOf(claim, services);
    if (service === undefined || (await question.isGone(claim.id))) continue;
    const { id, by, since } = claim;
    return { kind: 'held', holder: { id, by, since, service: shortName(service) } };
  }
  return { kind: 'free' };
}

function heldOf(claim: LeaseClaim, services: readonly ServiceId[]): ServiceId | undefined {
  return claim.services.includes('*')
    ? services[0]
    : services.find((service) => claim.services.includes(serviceHash(service)));
}
