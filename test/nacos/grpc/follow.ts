import { onTestFinished } from 'vitest';
import type { Endpoint, ServiceId } from '../../../src/core/registry/service.ts';
import { openSession, type Session, noSession } from '../../../src/nacos/http/session.ts';
import { openSubscription } from '../../../src/nacos/subscription.ts';
import { type Clock, realClock } from '../../../src/world/clock.ts';
import type { Hearing, Subscription, Told } from '../../../src/world/subscription.ts';
import { type ScriptedGrpc, scriptedGrpc } from '../../support/servers/scripted-grpc.ts';

export const orders: ServiceId = { namespace: 'public', group: 'DEFAULT_GROUP', service: 'orders' };
export const carts: ServiceId = { ...orders, service: 'carts' };

export type Follower = Subscription & {
  readonly told: readonly Told[];
  /** The addresses that were told last, of the service. */
  last(service?: ServiceId): readonly Endpoint[] | undefined;
  state(service?: ServiceId): Hearing['kind'];
  error(service?: ServiceId): unknown;
};

const noTls = { ca: undefined, cert: undefined, key: undefined };

/** Follows `orders` on a node until the test is over. */
export function follow(
  node: string,
  given: {
    readonly clock?: Clock;
    readonly session?: Session;
    readonly services?: readonly ServiceId[];
    readonly tls?: { readonly ca: string };
  } = {},
): Follower {
  const { clock = realClock, session = noSession, services = [orders] } = given;
  const told: Told[] = [];
  const subscription = openSubscription(
    {
      client: { nodeAddresses: [node], session: () => session },
      connection: { tls: { ...noTls, ...given.tls } },
      clock,
      ready: () => Promise.resolve({ ok: true, value: undefined }),
    },
    { nodes: [node], told: (list) => void told.push(list) },
  );
  onTestFinished(() => subscription.close());
  subscription.follow(services);
  return {
    ...subscription,
    told,
    last: (service = orders) =>
      told.findLast((list) => list.service.service === service.service)?.consumers.items,
    state: (service = orders) => subscription.hearing(node, service).kind,
    error: (service = orders) => {
      const hearing = subscription.hearing(node, service);
      return hearing.kind === 'unavailable' ? hearing.error : undefined;
    },
  };
}

/** A scripted gRPC side that ends with the test. */
export async function grpc(...given: Parameters<typeof scriptedGrpc>): Promise<ScriptedGrpc> {
  const server = await scriptedGrpc(...given);
  onTestFinished(() => server.stop());
  return server;
}

/** A session that gives out `token-1`, `token-2` and so on. */
export function countingSession(clock: Clock = realClock): Session & { readonly logins: () => number } {
  let logins = 0;
  const session = openSession(() => {
    logins += 1;
    return Promise.resolve({ ok: true, value: { text: `token-${logins}`, ttlMs: 18_000_000 } });
  }, clock);
  return { ...session, logins: () => logins };
}
