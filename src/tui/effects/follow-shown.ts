import { type ServiceId, serviceId, serviceKey } from '../../core/registry/service.ts';
import type { Registry } from '../../world/registry.ts';
import { type Session, type Shown, nowOf } from './session.ts';

/** More are not followed: lists that long are polled more often instead. */
const followedMax = 200;

/** Follows the services on the screen, and no other, so that a change is told. Says whether each of them is heard now. */
export function followShown(session: Session, services: readonly ServiceId[]): boolean {
  const registry = session.connected?.registry;
  const [node] = registry?.nodeAddresses ?? [];
  if (registry === undefined || node === undefined) return false;
  const ids = services.slice(0, followedMax).map(serviceId);
  const shown = shownOn(session, registry, node);
  if (shown === undefined) return false;
  const keys = ids.map(serviceKey).join('\n');
  if (shown.keys !== keys) shown.subscription.follow(ids);
  shown.keys = keys;
  const isHeard = (id: ServiceId): boolean => shown.subscription.hearing(node, id).kind === 'listening';
  return services.length <= followedMax && ids.every(isHeard);
}

function shownOn(session: Session, registry: Registry, node: string): Shown | undefined {
  if (session.shown?.registry === registry) return session.shown;
  const known = new Set<string>();
  const subscription = registry.subscribe?.({
    nodes: [node],
    told: ({ service }) => {
      const key = serviceKey(service);
      // What is told first is no news: it was read just before.
      if (known.has(key)) session.dispatch({ type: 'change-told', now: nowOf(session) });
      known.add(key);
    },
  });
  session.shown = subscription && { registry, node, subscription, keys: '' };
  return session.shown;
}
