import { addressKey, addressText, byAddress, isSameAddress } from './address.ts';
import type { Unreadable } from './listed.ts';
import { compareTexts } from '../text/compare-texts.ts';
import { visible } from '../text/visible.ts';

/** A service as Nacos names it. `namespace` is `public` for the default one, in every version. */
export type ServiceId = {
  readonly namespace: string;
  readonly group: string;
  readonly service: string;
};

/**
 * Where a process answers. `ip` is spelled as it is registered: Nacos compares texts, and a write to another spelling
 * finds nothing. We compare addresses.
 */
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

/** `namespace/group@@service`, unique on one Nacos: where two services could look alike in it, it is written otherwise. */
export function serviceKey({ namespace, group, service }: ServiceId): string {
  const isPlain = !/[/[]/.test(namespace) && !group.includes('@@') && !group.endsWith('@');
  return isPlain ? `${namespace}/${group}@@${service}` : JSON.stringify([namespace, group, service]);
}

/** A service as one server node shows it. */
export function nodeServiceKey(node: string, service: ServiceId): string {
  return `${node} ${serviceKey(service)}`;
}

/** `ip:port` for people, and as they name it: one text for every spelling of an IPv6 address, in brackets. */
export function endpointText({ ip, port }: Endpoint): string {
  return `${inBrackets(addressText(ip))}:${port}`;
}

/** What `ip:port` names, an IPv6 address in brackets, spelled as it may be; undefined for what names nothing. */
export function parseEndpoint(text: string): Endpoint | undefined {
  const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^:]+)):(\d{1,5})$/.exec(text.trim()) ?? [];
  const ip = bracketed ?? plain;
  return ip === undefined ? undefined : { ip, port: Number(port) };
}

/** Whether a text names it: its address in any spelling, or what is shown of an address that is none. */
export function isNamed(endpoint: Endpoint, text: string): boolean {
  const named = parseEndpoint(text);
  if (named !== undefined && isSameEndpoint(named, endpoint)) return true;
  const shown = endpointText(endpoint);
  return text === shown || text === visible(shown);
}

/** Unique on one Nacos, however its address is spelled; the cluster is left out, as Nacos leaves it out. */
export function instanceKey(id: ServiceId & Endpoint): string {
  return `${serviceKey(id)}#${inBrackets(addressKey(id.ip))}:${id.port}`;
}

/** The key of an instance that a journal holds: older ones have its address as it was registered. */
export function keyFromJournal(key: string): string {
  const at = key.lastIndexOf('#') + 1;
  const endpoint = parseEndpoint(key.slice(at));
  return endpoint === undefined
    ? key
    : `${key.slice(0, at)}${inBrackets(addressKey(endpoint.ip))}:${endpoint.port}`;
}

function inBrackets(address: string): string {
  return address.includes(':') && !/^\[.*\]$/.test(address) ? `[${address}]` : address;
}

/** The name alone, without what a server said about it. */
export function serviceId({ namespace, group, service }: ServiceId): ServiceId {
  return { namespace, group, service };
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
  return a.port === b.port && isSameAddress(a.ip, b.ip);
}

export function isSameMetadata(a: Instance['metadata'], b: Instance['metadata']): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => a[key] === b[key]);
}

/** One record to Nacos, which compares the texts of addresses. */
export function isSamePlace(a: ServiceId & Endpoint, b: ServiceId & Endpoint): boolean {
  return isSameService(a, b) && a.ip === b.ip && a.port === b.port;
}

/** On and well: enabled, healthy, and with a weight that gives it traffic. */
export function isServing(instance: Instance): boolean {
  return instance.enabled && instance.healthy && instance.weight > 0;
}

/** Sorts by name, then group: as lists of services are shown. */
export function byServiceName(a: ServiceId, b: ServiceId): number {
  return compareTexts(a.service, b.service) || compareTexts(a.group, b.group);
}

/** Sorts by address, then port. Servers list in no stable order. */
export function byEndpoint(a: Endpoint, b: Endpoint): number {
  return byAddress(a.ip, b.ip) || a.port - b.port || a.ip.localeCompare(b.ip, 'en');
}
