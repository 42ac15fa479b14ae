import * as z from 'zod';
import { allRead, joinedLists, type Listed } from '../../core/registry/listed.ts';
import {
  defaultCluster,
  type Instance,
  type InstanceId,
  type ServiceDetail,
  type ServiceId,
} from '../../core/registry/service.ts';
import type { Answer, ReadOptions } from '../../world/registry.ts';
import type { Client } from '../http/client.ts';
import type { Dialect } from '../wire/dialect.ts';
import { v3Admin, v3DetailRequest, v3Read } from './v3-request.ts';
import { listWire } from '../wire/records.ts';
import { endpointsFrom, instancesFrom, readJson, sortedInstances } from '../wire/wire.ts';
import { checkNamed } from '../wire/named-service.ts';

const hostsWire = z.object({ data: listWire });
const oneHostWire = z.object({ data: z.unknown() });

type ReadService = (id: ServiceId, options: ReadOptions) => Promise<Answer<ServiceDetail | undefined>>;

/** The lists of instances of v3. A list without a cluster is the list of DEFAULT, so each cluster is asked for. */
export function v3Instances(
  client: Client,
  service: ReadService,
): Pick<Dialect, 'instances' | 'consumerView' | 'detail'> {
  const recordsOf = async <T>(
    path: string,
    id: ServiceId,
    options: ReadOptions,
    from: (records: readonly unknown[], cluster: string) => Listed<T>,
  ): Promise<Answer<Listed<T> | undefined>> => {
    const known = await service(id, options);
    if (!known.ok || known.value === undefined) return known as Answer<undefined>;
    const found: Listed<T>[] = [];
    for (const cluster of known.value.clusters) {
      const query = { clusterName: cluster, healthyOnly: 'false' };
      const reply = await client.read(v3Read(path, id, query), options);
      if (!reply.ok) {
        const { error } = reply;
        const isClusterMissing = error.kind === 'cluster-missing' && error.cluster === cluster;
        if (error.kind === 'service-missing' || isClusterMissing) continue;
        return reply;
      }
      const wire = readJson(reply.value, hostsWire);
      if (!wire.ok) return wire;
      const records = wire.value.data;
      const isNamed = checkNamed(id, reply.value, records);
      if (!isNamed.ok) return isNamed;
      found.push(from(records, cluster));
    }
    return { ok: true, value: joinedLists(found) };
  };

  const instances: Dialect['instances'] = async (id, options) => {
    const listed = await recordsOf(`${v3Admin}/instance/list`, id, options, (records, cluster) =>
      instancesFrom(id, records, cluster),
    );
    if (!listed.ok || listed.value === undefined) return listed;
    return { ok: true, value: sortedInstances(listed.value) };
  };

  const consumerView: Dialect['consumerView'] = async (id, options) => {
    const path = '/v3/client/ns/instance/list';
    const given = await recordsOf(path, id, options, (records) => endpointsFrom(id, records));
    return given.ok ? { ok: true, value: given.value ?? allRead([]) } : given;
  };

  const detail = async (id: InstanceId, options: ReadOptions): Promise<Answer<Listed<Instance>>> => {
    const reply = await client.read(v3DetailRequest(id), options);
    if (!reply.ok) return reply.error.kind === 'instance-missing' ? { ok: true, value: allRead([]) } : reply;
    const wire = readJson(reply.value, oneHostWire);
    if (!wire.ok) return wire;
    const isNamed = checkNamed(id, reply.value, [wire.value.data]);
    return isNamed.ok ? { ok: true, value: instancesFrom(id, [wire.value.data], defaultCluster) } : isNamed;
  };

  return { instances, consumerView, detail };
}
