import { allRead, type Listed } from '../core/registry/listed.ts';
import { namespaceMissing } from '../core/registry/meant.ts';
import type { RegistryError } from '../core/registry/registry-error.ts';
import { leaseGroup, leaseService } from '../core/registry/lease.ts';
import {
  defaultNamespace,
  type InstanceId,
  type ServiceId,
  type ServiceSummary,
} from '../core/registry/service.ts';
import type { Clock } from '../world/clock.ts';
import type { Connection } from '../world/connection.ts';
import type {
  Answer,
  NamespaceList,
  Presence,
  ReadOptions,
  Registry,
  ServerInfo,
  ServerNode,
  Watch,
} from '../world/registry.ts';
import type { SubscribeOptions, Subscription } from '../world/subscription.ts';
import type { RequestLog } from './http/attempt.ts';
import { type Client, openClient } from './http/client.ts';
import { detect } from './server/detect.ts';
import type { Dialect } from './wire/dialect.ts';
import { defaultPageSize } from './wire/pages.ts';
import { ServiceBook } from './wire/service-book.ts';
import { openPresence } from './presence/own-registration.ts';
import { clientsOf, sameProcess } from './client-connections.ts';
import { consumersOf } from './consumer-connections.ts';
import { openSubscription } from './subscription.ts';
import { openServerFinder } from './server/server-finder.ts';
import { openTransport } from './http/transport.ts';
import { writeWith } from './write.ts';
import { notAddressable } from './wire/named-service.ts';

export type { RequestLog };

export type RegistryOptions = {
  readonly clock: Clock;
  readonly log?: RequestLog;
  readonly watch?: Watch | undefined;
  /** How many services or instances are asked for at once. */
  readonly pageSize?: number;
};

/** The registry of a real Nacos, over HTTP. Nothing is sent before the first question. */
export function openRegistry(connection: Connection, options: RegistryOptions): Registry {
  return openNacos(connection, options).registry;
}

/** A registry, and beside it what may register something of our own there. */
export function openNacos(
  connection: Connection,
  options: RegistryOptions,
): { readonly registry: Registry; readonly presence: Presence } {
  const { clock, log, watch, pageSize = defaultPageSize } = options;
  const transport = openTransport(connection.tls, clock);
  const client = openClient({ connection, transport, clock, log, watch });
  const subscriptions = new Set<Subscription>();
  const book = new ServiceBook(clock, (node, id) =>
    [...subscriptions].some((one) => one.hearing(node, id).kind === 'listening'),
  );
  const finder = openServerFinder({ client, connection, clock, pageSize, book });
  const ask: Ask = async (question) => {
    const answer = await finder.ready();
    return answer.ok ? await question(answer.value.dialect, answer.value.info) : answer;
  };
  const registry: Registry = {
    nodeAddresses: client.nodeAddresses,
    ...listsOf({ ask, client, connection }),
    ...readsOf(ask),
    server: async (given = {}) => {
      if (given.node !== undefined)
        return await detect({ client, clock, options: given }, connection.dialect);
      return await ask((_dialect, info) => Promise.resolve({ ok: true, value: info }));
    },
    write: async (write, given = {}) => {
      const answer = await finder.ready();
      if (!answer.ok) return { kind: 'refused', error: answer.error };
      return await writeWith(client, answer.value, write, given);
    },
    requestOf: (write) => client.textOf(finder.likely().dialect.writeRequest(write)),
    serviceUpdateRequest: (detail) => client.textOf(finder.likely().dialect.serviceUpdateRequest(detail)),
    clientsOf: async (instance, given = {}) =>
      await askAbout(ask, instance, (_dialect, info) => clientsOf(client, info, instance, given)),
    consumers: async (id, nodes, given = {}) =>
      await askAbout(ask, id, async (dialect, info) => {
        const members = await dialect.nodes(given);
        const isWhole =
          members.ok && members.value !== undefined && members.value.items.length <= nodes.length;
        if (!isWhole) return { ok: true, value: undefined };
        const subscribers = await dialect.subscribers(id, given);
        if (!subscribers.ok) return subscribers;
        return await consumersOf(client, info, { id, subscribers: subscribers.value, nodes }, given);
      }),
    sameProcess: async (instance, given = {}) =>
      await askAbout(ask, instance, (_dialect, info) => sameProcess(client, info, instance, given)),
    mayWrite: async (instance, given = {}) =>
      await askAbout(ask, instance, (dialect) => mayWrite(client, dialect, instance, given)),
    trialOf: (instance) => {
      const trial = finder.likely().dialect.trialRequest(instance);
      return trial === undefined || trial.method === 'GET' ? undefined : client.textOf(trial);
    },
    subscribe: (given) => {
      const subscription = openSubscription(
        { client, connection, clock, ready: () => finder.ready() },
        noting(book, given),
      );
      subscriptions.add(subscription);
      return subscription;
    },
    close: async () => {
      for (const subscription of subscriptions) subscription.close();
      await transport.close();
    },
  };
  return { registry, presence: openPresence(client, finder, clock) };
}

/** What is told names clusters, too. */
function noting(book: ServiceBook, given: SubscribeOptions): SubscribeOptions {
  const told: SubscribeOptions['told'] = (list) => {
    book.told(list.node, list.service, list.clusters ?? []);
    given.told(list);
  };
  return { ...given, told };
}

type Ask = <T>(question: (dialect: Dialect, info: ServerInfo) => Promise<Answer<T>>) => Promise<Answer<T>>;

/** Only of a service that the dialect can name without meaning another. */
async function askAbout<T>(
  ask: Ask,
  id: ServiceId,
  question: Parameters<typeof ask<T>>[0],
): Promise<Answer<T>> {
  return await ask<T>(async (dialect, info) =>
    dialect.mayName(id) ? await question(dialect, info) : { ok: false, error: notAddressable(id) },
  );
}

function readsOf(ask: Ask): Pick<Registry, 'service' | 'instances' | 'consumerView' | 'subscribers'> {
  return {
    service: async (id, given = {}) => await askAbout(ask, id, (dialect) => dialect.service(id, given)),
    instances: async (id, given = {}) => await askAbout(ask, id, (dialect) => dialect.instances(id, given)),
    consumerView: async (id, given = {}) =>
      await askAbout(ask, id, (dialect) => dialect.consumerView(id, given)),
    subscribers: async (id, given = {}) =>
      await askAbout(ask, id, (dialect) => dialect.subscribers(id, given)),
  };
}

type Lists = { readonly ask: Ask; readonly client: Client; readonly connection: Connection };

function listsOf({ ask, client, connection }: Lists): Pick<Registry, 'namespaces' | 'services' | 'nodes'> {
  return {
    namespaces: async (given = {}) =>
      await ask(async (dialect) => {
        const answer = await dialect.namespaces(given);
        return answer.ok ? { ok: true, value: answer.value ?? namespacesKnown(connection) } : answer;
      }),
    services: async (namespace, pattern, given = {}) =>
      await ask(async (dialect) => {
        // Servers match with the case, and take a pattern for a regular expression.
        const wanted = pattern.toLowerCase();
        const isWanted = (service: string): boolean => service.toLowerCase().includes(wanted);
        const wantedOf = ({ items, unreadable }: Listed<ServiceSummary>): Listed<ServiceSummary> => ({
          items: items.filter((one) => isWanted(one.service) && !isLease(one)),
          // One without a name may be any of them.
          unreadable: unreadable.filter(({ service }) => service === undefined || isWanted(service)),
        });
        const { come } = given;
        const answer = await dialect.services(namespace, {
          ...given,
          ...(come && { come: (part, total) => come(wantedOf(part), total) }),
        });
        if (!answer.ok) return answer;
        const { items, unreadable } = answer.value;
        const isEmpty = items.length + unreadable.length === 0;
        const proof = isEmpty ? await proofOf(dialect, namespace, given) : 'there';
        if (proof !== 'there' && proof !== 'unknown') return { ok: false, error: proof };
        const value = {
          ...wantedOf(answer.value),
          ...(proof === 'unknown' && ({ isNamespaceUnproven: true } as const)),
        };
        return { ok: true, value };
      }),
    nodes: async (given = {}) =>
      await ask(async (dialect) => {
        const answer = await dialect.nodes(given);
        if (!answer.ok) return answer;
        const sole = allRead([soleNode(given.node ?? client.servers()[0] ?? '')]);
        return { ok: true, value: answer.value ?? { ...sole, isAssumed: true } };
      }),
  };
}

/** Rollouts, not services: nobody rolls them. */
function isLease({ group, service }: ServiceId): boolean {
  return group === leaseGroup && service === leaseService;
}

async function mayWrite(
  client: Client,
  dialect: Dialect,
  instance: InstanceId,
  given: ReadOptions,
): Promise<Answer<'yes' | 'no' | 'unknown'>> {
  const trial = dialect.trialRequest(instance);
  if (trial === undefined) return { ok: true, value: 'unknown' };
  const sent = await client.send(trial, given);
  if (sent.ok) return { ok: true, value: 'yes' };
  if (sent.error.kind === 'instance-missing' || sent.error.kind === 'service-missing')
    return { ok: true, value: 'yes' };
  return sent.error.kind === 'forbidden' ? { ok: true, value: 'no' } : { ok: false, error: sent.error };
}

/** Where no list of namespaces is open, those that we know of without one. */
function namespacesKnown(connection: Connection): NamespaceList {
  const ids = new Set([defaultNamespace, connection.namespace || defaultNamespace]);
  return { ...allRead([...ids].map((id) => ({ id, name: id }))), isAssumed: true };
}

/** Nacos lists nothing for a namespace that does not exist; only the list of namespaces can tell. */
async function proofOf(
  dialect: Dialect,
  namespace: string,
  given: ReadOptions,
): Promise<'there' | 'unknown' | RegistryError> {
  if (namespace === defaultNamespace || namespace === '') return 'there';
  const list = await dialect.namespaces(given);
  if (!list.ok || list.value === undefined) return 'unknown';
  const { items, unreadable } = list.value;
  if (items.some(({ id }) => id === namespace)) return 'there';
  // One that cannot be read may be this one.
  return unreadable.length > 0 ? 'unknown' : namespaceMissing(namespace, items);
}

/** A server without a list of its cluster stands alone, as far as we can know. */
function soleNode(address: string): ServerNode {
  return { address: URL.canParse(address) ? new URL(address).host : address, state: 'UP', leader: undefined };
}
