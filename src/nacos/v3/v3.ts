import * as z from 'zod';
import type { Listed } from '../../core/registry/listed.ts';
import {
  type ServiceDetail,
  type ServiceId,
  type ServiceSummary,
  serviceId,
} from '../../core/registry/service.ts';
import type { Answer, ReadOptions, ServicesOptions } from '../../world/registry.ts';
import type { Client } from '../http/client.ts';
import type { Dialect } from '../wire/dialect.ts';
import { ownName } from '../wire/own-name.ts';
import type { ServiceBook } from '../wire/service-book.ts';
import { allPages, fullPageSize, type Page, type PagedList } from '../wire/pages.ts';
import { countWire, listWire, readRecords } from '../wire/records.ts';
import { type NacosRequest, serverRead, serviceSubject } from '../http/request.ts';
import { serviceSettings, settingsOf } from '../wire/service-settings-wire.ts';
import { v3Instances } from './v3-instances.ts';
import { v3Admin, v3DetailRequest, v3Naming, v3Read, v3WriteRequest } from './v3-request.ts';
import { membersWire, nodesFrom } from '../wire/members-wire.ts';
import { servicesFrom } from '../wire/services-wire.ts';
import { namespacesFrom, namespacesWire, readJson } from '../wire/wire.ts';
import { checkNamed, namesShape } from '../wire/named-service.ts';
import { isUnmistakable } from '../../core/registry/service-name.ts';

const pageWire = z.object({
  data: z.object({ totalCount: countWire, pageItems: listWire }),
});
const subscriberWire = z.object({
  ip: z.string().nullish(),
  address: z.string().nullish(),
  agent: z.string().nullish(),
  appName: z.string().nullish(),
});
const detailWire = z.object({
  data: serviceSettings.extend({
    ...namesShape,
    /** Each cluster is asked for by its name: without the names nothing would be found. */
    clusterMap: z.record(z.string(), z.unknown()),
  }),
});

/** How many are asked for at once. */
const subscriberMax = 1_000;

/** The admin API of Nacos 3. */
export function v3Dialect(client: Client, pageSizeMax: number, book: ServiceBook): Dialect {
  const pageSize = Math.min(pageSizeMax, fullPageSize);
  const service = async (id: ServiceId, options: ReadOptions): Promise<Answer<ServiceDetail | undefined>> => {
    const reply = await client.read(v3Read(`${v3Admin}/service`, id), options);
    if (!reply.ok) return reply.error.kind === 'service-missing' ? { ok: true, value: undefined } : reply;
    const wire = readJson(reply.value, detailWire);
    if (!wire.ok) return wire;
    const isNamed = checkNamed(id, reply.value, [wire.value.data]);
    if (!isNamed.ok) return isNamed;
    const { clusterMap, protectThreshold, selector, metadata } = wire.value.data;
    const clusters = Object.keys(clusterMap);
    return { ok: true, value: { ...serviceId(id), protectThreshold, selector, metadata, clusters } };
  };

  const services = async (
    namespace: string,
    options: ServicesOptions,
  ): Promise<Answer<Listed<ServiceSummary>>> => {
    const path = `${v3Admin}/service/list`;
    const list: PagedList = {
      path,
      pageSize,
      read: async (pageNo, size) => {
        const query = { namespaceId: namespace, withInstances: 'true', ...paging(pageNo, size) };
        const subject = { resource: `${namespace}:*:naming/*`, action: 'read' } as const;
        return await pageOf(client, { method: 'GET', path, query, subject }, options);
      },
    };
    return await servicesFrom(list, namespace, options);
  };

  return {
    mayName: isUnmistakable,
    service: async (id, options) => await book.read(id, options, service),
    services,
    subscribers: v3Subscribers(client),
    ...v3Instances(client, async (id, options) => await book.recall(id, options, service)),
    writeRequest: v3WriteRequest,
    serviceUpdateRequest: (detail) => ({
      method: 'PUT',
      path: `${v3Admin}/service`,
      query: { ...v3Naming(detail), ...settingsOf(detail) },
      subject: serviceSubject(detail, 'write'),
    }),
    trialRequest: v3DetailRequest,
    namespaces: async (options) => {
      const reply = await client.read(serverRead('/v3/admin/core/namespace/list'), options);
      if (!reply.ok) return reply;
      const wire = readJson(reply.value, namespacesWire);
      return wire.ok ? { ok: true, value: namespacesFrom(wire.value) } : wire;
    },
    nodes: async (options) => {
      const reply = await client.read(serverRead('/v3/admin/core/cluster/node/list'), options);
      if (!reply.ok) return reply;
      const wire = readJson(reply.value, membersWire);
      return wire.ok ? { ok: true, value: nodesFrom(wire.value) } : wire;
    },
  };
}

const paging = (pageNo: number, pageSize: number): Record<string, string> => ({
  pageNo: String(pageNo),
  pageSize: String(pageSize),
});

async function pageOf(client: Client, request: NacosRequest, options: ReadOptions): Promise<Answer<Page>> {
  const reply = await client.read(request, options);
  if (!reply.ok) return reply;
  const wire = readJson(reply.value, pageWire);
  if (!wire.ok) return wire;
  const { totalCount, pageItems } = wire.value.data;
  return { ok: true, value: { total: totalCount, items: pageItems } };
}

function v3Subscribers(client: Client): Dialect['subscribers'] {
  return async (id, options) => {
    const path = `${v3Admin}/service/subscribers`;
    const found = await allPages({
      path,
      pageSize: subscriberMax,
      read: async (pageNo, size) => {
        const request = v3Read(path, id, { ...paging(pageNo, size), aggregation: 'true' });
        return await pageOf(client, request, options);
      },
    });
    if (!found.ok) return found.error.kind === 'service-missing' ? { ok: true, value: [] } : found;
    const subscribers = readRecords(found.value, subscriberWire)
      .items.filter(({ appName }) => appName !== ownName)
      .map(({ address, ip, agent, appName }) => ({
        address: address ?? ip ?? '',
        agent: agent ?? '',
        app: appName ?? '',
      }));
    return { ok: true, value: subscribers };
  };
}
