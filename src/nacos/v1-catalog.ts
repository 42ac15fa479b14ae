import * as z from 'zod';
import type { Instance, ServiceId } from '../core/service.ts';
import type { Answer, ReadOptions } from '../world/registry.ts';
import type { Client } from './client.ts';
import { allPages } from './pages.ts';
import { v1Read } from './v1-request.ts';
import { hostWire, instanceOf, readJson } from './wire.ts';

const catalogWire = z.object({ count: z.number(), list: z.array(hostWire).nullish() });
const consumerWire = z.object({ hosts: z.array(hostWire).nullish() });

export type V1Catalog = {
  /** What a consumer is given, with what the server says of each. */
  consumerHosts(id: ServiceId, options: ReadOptions): Promise<Answer<readonly Instance[]>>;
  /** Every instance of one cluster, disabled ones included. */
  clusterInstances(
    id: ServiceId,
    cluster: string,
    options: ReadOptions,
  ): Promise<Answer<readonly Instance[]>>;
};

export function v1Catalog(client: Client, pageSize: number): V1Catalog {
  const consumerHosts = async (id: ServiceId, options: ReadOptions): Promise<Answer<readonly Instance[]>> => {
    const reply = await client.read(v1Read('/v1/ns/instance/list', id, { healthyOnly: 'false' }), options);
    if (!reply.ok) return reply.error.kind === 'service-missing' ? { ok: true, value: [] } : reply;
    const wire = readJson(reply.value, consumerWire);
    if (!wire.ok) return wire;
    return { ok: true, value: (wire.value.hosts ?? []).map((host) => instanceOf(id, host)) };
  };

  const clusterPage = (id: ServiceId, cluster: string, options: ReadOptions) =>
    allPages(pageSize, async (pageNo) => {
      const query = { clusterName: cluster, pageNo: String(pageNo), pageSize: String(pageSize) };
      const reply = await client.read(v1Read('/v1/ns/catalog/instances', id, query), options);
      if (!reply.ok) return reply;
      const wire = readJson(reply.value, catalogWire);
      if (!wire.ok) return wire;
      const items = (wire.value.list ?? []).map((host) => instanceOf(id, host, cluster));
      return { ok: true, value: { total: wire.value.count, items } };
    });

  const clusterInstances = async (
    id: ServiceId,
    cluster: string,
    options: ReadOptions,
  ): Promise<Answer<readonly Instance[]>> => {
    let listed = await clusterPage(id, cluster, options);
    if (!listed.ok && listed.error.kind === 'cluster-missing') {
      // After a start of the server the catalogue knows no cluster until a consumer has asked for the service.
      const asked = await consumerHosts(id, options);
      if (!asked.ok) return asked;
      listed = await clusterPage(id, cluster, options);
    }
    const isGone =
      !listed.ok && (listed.error.kind === 'cluster-missing' || listed.error.kind === 'service-missing');
    return isGone ? { ok: true, value: [] } : listed;
  };

  return { consumerHosts, clusterInstances };
}
