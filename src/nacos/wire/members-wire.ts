import * as z from 'zod';
import type { Listed } from '../../core/registry/listed.ts';
import { endpointText } from '../../core/registry/service.ts';
import type { ServerNode } from '../../world/registry.ts';
import { ipWire, isSaid, listWire, mapped, portWire, readRecords } from './records.ts';

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
