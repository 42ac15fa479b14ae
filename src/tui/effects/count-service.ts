import { allRead } from '../../core/registry/listed.ts';
import { type ServiceId, serviceId, serviceKey } from '../../core/registry/service.ts';
import type { Registry } from '../../world/registry.ts';
import type { Session } from './session.ts';

/** Between two of them, and as many times as long as the first one took: a slow server is asked more slowly. */
const restMs = 100;
const restTimes = 4;

/** Counts one service of a long list anew. Of many that change at once each is counted once, one after the other. */
export async function countService(session: Session, service: ServiceId): Promise<void> {
  const { uncounted, ports } = session;
  uncounted.set(serviceKey(service), serviceId(service));
  if (session.isCounting) return;
  session.isCounting = true;
  for (;;) {
    const [next] = uncounted;
    if (next === undefined) break;
    const [key, id] = next;
    uncounted.delete(key);
    const registry = session.connected?.registry;
    const askedAtMs = ports.clock.monotonic();
    if (registry !== undefined) await count(session, registry, id, askedAtMs);
    await ports.clock.sleep(Math.max(restMs, restTimes * (ports.clock.monotonic() - askedAtMs)));
  }
  session.isCounting = false;
}

async function count(session: Session, registry: Registry, id: ServiceId, askedAtMs: number): Promise<void> {
  const server = await registry.server();
  // Its lists of instances say less than its list of services.
  if (!server.ok || server.value.traits.isHidingDisabled) return;
  const answer = await registry.instances(id);
  // The whole list says what is wrong when it is read next.
  if (!answer.ok || session.connected?.registry !== registry) return;
  const list = answer.value ?? allRead([]);
  const { items, unreadable } = list;
  const enabled = items.filter((one) => one.enabled);
  const on = enabled.filter(({ healthy }) => healthy).length;
  const counts = { on, off: items.length - enabled.length, ill: enabled.length - on };
  const unread = unreadable.length === 0 ? {} : { unreadable: unreadable.length };
  session.dispatch({ type: 'service-counted', service: { ...id, ...counts, ...unread }, list, askedAtMs });
}
