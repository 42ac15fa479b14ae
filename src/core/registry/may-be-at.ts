import type { Unreadable } from './listed.ts';
import { type Endpoint, isSameEndpoint } from './service.ts';

/**
 * Whether a record that cannot be read may be what is registered at an address. One without an ip is nowhere: nobody
 * can call it, there least of all.
 */
export function mayBeAt({ ip, port }: Unreadable, endpoint: Endpoint): boolean {
  return ip !== undefined && isSameEndpoint({ ip, port: port ?? endpoint.port }, endpoint);
}
