import * as z from 'zod';
import { isSameAddress } from '../../core/registry/address.ts';
import type { Listed } from '../../core/registry/listed.ts';
import { defaultGroup, type ServiceSummary, serviceKey } from '../../core/registry/service.ts';
import { joined, listWire, nameWire, readRecords } from './records.ts';
import { compareTexts, type HostWire, hostWire, isHealthy } from './wire.ts';

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
