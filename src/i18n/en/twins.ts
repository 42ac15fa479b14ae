import type { Twin } from '../../core/registry/twins.ts';

/** What is registered at one address more than once; ends without a full stop. */
export function registeredTwice(
  instance: string,
  twins: readonly Twin[],
  clients: readonly string[] = [],
): string {
  const times = twins.length === 2 ? 'twice' : `${twins.length} times`;
  const by = clients.length === 0 ? '' : `, by the clients ${clients.join(' and ')}`;
  return `${instance} is registered ${times} (${twins.map(twinText).join('; ')})${by}`;
}

/** How to get on; a whole sentence. */
export const twinAdvice =
  'Nacos keeps one state and one weight for an address in a cluster, so that they could not go off and come back as they are: let the client that should not have it deregister it.';

function twinText({ cluster, ip, weight, enabled }: Twin): string {
  const spelled = ip.includes(':') ? ` as ${ip}` : '';
  return `weight ${weight} in cluster ${cluster}${spelled}${enabled ? '' : ', off'}`;
}
