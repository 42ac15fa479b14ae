import { allRead } from '../../core/registry/listed.ts';
import { type RegistryError, isSilence } from '../../core/registry/registry-error.ts';
import { type ServiceId, serviceId, serviceKey } from '../../core/registry/service.ts';
import type { Registry } from '../../world/registry.ts';
import type { Session } from './session.ts';

/** Between two of them, and as many times as long as the first one took: a slow server is asked more slowly. */
const restMs = 100;
const restTimes = 4;
/** After one that failed: doubled with each further one in a row. */
const troubleMs = 500;
/** But no longer than anybody would wait. */
const restMaxMs = 30_000;

/** Counts one service of a long list anew. Of many that change at once each is counted once, one after the other. */
export async function countService(session: Session, service: ServiceId): Promise<void> {
  const { uncounted, ports } = session;
  uncounted.set(serviceKey(service), serviceId(service));
  if (session.isCounting) return;
  session.isCounting = true;
  let failures = 0;
  for (;;) {
    const [next] = uncounted;
    if (next === undefined) break;
    const [key, id] = next;
    uncounted.delete(key);
    const registry = session.connected?.registry;
    const askedAtMs = ports.clock.monotonic();
    const error = registry && (await count(session, registry, id, askedAtMs));
    if (error !== undefined && session.connected?.registry === registry)
      session.dispatch({ type: 'service-uncounted', service: id, problem: { kind: 'registry', error } });
    const isToCome = error !== undefined && mayPass(error) && session.connected?.registry === registry;
    // Nobody tells us of the same change again, and of a long list the next reading is minutes away.
    if (isToCome) uncounted.set(key, id);
    failures = isToCome ? failures + 1 : 0;
    const leastMs = failures === 0 ? restMs : troubleMs * 2 ** failures;
    const tookMs = ports.clock.monotonic() - askedAtMs;
    await ports.clock.sleep(Math.min(restMaxMs, Math.max(leastMs, restTimes * tookMs)));
  }
  session.isCounting = false;
}

/** What else is wrong is said by the whole list when it is read next. */
function mayPass(error: RegistryError): boolean {
  return isSilence(error) || error.kind === 'server-error';
}

/** Gives what it failed by. */
async function count(
  session: Session,
  registry: Registry,
  id: ServiceId,
  askedAtMs: number,
): Promise<RegistryError | undefined> {
  const server = await registry.server();
  if (!server.ok) return server.error;
  // Its lists of instances say less than its list of services.
  if (server.value.traits.isHidingDisabled) {
    session.dispatch({ type: 'service-uncounted', service: id, problem: undefined });
    return undefined;
  }
  const answer = await registry.instances(id);
  if (!answer.ok) return answer.error;
  if (session.connected?.registry !== registry) return undefined;
  const list = answer.value ?? allRead([]);
  const { items, unreadable } = list;
  const enabled = items.filter((one) => one.enabled);
  const on = enabled.filter(({ healthy }) => healthy).length;
  const counts = { on, off: items.length - enabled.length, ill: enabled.length - on };
  const unread = unreadable.length === 0 ? {} : { unreadable: unreadable.length };
  session.dispatch({ type: 'service-counted', service: { ...id, ...counts, ...unread }, list, askedAtMs });
  return undefined;
}
