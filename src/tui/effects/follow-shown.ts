import { type ServiceId, serviceId, serviceKey } from '../../core/registry/service.ts';
import { followedMax } from '../model/followed.ts';
import type { Registry } from '../../world/registry.ts';
import { type Session, type Shown, nowOf } from './session.ts';

/** Follows the services on the screen, and no other, so that a change is told. Says whether each of them is heard now. */
export function followShown(session: Session, services: readonly ServiceId[]): boolean {
  const registry = session.connected?.registry;
  const [node] = registry?.nodeAddresses ?? [];
  if (registry === undefined || node === undefined) return false;
  const ids = services.slice(0, followedMax).map(serviceId);
  const shown = shownOn(session, registry, node);
  if (shown === undefined) return false;
  const keys = ids.map(serviceKey).join('\n');
  if (shown.keys !== keys) {
    shown.subscription.follow(ids);
    // What is followed again is told anew.
    const now = new Set(ids.map(serviceKey));
    for (const key of shown.told) if (!now.has(key)) shown.told.delete(key);
  }
  shown.keys = keys;
  const isHeard = (id: ServiceId): boolean => shown.subscription.hearing(node, id).kind === 'listening';
  return services.length <= followedMax && ids.every(isHeard);
}

function shownOn(session: Session, registry: Registry, node: string): Shown | undefined {
  if (session.shown?.registry === registry) return session.shown;
  const told = new Set<string>();
  const subscription = registry.subscribe?.({
    nodes: [node],
    told: ({ service, consumers }) => {
      const key = serviceKey(service);
      const isFirst = !told.has(key);
      told.add(key);
      const on = consumers.items.length;
      session.dispatch({ type: 'change-told', service, on, isFirst, now: nowOf(session) });
    },
  });
  session.shown = subscription && { registry, node, subscription, told, keys: '' };
  return session.shown;
}
