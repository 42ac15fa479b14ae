import { type ServiceId, serviceKey, nodeServiceKey } from '../core/registry/service.ts';
import type { Clock } from '../world/clock.ts';
import type { Connection } from '../world/connection.ts';
import type { Answer } from '../world/registry.ts';
import type { Hearing, SubscribeOptions, Subscription } from '../world/subscription.ts';
import { isUnmistakable } from '../core/registry/service-name.ts';
import type { Client } from './http/client.ts';
import { trimSlashes } from './http/request.ts';
import { notAddressable } from './wire/named-service.ts';

type Parts = {
  readonly client: Pick<Client, 'nodeAddresses' | 'session'>;
  readonly connection: Pick<Connection, 'tls'>;
  readonly clock: Clock;
  readonly ready: () => Promise<Answer<unknown>>;
};

const asking: Hearing = { kind: 'asking' };

/** gRPC is loaded when somebody subscribes and not before. */
export function loadFollowNode(): Promise<typeof import('./grpc/follow-node.ts')> {
  return import('./grpc/follow-node.ts');
}

/**
 * Follows services on each of the nodes, with a session for each namespace: what a server tells does not say which one it
 * is about.
 */
export function openSubscription(
  { client, connection, clock, ready }: Parts,
  { nodes, told, heard }: SubscribeOptions,
): Subscription {
  const stop = new AbortController();
  const hearings = new Map<string, Hearing>();
  const accepted = nodes.map((node) => ({ node, address: trimSlashes(node) }));
  const asked = accepted.filter(({ address }) => client.nodeAddresses.includes(address));
  const followed = new Set<string>();
  let services: readonly ServiceId[] = [];
  let change = new AbortController();

  const begin = async (node: string, address: string, namespace: string): Promise<void> => {
    const { followNode } = await loadFollowNode();
    const own = (): readonly ServiceId[] => services.filter((id) => id.namespace === namespace);
    await followNode(
      {
        node: address,
        namespace,
        tls: connection.tls,
        clock,
        ready,
        login: () => client.session(),
        services: own,
        change: () => change.signal,
        told: (list) => {
          if (!stop.signal.aborted) told({ ...list, node });
        },
        heard: (hearing, service) => {
          for (const id of service === undefined ? own() : [service])
            hearings.set(nodeServiceKey(node, id), hearing);
          if (!stop.signal.aborted) heard?.(node);
        },
      },
      stop.signal,
    );
  };

  return {
    follow: (wanted) => {
      services = wanted.filter(isUnmistakable);
      const places = services.flatMap((id) => nodes.map((node) => nodeServiceKey(node, id)));
      for (const key of hearings.keys()) if (!places.includes(key)) hearings.delete(key);
      change.abort();
      change = new AbortController();
      for (const { node, address } of asked)
        for (const namespace of new Set(services.map((id) => id.namespace))) {
          const key = `${node} ${namespace}`;
          if (followed.has(key) || stop.signal.aborted) continue;
          followed.add(key);
          void begin(node, address, namespace);
        }
    },
    hearing: (node, service) => {
      if (!isUnmistakable(service)) return { kind: 'unavailable', error: notAddressable(service) };
      const isWanted = services.some((id) => serviceKey(id) === serviceKey(service));
      return (isWanted ? hearings.get(nodeServiceKey(node, service)) : undefined) ?? asking;
    },
    close: () => stop.abort(),
  };
}
