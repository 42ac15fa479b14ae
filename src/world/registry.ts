import type {
  Endpoint,
  Instance,
  InstanceId,
  ServiceDetail,
  ServiceId,
  ServiceSummary,
} from '../core/registry/service.ts';
import type { Listed } from '../core/registry/listed.ts';
import type { RegistryError } from '../core/registry/registry-error.ts';
import type { SubscribeOptions, Subscription } from './subscription.ts';

/** A value, or the reason there is none. Nothing in a registry throws for what a server may do. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: RegistryError };

/** What differs between servers of one dialect, as data. */
export type ServerTraits = {
  /** How long an `enabled=false` outlives the instance's registration, in milliseconds; 0 where nothing is remembered (1.4, r-nacos). */
  readonly remembersMs: number;
  /** The lists leave disabled instances out (r-nacos): ask for known ones by name. */
  readonly isHidingDisabled: boolean;
  /** A write to an instance that is not registered is kept for it (2.x and 3.x). */
  readonly mayMarkAbsent: boolean;
  /** An update by a client that does not call itself the Java client is taken for a registration (1.4). */
  readonly needsJavaAgent: boolean;
  /** Every weight that is written shows; r-nacos takes 1 for none given. */
  readonly keepsEveryWeight: boolean;
  /** The cluster list names the Raft leader. */
  readonly isLeaderKnown: boolean;
  /** The client API of v1 may be there: as far as the version tells, up to 3.1. */
  readonly hasV1Client: boolean;
};

export type ServerInfo = {
  readonly product: 'nacos' | 'r-nacos';
  /** As reported, e.g. `2.2.4-x86`; `unknown` where nothing reports it. */
  readonly version: string;
  readonly dialect: 'v1' | 'v3';
  readonly traits: ServerTraits;
};

export type Namespace = { readonly id: string; readonly name: string };

export type NamespaceList = Listed<Namespace> & {
  /** The server shows none: these are those that we know of without it. */
  readonly isAssumed?: true;
};

export type ServiceList = Listed<ServiceSummary> & {
  /** Nothing is registered in the namespace, and nobody can say whether it exists. */
  readonly isNamespaceUnproven?: true;
};

export type NodeList = Listed<ServerNode> & {
  /** The server has no such list: taken for one that stands alone. */
  readonly isAssumed?: true;
};

/** A member of the Nacos cluster. `address` is `host:port` as the cluster names it. */
export type ServerNode = {
  readonly address: string;
  readonly state: string;
  /** The Raft leader for instance metadata as this node sees it; undefined where none is named. */
  readonly leader: string | undefined;
};

/** One HTTP request, as it would be sent, without any secret in it. */
export type RequestText = {
  readonly method: string;
  readonly url: string;
  readonly body?: string;
  /** Whether it is sent with a token, which a transcript shows as `$NACOS_TOKEN`. */
  readonly hasToken: boolean;
  /** Sent with a signature, which a transcript shows how to make. `service` is signed, '' for none. */
  readonly signed?:
    | { readonly service: string; readonly isTemporary: boolean; readonly isOfRegion: boolean }
    | undefined;
};

/** A request that is on its way, for whoever tells a person what is waited for. */
export type Asking = {
  readonly address: string;
  /** On the monotonic clock. */
  readonly sinceMs: number;
  /** How long its answer is waited for. */
  readonly limitMs: number;
  /** Who is asked then: another one, or the same once more. */
  readonly next: string | undefined;
};

/** Told of each request as it goes out; what it returns is called when that is over. */
export type Watch = (asking: Asking) => () => void;

export type InstanceWrite = {
  readonly instance: InstanceId;
  readonly enabled: boolean;
  /** The weight to keep. An update without one sets 1. */
  readonly weight: number;
  /** `registered`: fail when it is not there. `absent`: leave a mark for when it comes back. */
  readonly mode: 'registered' | 'absent';
};

export type WriteOutcome =
  /** The server said ok. It may still not show: read back. */
  | { readonly kind: 'accepted' }
  /** Certainly not applied. */
  | { readonly kind: 'refused'; readonly error: RegistryError }
  /** It may be applied, now or up to twelve seconds later (Raft). */
  | { readonly kind: 'unknown'; readonly error: RegistryError };

export type Subscriber = { readonly address: string; readonly agent: string; readonly app: string };

export type ReadOptions = {
  /** Ask this server node (base address as in `nodeAddresses`) instead of whichever answers. */
  readonly node?: string;
  readonly signal?: AbortSignal;
};

export type InstancesOptions = ReadOptions & {
  /** Instances to ask for by name where the lists hide disabled ones. */
  readonly known?: readonly Endpoint[];
};

export type ServicesOptions = ReadOptions & {
  /** Only those that have, or may have, a registration at one of these ips. */
  readonly at?: readonly string[];
  /** Told of what a long list has so far, in no order, and of how many services the server counts, while more comes. */
  readonly come?: (part: Listed<ServiceSummary>, total: number) => void;
};

/** An ephemeral registration of our own, which ends by itself when we no longer beat. */
export type OwnInstance = {
  readonly instance: InstanceId;
  readonly weight: number;
  readonly enabled: boolean;
  readonly metadata: Readonly<Record<string, string>>;
};

/** The registry port. Two dialects implement it; the rehearsal and the simulation too. */
export interface Registry {
  /** Finds out what it talks to, once; later calls answer from memory. Logs in where credentials are given. */
  server(options?: ReadOptions): Promise<Answer<ServerInfo>>;
  namespaces(options?: ReadOptions): Promise<Answer<NamespaceList>>;
  /** All services of the namespace whose name contains `pattern` (case-insensitive), in every group, sorted. */
  services(namespace: string, pattern: string, options?: ServicesOptions): Promise<Answer<ServiceList>>;
  /** `undefined` when the service does not exist. */
  service(id: ServiceId, options?: ReadOptions): Promise<Answer<ServiceDetail | undefined>>;
  /** Every instance in every cluster, disabled ones included, sorted. `undefined` when the service does not exist. */
  instances(id: ServiceId, options?: InstancesOptions): Promise<Answer<Listed<Instance> | undefined>>;
  /** What a consumer is given now: disabled ones are not in it. */
  consumerView(id: ServiceId, options?: ReadOptions): Promise<Answer<Listed<Endpoint>>>;
  write(write: InstanceWrite, options?: ReadOptions): Promise<WriteOutcome>;
  /** The request that `write` would send now. */
  requestOf(write: InstanceWrite): RequestText;
  /** The members of the cluster; one entry for a standalone server; an error where the list is not open to us. */
  nodes(options?: ReadOptions): Promise<Answer<NodeList>>;
  /** The addresses that the profile gave or accepted, which `ReadOptions.node` may name. */
  readonly nodeAddresses: readonly string[];
  /**
   * Whether we may write to this service, found out without changing anything; `unknown` where that cannot be known.
   */
  mayWrite(instance: InstanceId, options?: ReadOptions): Promise<Answer<'yes' | 'no' | 'unknown'>>;
  /** What `mayWrite` sends, where that is not only read: a write that can change nothing. */
  trialOf?(instance: InstanceId): RequestText | undefined;
  /** The ids of the clients that registered this address, as Nacos calls them; `undefined` where that cannot be known. */
  clientsOf?(instance: InstanceId, options?: ReadOptions): Promise<Answer<readonly string[] | undefined>>;
  /** The other registrations of the process that registered this one; `undefined` where that cannot be known. */
  sameProcess(
    instance: InstanceId,
    options?: ReadOptions,
  ): Promise<Answer<readonly InstanceId[] | undefined>>;
  /** The request that would give a service back what this says of it. Never sent by us. */
  serviceUpdateRequest(detail: ServiceDetail): RequestText;
  /** Who consumes a service; we ourselves are not among them. */
  subscribers(id: ServiceId, options?: ReadOptions): Promise<Answer<readonly Subscriber[]>>;
  /**
   * The same, one entry a connection, asked of these server nodes: several clients of one host may be one subscriber.
   * `undefined` where that cannot be known, also because the cluster has other members.
   */
  consumers(
    id: ServiceId,
    nodes: readonly string[],
    options?: ReadOptions,
  ): Promise<Answer<readonly Subscriber[] | undefined>>;
  /** Follows services as consumers do; absent where only lists can be asked for. */
  subscribe?(options: SubscribeOptions): Subscription;
  /** Ends connections, subscriptions and renewals. */
  close(): Promise<void>;
}

/** Registrations of our own. The lease needs them; nothing else registers anything. */
export interface Presence {
  /** Registers, or registers anew with other metadata. For the lease only. */
  announce(own: OwnInstance, options?: ReadOptions): Promise<Answer<void>>;
  /** Keeps it registered; `forgotten` when the server no longer knows it. */
  beat(own: OwnInstance, options?: ReadOptions): Promise<Answer<'known' | 'forgotten'>>;
  withdraw(own: OwnInstance, options?: ReadOptions): Promise<Answer<void>>;
  /** The request that any of these would send now. */
  requestOf(call: 'announce' | 'beat' | 'withdraw', own: OwnInstance): RequestText;
}
