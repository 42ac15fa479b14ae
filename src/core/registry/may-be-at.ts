import type { Unreadable } from './listed.ts';
import { type Endpoint, isSameEndpoint } from './service.ts';

/**
 * Whether a record that cannot be read may be what is registered at an address: whatever its port, where that cannot be
 * read. What may be there is neither taken for off nor for gone.
 *
 * One without an ip is at no address: consumers get the very same record, and nobody can call what has none. So that
 * something at an address is gone may be concluded beside it; else one such record would keep every instance of its
 * service from ever being seen to leave or to restart.
 */
export function mayBeAt({ ip, port }: Unreadable, endpoint: Endpoint): boolean {
  return ip !== undefined && isSameEndpoint({ ip, port: port ?? endpoint.port }, endpoint);
}
