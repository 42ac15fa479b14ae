import * as z from 'zod';
import {
  byEndpoint,
  defaultCluster,
  defaultGroup,
  defaultNamespace,
  type Instance,
  type ServiceId,
  type ServiceSummary,
} from '../core/service.ts';
import type { Answer, ServerNode } from '../world/registry.ts';
import { readReply } from './reply-text.ts';
import type { Reply } from './transport.ts';

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

/** Nacos keeps strings only; what else a server lists is shown as JSON. */
export const metadataWire = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((record) =>
    Object.fromEntries(
      Object.entries(record ?? {}).map(([key, value]) => [
        key,
        typeof value === 'string' ? value : JSON.stringify(value ?? ''),
      ]),
    ),
  );

export const hostWire = z.object({
  ip: z.string(),
  port: z.number(),
  weight: z.number().default(1),
  healthy: z.boolean().optional(),
  /** What the lists of services call `healthy`. */
  valid: z.boolean().optional(),
  enabled: z.boolean().default(true),
  ephemeral: z.boolean().nullish(),
  clusterName: z.string().nullish(),
  metadata: metadataWire,
});
export type HostWire = z.infer<typeof hostWire>;

export function instanceOf(service: ServiceId, host: HostWire, cluster?: string): Instance {
  const { namespace, group, service: name } = service;
  return {
    namespace,
    group,
    service: name,
    cluster: host.clusterName || cluster || defaultCluster,
    ip: host.ip,
    port: host.port,
    enabled: host.enabled,
    healthy: host.healthy ?? host.valid ?? true,
    weight: host.weight,
    ephemeral: host.ephemeral ?? true,
    metadata: host.metadata,
  };
}

/** One entry per endpoint, sorted: pages overlap when the order of a list shifts between them. */
export function sortedInstances(instances: readonly Instance[]): readonly Instance[] {
  const unique = new Map(instances.map((instance) => [`${instance.ip}#${instance.port}`, instance]));
  return [...unique.values()].sort(byEndpoint);
}

export const serviceWithHosts = z.object({
  serviceName: z.string(),
  groupName: z.string().nullish(),
  clusterMap: z.record(z.string(), z.object({ hosts: z.array(hostWire).nullish() })).nullish(),
});
export type ServiceWithHosts = z.infer<typeof serviceWithHosts>;

export function summaryOf(namespace: string, wire: ServiceWithHosts): ServiceSummary {
  const hosts = Object.values(wire.clusterMap ?? {}).flatMap((cluster) => cluster.hosts ?? []);
  const enabled = hosts.filter((host) => host.enabled);
  const isIll = (host: HostWire): boolean => !(host.healthy ?? host.valid ?? true);
  return {
    namespace,
    group: wire.groupName || defaultGroup,
    service: wire.serviceName,
    on: enabled.filter((host) => !isIll(host)).length,
    off: hosts.length - enabled.length,
    ill: enabled.filter(isIll).length,
  };
}

export function sortedSummaries(summaries: readonly ServiceSummary[]): readonly ServiceSummary[] {
  const unique = new Map(summaries.map((one) => [`${one.group}@@${one.service}`, one]));
  const compare = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });
  return [...unique.values()].sort((a, b) => compare(a.service, b.service) || compare(a.group, b.group));
}

const raft = z.object({ leader: z.string().nullish() });

const memberWire = z.object({
  ip: z.string().optional(),
  port: z.number().optional(),
  address: z.string().nullish(),
  state: z.string().default('UNKNOWN'),
  extendInfo: z
    .object({
      version: z.string().nullish(),
      raftMetaData: z.object({ metaDataMap: z.record(z.string(), raft).nullish() }).nullish(),
    })
    .nullish(),
});
export const membersWire = z.object({ data: z.array(memberWire) });
export type MemberWire = z.infer<typeof memberWire>;

const metadataGroup = 'naming_instance_metadata';

export function nodeOf(member: MemberWire): ServerNode {
  const { ip = '', port = 0, address, state, extendInfo } = member;
  const groups = extendInfo?.raftMetaData?.metaDataMap ?? {};
  // A healthy 2.x that starts on a busy machine may never name this group: another group's leader stands for it.
  const group = groups[metadataGroup] ?? Object.values(groups).find((other) => other.leader);
  const leader = group?.leader;
  return { address: address || `${ip}:${port}`, state, leader: leader || undefined };
}

export const namespacesWire = z.object({
  data: z.array(z.object({ namespace: z.string().nullish(), namespaceShowName: z.string().nullish() })),
});

/** The default namespace is listed as `""` on 1.x and 2.x, as `public` on 3.x. */
export function namespacesOf(wire: z.infer<typeof namespacesWire>): readonly { id: string; name: string }[] {
  return wire.data.map(({ namespace, namespaceShowName }) => {
    const id = namespace || defaultNamespace;
    return { id, name: namespaceShowName || id };
  });
}
