import type { Consumer } from '../../core/drain/consumers.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { ServiceId } from '../../core/registry/service.ts';
import type { Registry } from '../../world/registry.ts';

/** Who consumes one service, or why nobody can say. `isEach`: one entry a client, however many share a host. */
export type ServiceConsumers = { readonly service: ServiceId } & (
  | { readonly consumers: readonly Consumer[]; readonly isEach: boolean }
  | { readonly error: RegistryError }
);
type Consumed = Pick<Registry, 'consumers' | 'subscribers'>;

export async function readConsumers(
  registry: Consumed,
  nodes: readonly string[],
  services: readonly ServiceId[],
): Promise<readonly ServiceConsumers[]> {
  return Promise.all(services.map((service) => consumersOf(registry, nodes, service)));
}

async function consumersOf(
  registry: Consumed,
  nodes: readonly string[],
  service: ServiceId,
): Promise<ServiceConsumers> {
  const each = await registry.consumers(service, nodes);
  if (each.ok && each.value !== undefined)
    return { service, consumers: sorted(each.value.map(withoutPort)), isEach: true };
  // With a login a server node may tell of those only that are connected to it.
  const found = new Map<string, Consumer>();
  for (const answer of await Promise.all(nodes.map((node) => registry.subscribers(service, { node })))) {
    if (!answer.ok) return { service, error: answer.error };
    for (const one of answer.value.map(withoutPort)) found.set(JSON.stringify(one), one);
  }
  return { service, consumers: sorted([...found.values()]), isEach: false };
}

/** Whoever is told over gRPC has no port; 3.x writes one of 0. */
function withoutPort(consumer: Consumer): Consumer {
  return { ...consumer, address: consumer.address.replace(/:0$/, '') };
}

function sorted(consumers: readonly Consumer[]): readonly Consumer[] {
  return consumers.toSorted((a, b) => Number(a.address > b.address) - Number(a.address < b.address));
}
