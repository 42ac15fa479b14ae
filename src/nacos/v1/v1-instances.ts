import { joinedLists, type Listed } from '../../core/registry/listed.ts';
import {
  defaultCluster,
  type Endpoint,
  type Instance,
  type InstanceId,
  type ServiceDetail,
  type ServiceId,
} from '../../core/registry/service.ts';
import type { Answer, InstancesOptions, ReadOptions, ServerInfo } from '../../world/registry.ts';
import type { Client } from '../http/client.ts';
import type { Dialect } from '../wire/dialect.ts';
import { v1Catalog } from './v1-catalog.ts';
import type { ServiceBook } from '../wire/service-book.ts';
import { sortedInstances } from '../wire/wire.ts';

type Parts = {
  readonly client: Client;
  readonly info: ServerInfo;
  readonly service: (id: ServiceId, options: ReadOptions) => Promise<Answer<ServiceDetail | undefined>>;
  readonly detail: (id: InstanceId, options: ReadOptions) => Promise<Answer<Listed<Instance>>>;
  readonly pageSize: number;
  readonly book: ServiceBook;
};

/** The lists of instances of v1: the catalogue, cluster by cluster, and what consumers are given. */
export function v1Instances(parts: Parts): Pick<Dialect, 'instances' | 'consumerView'> {
  const { info, service, detail } = parts;
  const catalog = v1Catalog(parts.client, parts.pageSize);

  /** Instances that were asked for by name and that the lists leave out. */
  const hidden = async (
    id: ServiceId,
    listed: Listed<Instance>,
    options: InstancesOptions,
  ): Promise<Answer<Listed<Instance>>> => {
    const isListed = (one: Endpoint): boolean =>
      [...listed.items, ...listed.unreadable].some(({ ip, port }) => ip === one.ip && port === one.port);
    const missing = (options.known ?? []).filter((one) => !isListed(one));
    const found: Listed<Instance>[] = [];
    for (const endpoint of missing) {
      const answer = await detail({ ...id, ...endpoint, cluster: defaultCluster }, options);
      if (!answer.ok) return answer;
      found.push(answer.value);
    }
    return { ok: true, value: joinedLists(found) };
  };

  const instances: Dialect['instances'] = async (id, options) => {
    const known = await parts.book.recall(id, options, service);
    if (!known.ok || known.value === undefined) return known as Answer<undefined>;
    // What hides disabled ones takes no notice of clusters either: each of its lists is about all of them.
    const named = info.traits.isHidingDisabled ? [] : known.value.clusters;
    const clusters = named.length === 0 ? [defaultCluster] : named;
    const found: Listed<Instance>[] = [{ items: [], unreadable: known.value.unreadable ?? [] }];
    for (const cluster of clusters) {
      const listed = await catalog.clusterInstances(id, cluster, options);
      if (!listed.ok) return listed;
      found.push(listed.value);
    }
    if (info.traits.isHidingDisabled) {
      const more = await hidden(id, joinedLists(found), options);
      if (!more.ok) return more;
      found.push(more.value);
    }
    return { ok: true, value: sortedInstances(joinedLists(found)) };
  };

  return { instances, consumerView: async (id, options) => await catalog.consumerHosts(id, options) };
}
