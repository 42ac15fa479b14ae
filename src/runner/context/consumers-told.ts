import { mayBeAt } from '../../core/registry/may-be-at.ts';
import { type Plan, type Registration, touchedServices } from '../../core/plan/plan.ts';
import {
  type ServiceId,
  instanceKey,
  isSameEndpoint,
  isSameService,
  serviceId,
  serviceKey,
  nodeServiceKey,
} from '../../core/registry/service.ts';
import type { Registry } from '../../world/registry.ts';
import type { Hearing, Told } from '../../world/subscription.ts';

/** Whether consumers of one node may call an address, and since when they know; `unread` where nobody can tell. */
export type ToldOf = { readonly shown: 'given' | 'gone' | 'unread'; readonly sinceMs: number };

/** What server nodes tell the consumers of a rollout's services, as it is heard by one of them: us. It ends with its registry. */
export type ConsumersTold = {
  /** `undefined` where the node does not tell us now. `sinceMs` is on the monotonic clock. */
  of(node: string, registration: Registration): ToldOf | undefined;
  /** All that consumers of the node may call, as it was told last; `undefined` where the node does not tell us now. */
  listOf(node: string, service: ServiceId): Told | undefined;
  hearing(node: string, service: ServiceId): Hearing;
  /** Aborted at the next list that is told, of this service where one is named, and at the next change of what is heard. */
  news(service?: ServiceId): AbortSignal;
};

/** Follows every service that a plan touches; `undefined` where nothing can be followed. `plan` is asked again for addresses. */
export function followConsumers(
  registry: Registry,
  nodes: readonly string[],
  plan: () => Plan,
): ConsumersTold | undefined {
  const lists = new Map<string, Told>();
  const known = new Map<string, ToldOf>();
  const all = '';
  const news = new Map<string, AbortController>();
  const newsOf = (key: string): AbortSignal => {
    const one = news.get(key) ?? new AbortController();
    news.set(key, one);
    return one.signal;
  };
  const tell = (keys: readonly string[]): void => {
    for (const key of keys) {
      const before = news.get(key);
      news.delete(key);
      before?.abort();
    }
  };

  const told = (list: Told): void => {
    lists.set(nodeServiceKey(list.node, list.service), list);
    // A thousand registrations may be looked for among as many consumers, at each change of one.
    const given = new Set(list.consumers.items.map((one) => instanceKey({ ...list.service, ...one })));
    const registrations = plan().targets.flatMap((target) => target.registrations);
    for (const registration of registrations.filter((one) => isSameService(one, list.service))) {
      const instance = instanceKey(registration);
      const key = `${list.node} ${instance}`;
      const shown = given.has(instance) ? 'given' : withoutIt(list, registration);
      if (known.get(key)?.shown !== shown) known.set(key, { shown, sinceMs: list.atMs });
    }
    tell([all, serviceKey(list.service)]);
  };

  const subscription = registry.subscribe?.({ nodes, told, heard: () => tell([...news.keys()]) });
  if (subscription === undefined) return undefined;
  subscription.follow(touchedServices(plan()).map(serviceId));
  return {
    of: (node, registration) => {
      const service = serviceId(registration);
      if (subscription.hearing(node, service).kind !== 'listening') return undefined;
      const list = lists.get(nodeServiceKey(node, service));
      const before = known.get(`${node} ${instanceKey(registration)}`);
      // It has this address for less long than the list is there.
      return before ?? (list && { shown: shownIn(list, registration), sinceMs: list.atMs });
    },
    listOf: (node, service) =>
      subscription.hearing(node, service).kind === 'listening'
        ? lists.get(nodeServiceKey(node, service))
        : undefined,
    hearing: (node, service) => subscription.hearing(node, service),
    news: (service) => newsOf(service === undefined ? all : serviceKey(service)),
  };
}

function shownIn(list: Told, registration: Registration): ToldOf['shown'] {
  const isGiven = list.consumers.items.some((endpoint) => isSameEndpoint(endpoint, registration));
  return isGiven ? 'given' : withoutIt(list, registration);
}

/** Of a list that does not name it. */
function withoutIt({ consumers }: Told, registration: Registration): ToldOf['shown'] {
  return consumers.unreadable.some((record) => mayBeAt(record, registration)) ? 'unread' : 'gone';
}

/** Whether each of these nodes tells its consumers, and us, that nobody may call it. */
export function isToldOff(
  told: ConsumersTold | undefined,
  nodes: readonly string[],
  registration: Registration,
): boolean {
  return nodes.every((node) => told?.of(node, registration)?.shown === 'gone');
}

/** When consumers were first told, after `sinceMs`, that it may be called; `undefined` where they were not. */
export function toldOnMs(
  told: ConsumersTold | undefined,
  nodes: readonly string[],
  registration: Registration,
  sinceMs: number,
): number | undefined {
  const since = nodes.flatMap((node) => {
    const of = told?.of(node, registration);
    return of !== undefined && of.shown !== 'gone' && of.sinceMs > sinceMs ? [of.sinceMs] : [];
  });
  return since.length === 0 ? undefined : Math.min(...since);
}

/** Ends when the step does, and as soon as there is news of its service where consumers are followed. */
export function orNews(signal: AbortSignal, news: AbortSignal | undefined): AbortSignal {
  return news === undefined ? signal : AbortSignal.any([signal, news]);
}
