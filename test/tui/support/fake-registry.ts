import { type Unreadable, allRead } from '../../../src/core/registry/listed.ts';
import { type Instance, type ServiceId, byEndpoint, serviceKey } from '../../../src/core/registry/service.ts';
import type { Registry } from '../../../src/world/registry.ts';

export const orders: ServiceId = { namespace: 'public', group: 'DEFAULT_GROUP', service: 'orders' };
export const dubbo: ServiceId = {
  namespace: 'public',
  group: 'DUBBO_GROUP',
  service: 'providers:com.acme.Orders:1.0.0:',
};
export const shop: ServiceId = { namespace: 'public', group: 'DEFAULT_GROUP', service: 'shop' };

const gateway = { address: '10.9.0.1:0', agent: 'Nacos-Java-Client:v2.4.2', app: 'gateway' };

export function instanceOf(
  id: ServiceId,
  ip: string,
  port: number,
  change: Partial<Instance> = {},
): Instance {
  return {
    ...id,
    ip,
    port,
    cluster: 'DEFAULT',
    enabled: true,
    healthy: true,
    weight: 5,
    ephemeral: true,
    metadata: { version: '41', zone: 'a' },
    ...change,
  };
}

export const usualInstances: readonly Instance[] = [
  instanceOf(orders, '10.0.0.11', 8080),
  instanceOf(orders, '10.0.0.12', 8080),
  instanceOf(orders, '10.0.0.13', 8080, { metadata: { version: '40', zone: 'b' } }),
  instanceOf(dubbo, '10.0.0.11', 20_880),
  instanceOf(dubbo, '10.0.0.12', 20_880),
  instanceOf(dubbo, '10.0.0.13', 20_880),
  instanceOf(shop, '10.0.0.21', 9090),
  instanceOf(shop, '10.0.0.22', 9090, { enabled: false }),
];

/** What it lists; a record that cannot be read is a service or a namespace where it names neither. */
export type Listing = { list: readonly Instance[]; unreadable: readonly Unreadable[] };

/** A registry that lists what is in `instances` now, and writes nothing. */
export function fakeRegistry(instances: Listing): Registry {
  const unreadableOf = (id: { readonly service: string | undefined }): readonly Unreadable[] =>
    instances.unreadable.filter(({ service }) => service === id.service);
  const of = (id: ServiceId): readonly Instance[] =>
    instances.list.filter((each) => serviceKey(each) === serviceKey(id)).toSorted(byEndpoint);
  const good = <T>(value: T): Promise<{ ok: true; value: T }> => Promise.resolve({ ok: true, value });
  return {
    server: () =>
      good({
        product: 'nacos',
        version: '2.2.4',
        dialect: 'v1',
        traits: {
          remembersMs: 60_000,
          isHidingDisabled: false,
          mayMarkAbsent: true,
          needsJavaAgent: false,
          keepsEveryWeight: true,
          isLeaderKnown: true,
          hasV1Client: true,
        },
      }),
    namespaces: () =>
      good({
        items: [
          { id: 'public', name: 'public' },
          { id: 'dev', name: 'dev' },
        ],
        unreadable: unreadableOf({ service: undefined }),
      }),
    services: (namespace) => {
      const ids = new Map(instances.list.map((each) => [serviceKey(each), each]));
      const found = [...ids.values()]
        .filter((each) => each.namespace === namespace)
        .map((id) => ({
          namespace,
          group: id.group,
          service: id.service,
          on: of(id).filter(({ enabled, healthy }) => enabled && healthy).length,
          off: of(id).filter(({ enabled }) => !enabled).length,
          ill: of(id).filter(({ enabled, healthy }) => enabled && !healthy).length,
          ...(unreadableOf(id).length > 0 && { unreadable: unreadableOf(id).length }),
        }));
      return good({ items: found, unreadable: unreadableOf({ service: undefined }) });
    },
    service: (id) => good({ ...id, protectThreshold: 0, selector: 'none', clusters: ['DEFAULT'] }),
    instances: (id) =>
      good(of(id).length === 0 ? undefined : { items: of(id), unreadable: unreadableOf(id) }),
    consumerView: (id) => good(allRead(of(id).filter(({ enabled }) => enabled))),
    write: () => Promise.reject(new Error('a console writes nothing')),
    requestOf: ({ instance, enabled }) => ({
      method: 'PUT',
      url: `http://10.0.0.1:8848/nacos/v1/ns/instance?ip=${instance.ip}&enabled=${enabled}`,
      hasToken: true,
    }),
    nodes: () => good(allRead([{ address: '10.0.0.1:8848', state: 'UP', leader: '10.0.0.1:7848' }])),
    nodeAddresses: ['http://10.0.0.1:8848'],
    mayWrite: () => good('yes' as const),
    subscribers: () => good([]),
    consumers: ({ service }) => good(service === 'orders' ? [gateway] : []),
    sameProcess: () => good(undefined),
    serviceUpdateRequest: () => ({ method: 'PUT', url: '', hasToken: false }),
    close: () => Promise.resolve(),
  };
}
