import type { ConnectionSpec } from './connection-spec.ts';
import { type Endpoint, endpointText } from './service.ts';
import { addressKey, portInUrl } from './address.ts';

/** What tells one Nacos from another. The namespace does not: it is part of a service's name. */
export type NacosAddress = Pick<ConnectionSpec, 'servers' | 'contextPath'>;

/**
 * Whether two connections reach one Nacos. A server in common is enough: each may name other nodes of one cluster.
 * Behind another context path of one gateway is another Nacos.
 */
export function isSameNacos(a: NacosAddress, b: NacosAddress): boolean {
  const keys = new Set(a.servers.map(serverKey));
  return a.contextPath === b.contextPath && b.servers.some((server) => keys.has(serverKey(server)));
}

/** Whether a password that was typed for one of them is for the other: it is told to no other user, and to no other Nacos. */
export function isSameLogin(a: Login, b: Login): boolean {
  return a.username === b.username && isSameNacos(a, b);
}

type Login = NacosAddress & Pick<ConnectionSpec, 'username'>;

/**
 * `host:port`, the same for every spelling of one server address. The scheme is left out: a port speaks one, and says so
 * when asked in the other.
 */
export function serverKey(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url === undefined || url.hostname === '' ? address : endpointText(endpointOf(url));
}

/**
 * The same for two specs that one connection serves: it may fail over to every server that either names, in the
 * namespace of both.
 */
export function connectionKey({
  servers,
  contextPath,
  namespace,
}: NacosAddress & Pick<ConnectionSpec, 'namespace'>): string {
  return JSON.stringify([[...new Set(servers.map(serverKey))].sort(), contextPath, namespace]);
}

function endpointOf(url: URL): Endpoint {
  return { ip: addressKey(url.hostname), port: portInUrl(url) };
}
