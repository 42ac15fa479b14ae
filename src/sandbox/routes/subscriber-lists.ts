import { isSameService, type ServiceId } from '../../core/registry/service.ts';
import type { RegistryState, RegistrySubscriber } from '../registry/registry-state.ts';

/** One entry for all clients of a host with the same version and application, as real servers list them. */
export function subscribersOf(state: RegistryState, id: ServiceId): readonly RegistrySubscriber[] {
  const listed = new Map<string, RegistrySubscriber>();
  for (const one of state.subscribers)
    if (isSameService(one.service, id)) listed.set(`${one.address} ${one.agent} ${one.app}`, one);
  return [...listed.values()];
}

/** The connections that subscribe from an address, by their ids. */
export function connectionsOf(
  state: RegistryState,
  id: ServiceId,
  address: string,
): readonly (RegistrySubscriber & { readonly clientId: string })[] {
  return state.subscribers
    .map((one, index) => ({ ...one, clientId: `1795717210243_127.0.0.1_${50_000 + index}` }))
    .filter((one) => isSameService(one.service, id) && one.address === address);
}
