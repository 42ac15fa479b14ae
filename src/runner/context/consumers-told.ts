import { mayBeAt } from '../../core/registry/may-be-at.ts';
import { type Plan, type Registration, touchedServices } from '../../core/plan/plan.ts';
import {
  type ServiceId,
  instanceKey,
  isSameEndpoint,
  isSameService,
  serviceId,
  serviceKey,
} from '../../core/registry/service.ts';
import type { Registry } from '../../world/registry.ts';
import type { Hearing, Told } from '../../world/subscription.ts';

/** Whether consumers of one node may call an address, and since when they know; `unread` where nobody can tell. */
export type ToldOf = { readonly shown: 'given' | 'gone' | 'unread'; readonly sinceMs: number };

/** What server nodes tell the consumers of a rollout's services, as it is heard by one of them: us. It ends with its registry. */
export type ConsumersTold = {
  /** `undefined` where the node does not tell us now. `sinceMs` is on the monotonic clock. */
  of(node: string, registration: Registration): ToldOf | undefined;
  hearing(node: string, service: ServiceId): Hearing;
  /** Aborted at the next list that is told, and at the next change of what is heard. */
  news(): AbortSignal;
};

/** Follows every service that a plan touches; `undefined` where nothing can be followed. `plan` is asked again for addresses. */
export function followConsumers(
  registry: Registry,
  nodes: readonly string[],
  plan: () => Plan,
): ConsumersTold | undefined {
  const lists = new Map<string, Told>();
  const known = new Map<string, ToldOf>();
  let news = new AbortController();
  const tell = (): void => {
    const before = news;
    news = new AbortController();
    before.abort();
  };

  const told = (list: Told): void => {
    lists.set(`${list.node} ${serviceKey(list.service)}`, list);
    const registrations = plan().targets.flatMap((target) => target.registrations);
    for (const registration of registrations.filter((one) => isSameService(one, list.service))) {
      const key = `${list.node} ${instanceKey(registration)}`;
      const shown = shownIn(list, registration);
      if (known.get(key)?.shown !== shown) known.set(key, { shown, sinceMs: list.atMs });
    }
    tell();
  };

  const subscription = registry.subscribe?.({ nodes, told, heard: tell });
  if (subscription === undefined) return undefined;
  subscription.follow(touchedServices(plan()).map(serviceId));
  return {
    of: (node, registration) => {
      const service = serviceId(registration);
      if (subscription.hearing(node, service).kind !== 'listening') return undefined;
      const list = lists.get(`${node} ${serviceKey(service)}`);
      const before = known.get(`${node} ${instanceKey(registration)}`);
      // It has this address for less long than the list is there.
      return before ?? (list && { shown: shownIn(list, registration), sinceMs: list.atMs });
    },
    hearing: (node, service) => subscription.hearing(node, service),
    news: () => news.signal,
  };
}

function shownIn({ consumers }: Told, registration: Registration): ToldOf['shown'] {
  if (consumers.items.some((endpoint) => isSameEndpoint(endpoint, registration))) return 'given';
  return consumers.unreadable.some((record) => mayBeAt(record, registration)) ? 'unread' : 'gone';
}
