import * as z from 'zod';
import { defaultCluster, defaultGroup, type ServiceSummary } from '../../core/registry/service.ts';
import { mapBounded } from '../../world/map-bounded.ts';
import type { Answer, ServicesOptions } from '../../world/registry.ts';
import type { Client } from '../http/client.ts';
import { allPages } from '../wire/pages.ts';
import { v1Catalog } from './v1-catalog.ts';
import { listRequest, type Services, servicesPath } from './v1-services.ts';
import { countWire, listWire, nameWire, readRecords } from '../wire/records.ts';
import { sortedSummaries } from '../wire/services-wire.ts';
import { mayBeAtOneOf, readJson } from '../wire/wire.ts';

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
    options: ServicesOptions,
  ): Promise<Answer<ServiceSummary | undefined>> => {
    const id = { namespace, group: groupName || defaultGroup, service: name };
    const { at } = options;
    if (ipCount === 0)
      return { ok: true, value: at === undefined ? { ...id, on: 0, off: 0, ill: 0 } : undefined };
    const listed = await catalog.clusterInstances(id, defaultCluster, options);
    if (!listed.ok) return listed;
    const { items, unreadable } = listed.value;
    const on = items.filter(({ healthy }) => healthy).length;
    const off = Math.max(0, ipCount - items.length - unreadable.length);
    // Who is off is counted, and may be anywhere.
    const mayBeThere =
      at === undefined || off > 0 || [...items, ...unreadable].some((one) => mayBeAtOneOf(at, one));
    if (!mayBeThere) return { ok: true, value: undefined };
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
    const answers = await mapBounded(services.items, askedAtOnce, (one) => summary(namespace, one, options));
    const summaries: ServiceSummary[] = [];
    for (const answer of answers) {
      if (!answer.ok) return answer;
      if (answer.value !== undefined) summaries.push(answer.value);
    }
    return { ok: true, value: sortedSummaries({ items: summaries, unreadable: services.unreadable }) };
  };
}
