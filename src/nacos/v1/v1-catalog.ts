import * as z from 'zod';
import { allRead, type Listed } from '../../core/registry/listed.ts';
import type { Endpoint, Instance, ServiceId } from '../../core/registry/service.ts';
import type { Answer, ReadOptions } from '../../world/registry.ts';
import type { Client } from '../http/client.ts';
import { allPages } from '../wire/pages.ts';
import { countWire, listWire } from '../wire/records.ts';
import { v1Read } from './v1-request.ts';
import { endpointsFrom, instancesFrom, readJson } from '../wire/wire.ts';
import { checkNamed, namesShape } from '../wire/named-service.ts';

const catalogWire = z.object({ count: countWire, list: listWire });
const consumerWire = z.object({ ...namesShape, hosts: listWire });

const catalogPath = '/v1/ns/catalog/instances';

export type V1Catalog = {
  /** What a consumer is given. */
  consumerHosts(id: ServiceId, options: ReadOptions): Promise<Answer<Listed<Endpoint>>>;
  /** Every instance of one cluster, disabled ones included. */
  clusterInstances(id: ServiceId, cluster: string, options: ReadOptions): Promise<Answer<Listed<Instance>>>;
};

export function v1Catalog(client: Client, pageSize: number): V1Catalog {
  const consumerHosts = async (id: ServiceId, options: ReadOptions): Promise<Answer<Listed<Endpoint>>> => {
    const reply = await client.read(v1Read('/v1/ns/instance/list', id, { healthyOnly: 'false' }), options);
    if (!reply.ok) return reply.error.kind === 'service-missing' ? { ok: true, value: allRead([]) } : reply;
    const wire = readJson(reply.value, consumerWire);
    if (!wire.ok) return wire;
    const { hosts } = wire.value;
    const isNamed = checkNamed(id, reply.value, hosts, wire.value);
    return isNamed.ok ? { ok: true, value: endpointsFrom(id, hosts) } : isNamed;
  };

  const clusterPage = (id: ServiceId, cluster: string, options: ReadOptions) =>
    allPages({
      path: catalogPath,
      pageSize,
      read: async (pageNo, size) => {
        const query = { clusterName: cluster, pageNo: String(pageNo), pageSize: String(size) };
        const reply = await client.read(v1Read(catalogPath, id, query), options);
        if (!reply.ok) return reply;
        const wire = readJson(reply.value, catalogWire);
        if (!wire.ok) return wire;
        const items = wire.value.list;
        const isNamed = checkNamed(id, reply.value, items);
        return isNamed.ok ? { ok: true, value: { total: wire.value.count, items } } : isNamed;
      },
    });

  const clusterInstances = async (
    id: ServiceId,
    cluster: string,
    options: ReadOptions,
  ): Promise<Answer<Listed<Instance>>> => {
    const isClusterMissing = (answer: Answer<unknown>): boolean =>
      !answer.ok && answer.error.kind === 'cluster-missing' && answer.error.cluster === cluster;
    let listed = await clusterPage(id, cluster, options);
    if (isClusterMissing(listed)) {
      // After a start of the server the catalogue knows no cluster until a consumer has asked for the service.
      const asked = await consumerHosts(id, options);
      if (!asked.ok) return asked;
      listed = await clusterPage(id, cluster, options);
    }
    const isGone = isClusterMissing(listed) || (!listed.ok && listed.error.kind === 'service-missing');
    if (isGone) return { ok: true, value: allRead([]) };
    return listed.ok ? { ok: true, value: instancesFrom(id, listed.value, cluster) } : listed;
  };

  return { consumerHosts, clusterInstances };
}
