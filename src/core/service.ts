import type { Unreadable } from './listed.ts';

/** A service as Nacos names it. `namespace` is `public` for the default one, in every version. */
export type ServiceId = {
  readonly namespace: string;
  readonly group: string;
  readonly service: string;
};

/** Where a process answers. Nacos tells the instances of one service apart by this alone. */
export type Endpoint = { readonly ip: string; readonly port: number };

/** One registration. Nacos knows it by service, ip and port; the cluster is needed to write to it. */
export type InstanceId = ServiceId & Endpoint & { readonly cluster: string };

/** An instance as a server node lists it, with operator overrides already laid over it. */
export type Instance = InstanceId & {
  readonly enabled: boolean;
  readonly healthy: boolean;
  readonly weight: number;
  readonly ephemeral: boolean;
  readonly metadata: Readonly<Record<string, string>>;
};

/** A service with its counts. `ill` are instances that are enabled and not healthy. */
export type ServiceSummary = ServiceId & {
  readonly on: number;
  readonly off: number;
  readonly ill: number;
  /** How many of its registrations cannot be read; absent where all can. */
  readonly unreadable?: number;
};

/** What Nacos keeps about a service itself. */
export type ServiceDetail = ServiceId & {
  readonly protectThreshold: number;
  /** The selector as JSON; `none` where there is none. */
  readonly selector: string;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly clusters: readonly string[];
  /** Clusters whose names cannot be read. */
  readonly unreadable?: readonly Unreadable[];
};

export const defaultGroup = 'DEFAULT_GROUP';
export const defaultNamespace = 'public';
export const defaultCluster = 'DEFAULT';

/** `namespace/group@@service`, unique on one Nacos. */
export function serviceKey(id: ServiceId): string {
  return `${id.namespace}/${id.group}@@${id.service}`;
}

/** `ip:port`, with an IPv6 address in brackets. */
export function endpointText(endpoint: Endpoint): string {
  const { ip, port } = endpoint;
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}

/** Unique on one Nacos; the cluster is left out, as Nacos leaves it out. */
export function instanceKey(id: ServiceId & Endpoint): string {
  return `${serviceKey(id)}#${endpointText(id)}`;
}

/** The identity alone, without what a server said about it. */
export function instanceId(from: InstanceId): InstanceId {
  const { namespace, group, service, cluster, ip, port } = from;
  return { namespace, group, service, cluster, ip, port };
}

export function isSameService(a: ServiceId, b: ServiceId): boolean {
  return a.service === b.service && a.group === b.group && a.namespace === b.namespace;
}

export function isSameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return a.ip === b.ip && a.port === b.port;
}

/** On and well: enabled, healthy, and with a weight that gives it traffic. */
export function isServing(instance: Instance): boolean {
  return instance.enabled && instance.healthy && instance.weight > 0;
}

const hostName = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62}))*\.?$/i;
const ipv6 = /^[0-9a-f:.]{2,45}(%[a-z0-9._-]{1,32})?$/i;

/** Whether an instance's ip is an IP address or a host name. Anything else is shown, never rolled. */
export function isPlausibleHost(ip: string): boolean {
  return ip.includes(':') ? ipv6.test(ip) : hostName.test(ip);
}

/** Sorts by ip (as numbers where it is one), then port. Servers list in no stable order. */
export function byEndpoint(a: Endpoint, b: Endpoint): number {
  return a.ip.localeCompare(b.ip, 'en', { numeric: true }) || a.port - b.port;
}
