import * as z from 'zod';
import type { Listed } from '../../core/registry/listed.ts';
import type { ServiceSummary } from '../../core/registry/service.ts';
import type { Answer, ReadOptions, ServicesOptions } from '../../world/registry.ts';
import type { Client } from '../http/client.ts';
import { fullPageSize, type PagedList } from '../wire/pages.ts';
import { countWire } from '../wire/records.ts';
import type { NacosRequest } from '../http/request.ts';
import { servicesFrom } from '../wire/services-wire.ts';
import { readJson } from '../wire/wire.ts';

const countedWire = z.object({ count: countWire });

export const servicesPath = '/v1/ns/catalog/services';

export function listRequest(
  namespace: string,
  pageNo: number,
  pageSize: number,
  withInstances: boolean,
): NacosRequest {
  return {
    method: 'GET',
    path: servicesPath,
    query: {
      namespaceId: namespace,
      withInstances: String(withInstances),
      pageNo: String(pageNo),
      pageSize: String(pageSize),
    },
    subject: { resource: `${namespace}:*:naming/*`, action: 'read' },
  };
}

/** Every service of a namespace, with its counts. */
export type Services = (
  namespace: string,
  options: ServicesOptions,
) => Promise<Answer<Listed<ServiceSummary>>>;

export function v1Services(client: Client, pageSizeMax: number): Services {
  const pageSize = Math.min(pageSizeMax, fullPageSize);
  const count = async (namespace: string, options: ReadOptions): Promise<Answer<number>> => {
    const reply = await client.read(listRequest(namespace, 1, 1, false), options);
    if (!reply.ok) return reply;
    const wire = readJson(reply.value, countedWire);
    return wire.ok ? { ok: true, value: wire.value.count } : wire;
  };

  return async (namespace, options) => {
    let total = 0;
    const list: PagedList = {
      path: servicesPath,
      pageSize,
      read: async (pageNo, size) => {
        // A list with instances does not say how long it is.
        if (pageNo === 1) {
          const counted = await count(namespace, options);
          if (!counted.ok) return counted;
          total = counted.value;
        }
        const reply = await client.read(listRequest(namespace, pageNo, size, true), options);
        if (!reply.ok) return reply;
        const wire = readJson(reply.value, z.array(z.unknown()));
        return wire.ok ? { ok: true, value: { total, items: wire.value } } : wire;
      },
    };
    return await servicesFrom(list, namespace, options);
  };
}
