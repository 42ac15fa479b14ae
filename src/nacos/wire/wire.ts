import * as z from 'zod';
import { isSameAddress } from '../../core/registry/address.ts';
import { compareTexts } from '../../core/text/compare-texts.ts';
import { allRead, joinedLists, type Listed, type Unreadable } from '../../core/registry/listed.ts';
import {
  byEndpoint,
  defaultCluster,
  defaultNamespace,
  type Endpoint,
  type Instance,
  type ServiceId,
  serviceId,
} from '../../core/registry/service.ts';
import type { Answer, Namespace } from '../../world/registry.ts';
import {
  ipWire,
  isSaid,
  listWire,
  mapped,
  metadataWire,
  portWire,
  readRecords,
  weightWire,
} from './records.ts';
import { isAbout } from './named-service.ts';
import { isPlainInstance } from './plain-host.ts';
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

/** What decides about traffic must be said; a record that leaves it open is not guessed at. */
export const hostWire = z
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
type Host = Omit<HostWire, 'metadata'> & { readonly metadata: Readonly<Record<string, string>> };

/** What a consumer needs of an instance. */
const endpointWire = z.object({ ip: ipWire, port: portWire });

export function instanceOf(service: ServiceId, host: Host, cluster?: string): Instance {
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

export const isHealthy = (host: Pick<HostWire, 'healthy' | 'valid'>): boolean =>
  host.healthy ?? host.valid === true;

/** Whatever it is that has no readable ip may be anywhere. */
export function mayBeAtOneOf(ips: readonly string[], { ip }: { readonly ip?: string }): boolean {
  return ip === undefined || ips.some((one) => isSameAddress(one, ip));
}

/** The instances among the records of one cluster's list. */
export function instancesFrom(
  service: ServiceId,
  records: readonly unknown[],
  cluster: string,
): Listed<Instance> {
  return joinedLists(
    records.map((record) =>
      isPlainInstance(service, record)
        ? allRead([instanceOf(service, record, cluster)])
        : instancesByRecord(service, record, cluster),
    ),
  );
}

/** The same of a record that may say anything, with what of it cannot be read. */
export function instancesByRecord(service: ServiceId, record: unknown, cluster: string): Listed<Instance> {
  const hosts = readRecords([record], named(service, hostWire), { ...serviceId(service), cluster });
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
