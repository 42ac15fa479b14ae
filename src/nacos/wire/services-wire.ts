import * as z from 'zod';
import { joinedLists, type Listed } from '../../core/registry/listed.ts';
import { byServiceName, defaultGroup, type ServiceSummary, serviceKey } from '../../core/registry/service.ts';
import type { Answer, ServicesOptions } from '../../world/registry.ts';
import { allPagesKept, type PagedList } from './pages.ts';
import { plainCounts } from './plain-counts.ts';
import { listWire, nameWire, readRecords } from './records.ts';
import { type HostWire, hostWire, isHealthy, mayBeAtOneOf } from './wire.ts';

const clusterWire = z.object({ hosts: listWire });
const serviceWithHosts = z.object({
  serviceName: nameWire,
  groupName: z.string().nullish(),
  clusterMap: z.unknown().optional(),
});
export type ServiceWithHosts = z.infer<typeof serviceWithHosts>;

/** Every service of a list that gives each with its instances. Of those only the counts are kept. */
export async function servicesFrom(
  list: PagedList,
  namespace: string,
  { at, come }: ServicesOptions,
): Promise<Answer<Listed<ServiceSummary>>> {
  const found = await allPagesKept(list, {
    keep: (record) => summariesFrom(namespace, record, at),
    come: come && ((part, total) => come(joinedLists(part), total)),
  });
  return found.ok ? { ok: true, value: sortedSummaries(joinedLists(found.value)) } : found;
}

/** The service that a record of a list is, with its counts; `at`: if it has, or may have, something at an ip. */
export function summariesFrom(
  namespace: string,
  record: unknown,
  at?: readonly string[],
): Listed<ServiceSummary> {
  const plain = plainCounts(record, at);
  if (plain !== undefined) {
    const { service, group, isThere, ...counts } = plain;
    return { items: isThere ? [{ namespace, group, service, ...counts }] : [], unreadable: [] };
  }
  return summariesByRecord(namespace, record, at);
}

/** The same for whatever a server may say, with what of it cannot be read. */
export function summariesByRecord(
  namespace: string,
  record: unknown,
  at?: readonly string[],
): Listed<ServiceSummary> {
  const { items, unreadable } = readRecords([record], serviceWithHosts, { namespace });
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
  const { unreadable } = joinedLists<unknown>([map, clusters, hosts]);
  return { items: hosts.items, unreadable };
}

/** One entry per service, sorted: pages overlap when the order of a list shifts between them. */
export function sortedSummaries({ items, unreadable }: Listed<ServiceSummary>): Listed<ServiceSummary> {
  const unique = new Map(items.map((one) => [serviceKey(one), one]));
  return { items: [...unique.values()].sort(byServiceName), unreadable };
}
