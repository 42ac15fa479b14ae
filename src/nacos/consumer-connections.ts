import * as z from 'zod';
import { parseEndpoint, type ServiceId } from '../core/registry/service.ts';
import type { Answer, ReadOptions, ServerInfo, Subscriber } from '../world/registry.ts';
import { appOf, questionsTo } from './client-connections.ts';
import type { Client } from './http/client.ts';
import { ownName } from './wire/own-name.ts';
import { nameWire } from './wire/records.ts';

const subscriberWire = z.object({ clientId: nameWire, appName: z.string().nullish() });

type Asked = {
  readonly id: ServiceId;
  readonly subscribers: readonly Subscriber[];
  /** Every member of the cluster: each knows its own connections only. */
  readonly nodes: readonly string[];
};

/**
 * One entry a connection that subscribes. The list of subscribers is not that: all clients of a host with the same version
 * and application are one there (src/nacos/README.md, Clients). `undefined` where connections are not told: before 2.2,
 * on r-nacos, on 2.x without the rights of an administrator, and while a listed one is connected to nobody we asked.
 */
export async function consumersOf(
  client: Client,
  info: ServerInfo,
  { id, subscribers, nodes }: Asked,
  options: ReadOptions,
): Promise<Answer<readonly Subscriber[] | undefined>> {
  if (!info.traits.mayMarkAbsent) return { ok: true, value: undefined };
  const found: Subscriber[] = [];
  for (const address of new Set(subscribers.map((one) => one.address))) {
    const known = subscribers.filter((one) => one.address === address);
    const connections = new Set<string>();
    for (const node of nodes) {
      const at = await connectionsAt({ client, info, options: { ...options, node } }, id, address);
      if (!at.ok || at.value === undefined) return at as Answer<undefined>;
      for (const one of at.value) connections.add(one);
    }
    const [first] = known;
    if (connections.size === 0 || first === undefined) return { ok: true, value: undefined };
    // Who left the list of connections a moment ago may still hold a list of instances.
    const count = Math.max(connections.size, known.length);
    for (let index = 0; index < count; index += 1) found.push(known[index] ?? first);
  }
  return { ok: true, value: found };
}

type Place = { readonly client: Client; readonly info: ServerInfo; readonly options: ReadOptions };

/** The connections of others that subscribe from there. */
async function connectionsAt(
  { client, info, options }: Place,
  id: ServiceId,
  address: string,
): Promise<Answer<readonly string[] | undefined>> {
  const { ip, port } = parseEndpoint(address) ?? { ip: address, port: 0 };
  const naming = { namespaceId: id.namespace, groupName: id.group, serviceName: id.service };
  const query = { ...naming, ephemeral: 'true', ip, port: String(port) };
  const ask = questionsTo(client, info, options);
  const clients = await ask('/service/subscriber/list', query, subscriberWire);
  if (!clients.ok || clients.value === undefined) return clients as Answer<undefined>;
  const others: string[] = [];
  for (const { clientId, appName } of clients.value)
    if ((appName ?? (await appOf(client, info, clientId, options))) !== ownName) others.push(clientId);
  return { ok: true, value: others };
}
