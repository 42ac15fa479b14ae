import * as z from 'zod';
import { defaultCluster, defaultGroup, type ServiceSummary } from '../../core/registry/service.ts';
import type { Answer, ReadOptions } from '../../world/registry.ts';
import type { Client } from '../http/client.ts';
import { allPages } from '../wire/pages.ts';
import { v1Catalog } from './v1-catalog.ts';
import { listRequest, type Services, servicesPath } from './v1-services.ts';
import { countWire, listWire, nameWire, readRecords } from '../wire/records.ts';
import { readJson, sortedSummaries } from '../wire/wire.ts';

const countedService = z.object({
  name: nameWire,
  groupName: z.string().nullish(),
  ipCount: z.int().min(0),
});
type CountedService = z.infer<typeof countedService>;
const countedWire = z.object({ count: countWire, serviceList: listWire });

/** How many lists of instances are asked for at once. */
const askedAtOnce = 8;

/** r-nacos counts who is disabled and lists only who is not: the difference is off. */
export function hidingServices(client: Client, pageSize: number): Services {
  const catalog = v1Catalog(client, pageSize);

  const summary = async (
    namespace: string,
    { name, groupName, ipCount }: CountedService,
    options: ReadOptions,
  ): Promise<Answer<ServiceSummary>> => {
    const id = { namespace, group: groupName || defaultGroup, service: name };
    if (ipCount === 0) return { ok: true, value: { ...id, on: 0, off: 0, ill: 0 } };
    const listed = await catalog.clusterInstances(id, defaultCluster, options);
    if (!listed.ok) return listed;
    const { items, unreadable } = listed.value;
    const on = items.filter(({ healthy }) => healthy).length;
    const off = Math.max(0, ipCount - items.length - unreadable.length);
    return {
      ok: true,
      value: {
        ...id,
        on,
        off,
        ill: items.length - on,
        ...(unreadable.length > 0 && { unreadable: unreadable.length }),
      },
    };
  };

  return async (namespace, options) => {
    const counted = await allPages({
      path: servicesPath,
      pageSize,
      read: async (pageNo, size) => {
        const reply = await client.read(listRequest(namespace, pageNo, size, false), options);
        if (!reply.ok) return reply;
        const wire = readJson(reply.value, countedWire);
        if (!wire.ok) return wire;
        return { ok: true, value: { total: wire.value.count, items: wire.value.serviceList } };
      },
    });
    if (!counted.ok) return counted;
    const services = readRecords(counted.value, countedService, { namespace });
    const summaries: ServiceSummary[] = [];
    for (let first = 0; first < services.items.length; first += askedAtOnce) {
      const some = services.items.slice(first, first + askedAtOnce);
      for (const answer of await Promise.all(some.map((one) => summary(namespace, one, options)))) {
        if (!answer.ok) return answer;
        summaries.push(answer.value);
      }
    }
    return { ok: true, value: sortedSummaries({ items: summaries, unreadable: services.unreadable }) };
  };
}
