import * as z from 'zod';
import type { Listed } from '../core/listed.ts';
import type { ServiceSummary } from '../core/service.ts';
import type { Answer, ReadOptions } from '../world/registry.ts';
import type { Client } from './client.ts';
import { allPages, fullPageSize } from './pages.ts';
import type { NacosRequest } from './request.ts';
import { readJson, sortedSummaries, summariesFrom } from './wire.ts';

const countWire = z.object({ count: z.number() });

export function listRequest(
  namespace: string,
  pageNo: number,
  pageSize: number,
  withInstances: boolean,
): NacosRequest {
  return {
    method: 'GET',
    path: '/v1/ns/catalog/services',
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
export type Services = (namespace: string, options: ReadOptions) => Promise<Answer<Listed<ServiceSummary>>>;

export function v1Services(client: Client, pageSizeMax: number): Services {
  const pageSize = Math.min(pageSizeMax, fullPageSize);
  const count = async (namespace: string, options: ReadOptions): Promise<Answer<number>> => {
    const reply = await client.read(listRequest(namespace, 1, 1, false), options);
    if (!reply.ok) return reply;
    const wire = readJson(reply.value, countWire);
    return wire.ok ? { ok: true, value: wire.value.count } : wire;
  };

  return async (namespace, options) => {
    let total: number | undefined;
    const found = await allPages(pageSize, async (pageNo) => {
      const reply = await client.read(listRequest(namespace, pageNo, pageSize, true), options);
      if (!reply.ok) return reply;
      const wire = readJson(reply.value, z.array(z.unknown()));
      if (!wire.ok) return wire;
      const items = wire.value;
      // A list with instances does not say how long it is; only a full page raises the question.
      if (total === undefined && items.length >= pageSize) {
        const counted = await count(namespace, options);
        if (!counted.ok) return counted;
        total = counted.value;
      }
      return { ok: true, value: { total: total ?? items.length, items } };
    });
    return found.ok ? { ok: true, value: sortedSummaries(summariesFrom(namespace, found.value)) } : found;
  };
}
