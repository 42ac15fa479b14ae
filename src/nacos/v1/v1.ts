import * as z from 'zod';
import { allRead, type Listed } from '../../core/registry/listed.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import {
  defaultCluster,
  type Instance,
  type InstanceId,
  type ServiceDetail,
  type ServiceId,
  serviceId,
} from '../../core/registry/service.ts';
import type { Answer, Namespace, ReadOptions, ServerInfo } from '../../world/registry.ts';
import type { Client } from '../http/client.ts';
import type { Dialect } from '../wire/dialect.ts';
import { isPathAbsent } from '../http/failure.ts';
import { endpointQuery, serverRead, serviceSubject } from '../http/request.ts';
import { v1Instances } from './v1-instances.ts';
import { serviceSettings, settingsOf } from '../wire/service-settings-wire.ts';
import { mayNameInV1, v1Naming, v1Read, v1TrialRequest, v1WriteRequest } from './v1-request.ts';
import { ownName } from '../wire/own-name.ts';
import type { ServiceBook } from '../wire/service-book.ts';
import { allPages } from '../wire/pages.ts';
import { hidingServices } from './hiding-services.ts';
import { v1Services } from './v1-services.ts';
import { countWire, listWire, nameWire, readRecords } from '../wire/records.ts';
import { membersWire, nodesFrom } from '../wire/members-wire.ts';
import { instancesFrom, namespacesFrom, namespacesWire, readJson } from '../wire/wire.ts';
import { checkNamed, namesShape } from '../wire/named-service.ts';
import { fullName } from '../../core/registry/service-name.ts';

const serviceWire = serviceSettings.extend({
  ...namesShape,
  clusters: listWire,
});
const clusterWire = z.object({ name: nameWire });
const subscribersWire = z.object({
  /** r-nacos counts none. */
  count: countWire.optional(),
  subscribers: listWire,
});

/** How many are asked for at once. */
const subscriberMax = 1_000;

const subscriberWire = z.object({
  addrStr: z.string().nullish(),
  agent: z.string().nullish(),
  app: z.string().nullish(),
  serviceName: z.string().nullish(),
});

/** The v1 API: Nacos 1.4 to 2.x, and r-nacos. */
export function v1Dialect(client: Client, info: ServerInfo, pageSize: number, book: ServiceBook): Dialect {
  const service = async (id: ServiceId, options: ReadOptions): Promise<Answer<ServiceDetail | undefined>> => {
    const reply = await client.read(v1Read('/v1/ns/service', id), options);
    if (!reply.ok) return reply.error.kind === 'service-missing' ? { ok: true, value: undefined } : reply;
    const wire = readJson(reply.value, serviceWire);
    if (!wire.ok) return wire;
    const isNamed = checkNamed(id, reply.value, [wire.value]);
    if (!isNamed.ok) return isNamed;
    const { clusters, protectThreshold, selector, metadata } = wire.value;
    const named = readRecords(clusters, clusterWire, serviceId(id));
    const unreadable = named.unreadable.map((record) => ({ ...record, field: 'clusterName' }));
    return {
      ok: true,
      value: {
        ...serviceId(id),
        protectThreshold,
        selector,
        metadata,
        clusters: named.items.map((cluster) => cluster.name),
        ...(unreadable.length > 0 && { unreadable }),
      },
    };
  };

  const detail = async (id: InstanceId, options: ReadOptions): Promise<Answer<Listed<Instance>>> => {
    const reply = await client.read(v1Read('/v1/ns/instance', id, endpointQuery(id)), options);
    if (!reply.ok) {
      return isNobody(reply.error, info) ? { ok: true, value: allRead([]) } : reply;
    }
    const wire = readJson(reply.value, z.unknown());
    if (!wire.ok) return wire;
    const isNamed = checkNamed(id, reply.value, [wire.value]);
    return isNamed.ok ? { ok: true, value: instancesFrom(id, [wire.value], defaultCluster) } : isNamed;
  };

  const listOf = serverLists(client);
  return {
    mayName: mayNameInV1,
    service: async (id, options) => await book.read(id, options, service),
    detail,
    ...v1Instances({ client, info, service, detail, pageSize, book }),
    services: info.traits.isHidingDisabled ? hidingServices(client, pageSize) : v1Services(client, pageSize),
    writeRequest: (write) => v1WriteRequest(write, info),
    serviceUpdateRequest: (detail) => ({
      method: 'PUT',
      path: '/v1/ns/service',
      query: { ...v1Naming(detail), ...settingsOf(detail) },
      subject: serviceSubject(detail, 'write'),
    }),
    trialRequest: (instance) => v1TrialRequest(instance, info),
    namespaces: async (options): Promise<Answer<Listed<Namespace> | undefined>> => {
      const wire = await listOf('/v1/console/namespaces', namespacesWire, options);
      if (!wire.ok) return wire;
      return { ok: true, value: wire.value === undefined ? undefined : namespacesFrom(wire.value) };
    },
    nodes: async (options) => {
      const wire = await listOf('/v1/core/cluster/nodes', membersWire, options);
      if (!wire.ok) return wire;
      return { ok: true, value: wire.value && nodesFrom(wire.value) };
    },
    subscribers: v1Subscribers(client),
  };
}

type ListOf = <Shape extends z.ZodType>(
  path: string,
  shape: Shape,
  options: ReadOptions,
) => Promise<Answer<z.infer<Shape> | undefined>>;

/** Lists of the server itself, which some servers do not have. */
function serverLists(client: Client): ListOf {
  return async (path, shape, options) => {
    const reply = await client.read(serverRead(path), options);
    if (reply.ok) return readJson(reply.value, shape);
    const isClosed = isPathAbsent(reply.error) || reply.error.kind === 'not-nacos';
    return isClosed ? { ok: true, value: undefined } : reply;
  };
}

/** r-nacos has one word for every detail that it cannot give. */
function isNobody(error: RegistryError, { product }: ServerInfo): boolean {
  if (error.kind === 'instance-missing' || error.kind === 'service-missing') return true;
  return product === 'r-nacos' && error.kind === 'server-error' && error.detail === 'error';
}

function v1Subscribers(client: Client): Dialect['subscribers'] {
  return async (id, options) => {
    const path = '/v1/ns/service/subscribers';
    const found = await allPages({
      path,
      pageSize: subscriberMax,
      read: async (pageNo, size) => {
        const query = { pageNo: String(pageNo), pageSize: String(size), aggregation: 'true' };
        const reply = await client.read(v1Read(path, id, query), options);
        if (!reply.ok) return reply;
        const wire = readJson(reply.value, subscribersWire);
        if (!wire.ok) return wire;
        const items = wire.value.subscribers;
        return { ok: true, value: { total: wire.value.count ?? items.length, items } };
      },
    });
    if (!found.ok) return found.error.kind === 'service-missing' ? { ok: true, value: [] } : found;
    // The server matches names loosely.
    const exact = fullName(id);
    const { items } = readRecords(found.value, subscriberWire);
    const named = items
      .filter((one) => (one.serviceName ?? exact) === exact)
      .filter((one) => one.app !== ownName);
    return {
      ok: true,
      value: named.map(({ addrStr, agent, app }) => ({
        address: addrStr ?? '',
        agent: agent ?? '',
        app: app ?? '',
      })),
    };
  };
}
