import * as z from 'zod';
import type { Listed, Unreadable } from '../../core/registry/listed.ts';
import {
  byEndpoint,
  defaultCluster,
  defaultGroup,
  defaultNamespace,
  endpointText,
  type Endpoint,
  type Instance,
  type ServiceId,
  type ServiceSummary,
  serviceId,
  serviceKey,
} from '../../core/registry/service.ts';
import { isSameAddress } from '../../core/registry/address.ts';
import type { Answer, Namespace, ServerNode } from '../../world/registry.ts';
import {
  ipWire,
  joined,
  listWire,
  mapped,
  metadataWire,
  nameWire,
  portWire,
  readRecords,
  weightWire,
} from './records.ts';
import { isAbout } from './named-service.ts';
import { readReply } from '../http/reply-text.ts';
import type { Reply } from '../http/transport.ts';

/** The JSON of an answer in the shape that is expected. Fields that we do not know are ignored. */
export function readJson<Shape extends z.ZodType>(reply: Reply, shape: Shape): Answer<z.infer<Shape>> {
  const text = readReply(reply);
  const result = shape.safeParse(text.json);
  if (result.success) return { ok: true, value: result.data };
  const issue = result.error.issues[0];
  const detail = text.isJson
    ? `not as expected at ${issue === undefined || issue.path.length === 0 ? 'its top' : issue.path.join('.')}`
    : `no JSON: ${text.words.slice(0, 80)}`;
  return { ok: false, error: { kind: 'unreadable', address: reply.address, path: reply.path, detail } };
}

const isSaid = (value: unknown): boolean => value !== null && value !== undefined;

/** What decides about traffic must be said; a record that leaves it open is not guessed at. */
const hostWire = z
  .object({
    ip: ipWire,
    port: portWire,
    weight: weightWire,
    healthy: z.boolean().nullish(),
    /** What the lists of services call `healthy`. */
    valid: z.boolean().nullish(),
    enabled: z.boolean(),
    ephemeral: z.boolean().nullish(),
    clusterName: z.string().nullish(),
    metadata: metadataWire,
  })
  .refine(({ healthy, valid }) => isSaid(healthy) || isSaid(valid), { path: ['healthy'] });
export type HostWire = z.infer<typeof hostWire>;

/** What a consumer needs of an instance. */
const endpointWire = z.object({ ip: ipWire, port: portWire });

export function instanceOf(service: ServiceId, host: HostWire, cluster?: string): Instance {
  return {
    ...serviceId(service),
    cluster: host.clusterName || cluster || defaultCluster,
    ip: host.ip,
    port: host.port,
    enabled: host.enabled,
    healthy: isHealthy(host),
    weight: host.weight,
    ephemeral: host.ephemeral ?? true,
    metadata: host.metadata,
  };
}

const isHealthy = (host: HostWire): boolean => host.healthy ?? host.valid === true;

/** The instances among the records of one cluster's list. */
export function instancesFrom(
  service: ServiceId,
  records: readonly unknown[],
  cluster: string,
): Listed<Instance> {
  const hosts = readRecords(records, named(service, hostWire), { ...serviceId(service), cluster });
  return mapped(hosts, (host) => instanceOf(service, host, cluster));
}

/** The addresses among the records of what a consumer is given. */
export function endpointsFrom(id: ServiceId, records: readonly unknown[]): Listed<Endpoint> {
  return readRecords(records, named(id, endpointWire), serviceId(id));
}

/** A record that does not say whose it is, of a service that another may be taken for, cannot be read. */
function named<Shape extends z.ZodType>(id: ServiceId, shape: Shape) {
  return z
    .unknown()
    .refine((record) => isAbout(id, record), { path: ['serviceName'] })
    .pipe(shape);
}

/**
 * Sorted, and each once where a list is given out for every cluster. An address that is registered more than once is there
 * as often; equal registrations are one, as they are to a server.
 */
export function sortedInstances({ items, unreadable }: Listed<Instance>): Listed<Instance> {
  const unique = [...new Map(items.map((instance) => [JSON.stringify(instance), instance])).values()];
  const sorted = unique.sort(
    (a, b) => byEndpoint(a, b) || compareTexts(a.cluster, b.cluster) || a.weight - b.weight,
  );
  return { items: sorted, unreadable: unreadable.toSorted(byWhose) };
}

/** Those without an address last. */
function byWhose(a: Unreadable, b: Unreadable): number {
  const endpointOf = ({ ip = '', port = -1 }: Unreadable): Endpoint => ({ ip, port });
  const isNowhere = ({ ip }: Unreadable): number => Number(ip === undefined);
  return (
    isNowhere(a) - isNowhere(b) ||
    byEndpoint(endpointOf(a), endpointOf(b)) ||
    compareTexts(a.field, b.field) ||
    compareTexts(a.found ?? '', b.found ?? '')
  );
}

const compareTexts = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

const clusterWire = z.object({ hosts: listWire });
const serviceWithHosts = z.object({
  serviceName: nameWire,
  groupName: z.string().nullish(),
  clusterMap: z.unknown().optional(),
});
export type ServiceWithHosts = z.infer<typeof serviceWithHosts>;

/** The services among the records of a list, each with its counts; `at`: that have, or may have, something at an ip. */
export function summariesFrom(
  namespace: string,
  records: readonly unknown[],
  at?: readonly string[],
): Listed<ServiceSummary> {
  const { items, unreadable } = readRecords(records, serviceWithHosts, { namespace });
  return { items: items.flatMap((wire) => summaryOf(namespace, wire, at)), unreadable };
}

function summaryOf(
  namespace: string,
  wire: ServiceWithHosts,
  at: readonly string[] | undefined,
): readonly ServiceSummary[] {
  const { items: hosts, unreadable } = hostsOf(wire.clusterMap);
  if (at !== undefined && ![...hosts, ...unreadable].some((host) => mayBeAtOneOf(at, host))) return [];
  const enabled = hosts.filter((host) => host.enabled);
  const summary: ServiceSummary = {
    namespace,
    group: wire.groupName || defaultGroup,
    service: wire.serviceName,
    on: enabled.filter(isHealthy).length,
    off: hosts.length - enabled.length,
    ill: enabled.filter((host) => !isHealthy(host)).length,
    ...(unreadable.length > 0 && { unreadable: unreadable.length }),
  };
  return [summary];
}

/** Whatever it is that has no readable ip may be anywhere. */
export function mayBeAtOneOf(ips: readonly string[], { ip }: { readonly ip?: string }): boolean {
  return ip === undefined || ips.some((one) => isSameAddress(one, ip));
}

/** A cluster that cannot be read counts as one registration that cannot: how many it has, nobody knows. */
function hostsOf(clusterMap: unknown): Listed<HostWire> {
  const map = readRecords([clusterMap], z.record(z.string(), z.unknown()));
  const clusters = readRecords(
    map.items.flatMap((one) => Object.values(one)),
    clusterWire,
  );
  const hosts = readRecords(
    clusters.items.flatMap((cluster) => cluster.hosts),
    hostWire,
  );
  const { unreadable } = joined<unknown>([map, clusters, hosts]);
  return { items: hosts.items, unreadable };
}

/** One entry per service, sorted: pages overlap when the order of a list shifts between them. */
export function sortedSummaries({ items, unreadable }: Listed<ServiceSummary>): Listed<ServiceSummary> {
  const unique = new Map(items.map((one) => [serviceKey(one), one]));
  const sorted = [...unique.values()].sort(
    (a, b) => compareTexts(a.service, b.service) || compareTexts(a.group, b.group),
  );
  return { items: sorted, unreadable };
}

const raft = z.object({ leader: z.string().nullish() });

/** What a server says of its own state; another version may say it in another way. */
const extendInfo = z
  .object({
    version: z.string().nullish(),
    raftMetaData: z.object({ metaDataMap: z.record(z.string(), raft).nullish() }).nullish(),
  })
  .nullish()
  .catch(undefined);

const memberWire = z
  .object({
    ip: ipWire.nullish().catch(undefined),
    port: portWire.nullish().catch(undefined),
    address: z.string().nullish().catch(undefined),
    state: z.string().catch('UNKNOWN'),
    extendInfo,
  })
  .refine(({ ip, port, address }) => Boolean(address) || (Boolean(ip) && isSaid(port)), {
    path: ['address'],
  });
export const membersWire = z.object({ data: listWire });
export type MemberWire = z.infer<typeof memberWire>;

export function membersFrom({ data }: z.infer<typeof membersWire>): Listed<MemberWire> {
  return readRecords(data, memberWire);
}

const metadataGroup = 'naming_instance_metadata';

function nodeOf({ ip, port, address, state, extendInfo: extended }: MemberWire): ServerNode {
  const groups = extended?.raftMetaData?.metaDataMap ?? {};
  // A healthy 2.x that starts on a busy machine may never name this group: another group's leader stands for it.
  const group = groups[metadataGroup] ?? Object.values(groups).find((other) => other.leader);
  const leader = group?.leader;
  // Not every server puts an IPv6 address in brackets.
  const named = ip && port ? endpointText({ ip, port }) : undefined;
  return { address: named ?? (address || `${ip}:${port}`), state, leader: leader || undefined };
}

export function nodesFrom(wire: z.infer<typeof membersWire>): Listed<ServerNode> {
  return mapped(membersFrom(wire), nodeOf);
}

const namespaceWire = z.object({
  namespace: z.string(),
  namespaceShowName: z.string().nullish().catch(undefined),
});
export const namespacesWire = z.object({ data: listWire });

/** The default namespace is listed as `""` on 1.x and 2.x, as `public` on 3.x. */
export function namespacesFrom({ data }: z.infer<typeof namespacesWire>): Listed<Namespace> {
  return mapped(readRecords(data, namespaceWire), ({ namespace, namespaceShowName }) => {
    const id = namespace || defaultNamespace;
    return { id, name: namespaceShowName || id };
  });
}
