import { type Unreadable, allRead } from '../../../src/core/registry/listed.ts';
import type { RegistryError } from '../../../src/core/registry/registry-error.ts';
import {
  type Instance,
  type ServiceId,
  byEndpoint,
  defaultCluster,
  defaultGroup,
  defaultNamespace,
  endpointText,
  serviceKey,
} from '../../../src/core/registry/service.ts';
import type { InstanceWrite, Registry, WriteOutcome } from '../../../src/world/registry.ts';

export type FakeRegistry = Registry & {
  readonly writes: InstanceWrite[];
  list: Instance[];
  /** Registrations that cannot be read, by their service; services where they have none. */
  unreadable: Unreadable[];
  /** Set: every read answers this. */
  readError: RegistryError | undefined;
  /** Set: answers the next writes instead of doing them. */
  writeOutcome: ((write: InstanceWrite) => WriteOutcome | undefined) | undefined;
};

/** An instance that is on and well unless told otherwise. */
export function instance(service: string, ip: string, port: number, rest: Partial<Instance> = {}): Instance {
  return {
    namespace: defaultNamespace,
    group: defaultGroup,
    service,
    cluster: defaultCluster,
    ip,
    port,
    enabled: true,
    healthy: true,
    weight: 5,
    ephemeral: true,
    metadata: { version: '1' },
    ...rest,
  };
}

/** A Nacos of one node, in memory: what is written shows at once. */
export function fakeRegistry(list: Instance[]): FakeRegistry {
  const node = 'http://127.0.0.1:8848';
  const of = (id: ServiceId): readonly Instance[] =>
    registry.list.filter((one) => serviceKey(one) === serviceKey(id)).sort(byEndpoint);
  const answer = async <T>(
    value: () => T,
  ): Promise<{ ok: true; value: T } | { ok: false; error: RegistryError }> =>
    registry.readError === undefined
      ? { ok: true, value: value() }
      : { ok: false, error: registry.readError };
  const registry: FakeRegistry = {
    writes: [],
    list,
    unreadable: [],
    readError: undefined,
    writeOutcome: undefined,
    nodeAddresses: [node],
    server: () =>
      answer(() => ({
        product: 'nacos' as const,
        version: '2.2.4',
        dialect: 'v1' as const,
        traits: {
          remembersMs: 60_000,
          isHidingDisabled: false,
          mayMarkAbsent: true,
          needsJavaAgent: false,
          keepsEveryWeight: true,
          isLeaderKnown: true,
          hasV1Client: true,
        },
      })),
    namespaces: () => answer(() => allRead([{ id: 'public', name: 'public' }])),
    services: (namespace, pattern) =>
      answer(() => {
        const ids = new Map(registry.list.map((one) => [serviceKey(one), one]));
        const found = [...ids.values()]
          .filter((id) => id.namespace === namespace && id.service.includes(pattern))
          .map(({ group, service }) => {
            const listed = of({ namespace, group, service });
            const on = listed.filter(({ enabled }) => enabled).length;
            const bad = registry.unreadable.filter((record) => record.service === service).length;
            const counts = { on, off: listed.length - on, ill: 0 };
            return { namespace, group, service, ...counts, ...(bad > 0 && { unreadable: bad }) };
          });
        return {
          items: found,
          unreadable: registry.unreadable.filter(({ service }) => service === undefined),
        };
      }),
    service: (id) => answer(() => ({ ...id, protectThreshold: 0, selector: 'none', clusters: ['DEFAULT'] })),
    instances: (id) =>
      answer(() => {
        const unreadable = registry.unreadable.filter(({ service }) => service === id.service);
        return of(id).length + unreadable.length === 0 ? undefined : { items: of(id), unreadable };
      }),
    consumerView: (id) => answer(() => allRead(of(id).filter(({ enabled }) => enabled))),
    write: async (write) => {
      registry.writes.push(write);
      const outcome = registry.writeOutcome?.(write);
      if (outcome !== undefined) return outcome;
      // Nacos compares texts.
      const isMeant = (one: Instance): boolean =>
        serviceKey(one) === serviceKey(write.instance) &&
        one.ip === write.instance.ip &&
        one.port === write.instance.port &&
        one.cluster === write.instance.cluster;
      if (!registry.list.some(isMeant))
        return {
          kind: 'refused',
          error: { kind: 'instance-missing', instance: endpointText(write.instance) },
        };
      registry.list = registry.list.map((one) =>
        isMeant(one) ? { ...one, enabled: write.enabled, weight: write.weight } : one,
      );
      return { kind: 'accepted' };
    },
    requestOf: () => ({ method: 'PUT', url: `${node}/nacos/v1/ns/instance`, hasToken: true }),
    nodes: () =>
      answer(() => allRead([{ address: '127.0.0.1:8848', state: 'UP', leader: '127.0.0.1:7848' }])),
    mayWrite: () => answer(() => 'yes' as const),
    subscribers: () => answer(() => []),
    consumers: () => answer(() => []),
    sameProcess: () => answer(() => undefined),
    serviceUpdateRequest: () => ({ method: 'PUT', url: '', hasToken: false }),
    close: async () => undefined,
  };
  return registry;
}
