import type { Listed } from '../core/registry/listed.ts';
import type { RegistryError } from '../core/registry/registry-error.ts';
import type { Endpoint, ServiceId } from '../core/registry/service.ts';

/** What one server node told those who subscribe to a service: the list that every consumer of this node gets. */
export type Told = {
  /** As in `nodeAddresses` of the registry. */
  readonly node: string;
  readonly service: ServiceId;
  /** When it was heard, on the monotonic clock. */
  readonly atMs: number;
  /** Who may be called now: disabled ones are not in it. */
  readonly consumers: Listed<Endpoint>;
  /** The clusters that they are in, as far as that was told. */
  readonly clusters?: readonly string[];
};

/** Whether a node tells us of a service. */
export type Hearing =
  | { readonly kind: 'listening' }
  /** Not yet: it is being asked. */
  | { readonly kind: 'asking' }
  /** It does not, for now, and is asked again: only its lists can be polled. */
  | { readonly kind: 'unavailable'; readonly error: RegistryError };

/** Services followed on server nodes, as a consumer follows them. Nothing of it throws, and nothing waits for it. */
export interface Subscription {
  /** From now on these services, and no other, on every node. */
  follow(services: readonly ServiceId[]): void;
  hearing(node: string, service: ServiceId): Hearing;
  /** Ends its connections; nothing is told any more. */
  close(): void;
}

export type SubscribeOptions = {
  /** Of `nodeAddresses`; others are not asked. */
  readonly nodes: readonly string[];
  readonly told: (told: Told) => void;
  /** Called when what `hearing` says has changed. */
  readonly heard?: (node: string) => void;
};
