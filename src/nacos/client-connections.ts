import * as z from 'zod';
import type { RegistryError } from '../core/registry/registry-error.ts';
import {
  defaultCluster,
  defaultNamespace,
  type InstanceId,
  instanceKey,
  byEndpoint,
} from '../core/registry/service.ts';
import type { Answer, ReadOptions, ServerInfo } from '../world/registry.ts';
import type { Client } from './http/client.ts';
import { isPathAbsent } from './http/failure.ts';
import type { NacosRequest } from './http/request.ts';
import { ipWire, nameWire, portWire, readRecords } from './wire/records.ts';
import { readJson } from './wire/wire.ts';

const clientPaths = { v1: '/v2/ns/client', v3: '/v3/admin/ns/client' } as const;

const recordsWire = z.object({ data: z.array(z.unknown()).nullish() });
const publisherWire = z.object({ clientId: nameWire });

const detailWire = z.object({ data: z.object({ appName: z.string().nullish() }).nullish() });

const publisher = z.object({
  ip: ipWire.nullish(),
  port: portWire.nullish(),
  cluster: z.string().nullish(),
  clusterName: z.string().nullish(),
});
const publishedWire = z.object({
  namespace: z.string().nullish(),
  namespaceId: z.string().nullish(),
  group: z.string().nullish(),
  groupName: z.string().nullish(),
  serviceName: nameWire,
  registeredInstance: publisher.nullish(),
  publisherInfo: publisher.nullish(),
});

/**
 * The other registrations of the client that registered this one: one connection is one process. `undefined` where that
 * cannot be known: before 2.2, on r-nacos, and on 2.x without the rights of an administrator.
 */
export async function sameProcess(
  client: Client,
  info: ServerInfo,
  instance: InstanceId,
  options: ReadOptions,
): Promise<Answer<readonly InstanceId[] | undefined>> {
  const ask = questionsTo(client, info, options);
  const clients = await clientsOf(client, info, instance, options);
  if (!clients.ok || clients.value === undefined) return clients as Answer<undefined>;
  const found = new Map<string, InstanceId>();
  for (const clientId of clients.value) {
    const published = await ask('/publish/list', { clientId }, publishedWire);
    if (!published.ok || published.value === undefined) return published as Answer<undefined>;
    for (const one of published.value) {
      const id = idOf(one);
      if (id !== undefined && instanceKey(id) !== instanceKey(instance)) found.set(instanceKey(id), id);
    }
  }
  return { ok: true, value: [...found.values()].sort(byServiceAndEndpoint) };
}

/** The ids of the clients that registered this address, where that can be known. */
export async function clientsOf(
  client: Client,
  info: ServerInfo,
  instance: InstanceId,
  options: ReadOptions,
): Promise<Answer<readonly string[] | undefined>> {
  if (!info.traits.mayMarkAbsent) return { ok: true, value: undefined };
  const { namespace, group, service, ip, port } = instance;
  const naming = { namespaceId: namespace, groupName: group, serviceName: service };
  const query = { ...naming, ephemeral: 'true', ip, port: String(port) };
  const clients = await questionsTo(client, info, options)('/service/publisher/list', query, publisherWire);
  if (!clients.ok || clients.value === undefined) return clients as Answer<undefined>;
  return { ok: true, value: [...new Set(clients.value.map((one) => one.clientId))] };
}

export type Question = <Shape extends z.ZodType>(
  path: string,
  query: Record<string, string>,
  shape: Shape,
) => Promise<Answer<readonly z.infer<Shape>[] | undefined>>;

export function questionsTo(client: Client, info: ServerInfo, options: ReadOptions): Question {
  /** What cannot be read is no hint, and left out. */
  return async (path, query, shape) => {
    const reply = await askedOf(client, info, path, query, options);
    if (!reply.ok) return isClosed(reply.error) ? { ok: true, value: undefined } : reply;
    const wire = readJson(reply.value, recordsWire);
    return wire.ok ? { ok: true, value: readRecords(wire.value.data ?? [], shape).items } : wire;
  };
}

/** What the program behind a connection calls itself; `undefined` where nobody can say. */
export async function appOf(
  client: Client,
  info: ServerInfo,
  clientId: string,
  options: ReadOptions,
): Promise<string | undefined> {
  const reply = await askedOf(client, info, '', { clientId }, options);
  const wire = reply.ok ? readJson(reply.value, detailWire) : reply;
  return wire.ok ? (wire.value.data?.appName ?? undefined) : undefined;
}

function askedOf(
  client: Client,
  info: ServerInfo,
  path: string,
  query: Record<string, string>,
  options: ReadOptions,
) {
  const subject = { resource: 'nacos/admin', action: 'read' } as const;
  const request: NacosRequest = { method: 'GET', path: clientPaths[info.dialect] + path, query, subject };
  return client.read(request, options);
}

type Published = z.infer<typeof publishedWire>;

/** A batch of registrations has no address of its own. */
function idOf(one: Published): InstanceId | undefined {
  const instance = one.registeredInstance ?? one.publisherInfo;
  const { ip, port } = instance ?? {};
  if (!ip || !port) return undefined;
  return {
    namespace: one.namespace || one.namespaceId || defaultNamespace,
    group: one.group ?? one.groupName ?? '',
    service: one.serviceName,
    cluster: instance?.cluster || instance?.clusterName || defaultCluster,
    ip,
    port,
  };
}

function byServiceAndEndpoint(a: InstanceId, b: InstanceId): number {
  return a.service.localeCompare(b.service, 'en') || byEndpoint(a, b);
}

/** Not ours to see, or not there on this version. */
function isClosed(error: RegistryError): boolean {
  return error.kind === 'forbidden' || error.kind === 'api-gone' || isPathAbsent(error);
}
