import * as z from 'zod';
import type { Instance, InstanceId, ServiceDetail, ServiceId } from '../core/service.ts';
import type { Answer, ReadOptions } from '../world/registry.ts';
import type { Client } from './client.ts';
import type { Dialect } from './dialect.ts';
import { v3Admin, v3DetailRequest, v3Read } from './v3-request.ts';
import { hostWire, type HostWire, instanceOf, readJson, sortedInstances } from './wire.ts';

const hostsWire = z.object({ data: z.array(hostWire).nullish() });
const oneHostWire = z.object({ data: hostWire });

type ReadService = (id: ServiceId, options: ReadOptions) => Promise<Answer<ServiceDetail | undefined>>;

/** The lists of instances of v3. A list without a cluster is the list of DEFAULT, so each cluster is asked for. */
export function v3Instances(
  client: Client,
  service: ReadService,
): Pick<Dialect, 'instances' | 'consumerView' | 'detail'> {
  const hostsOf = async (
    path: string,
    id: ServiceId,
    options: ReadOptions,
  ): Promise<Answer<readonly Instance[] | undefined>> => {
    const known = await service(id, options);
    if (!known.ok || known.value === undefined) return known as Answer<undefined>;
    const found: Instance[] = [];
    for (const cluster of known.value.clusters) {
      const query = { clusterName: cluster, healthyOnly: 'false' };
      const reply = await client.read(v3Read(path, id, query), options);
      if (!reply.ok) {
        if (reply.error.kind === 'service-missing' || reply.error.kind === 'cluster-missing') continue;
        return reply;
      }
      const wire = readJson(reply.value, hostsWire);
      if (!wire.ok) return wire;
      const hosts: readonly HostWire[] = wire.value.data ?? [];
      found.push(...hosts.map((host) => instanceOf(id, host, cluster)));
    }
    return { ok: true, value: sortedInstances(found) };
  };

  const consumerView = async (id: ServiceId, options: ReadOptions) => {
    const hosts = await hostsOf('/v3/client/ns/instance/list', id, options);
    if (!hosts.ok) return hosts;
    return { ok: true, value: (hosts.value ?? []).map(({ ip, port }) => ({ ip, port })) } as const;
  };

  const detail = async (id: InstanceId, options: ReadOptions): Promise<Answer<Instance | undefined>> => {
    const reply = await client.read(v3DetailRequest(id), options);
    if (!reply.ok) return reply.error.kind === 'instance-missing' ? { ok: true, value: undefined } : reply;
    const wire = readJson(reply.value, oneHostWire);
    return wire.ok ? { ok: true, value: instanceOf(id, wire.value.data) } : wire;
  };

  return {
    instances: async (id, options) => await hostsOf(`${v3Admin}/instance/list`, id, options),
    consumerView,
    detail,
  };
}
