import type { Listed } from '../../../src/core/registry/listed.ts';
import type { Instance, InstanceId, ServiceId } from '../../../src/core/registry/service.ts';
import type { RegistryOptions } from '../../../src/nacos/open-registry.ts';
import { realClock } from '../../../src/world/clock.ts';
import type { Connection } from '../../../src/world/connection.ts';
import type { Answer, Registry } from '../../../src/world/registry.ts';
import type { HeartbeatClient, Registration } from '../../support/servers/heartbeat-client.ts';

/** A client that holds a connection; what it registered goes with it. */
export type Connected = { close(): Promise<void> };

export type Credentials = { readonly username: string; readonly password: string };

/** A server that the contract is checked against. */
export type Subject = {
  readonly kind: '1.4' | '2.x' | '3.x' | '3.2' | 'r-nacos';
  readonly url: string;
  /** Whether it tells subscribers, over gRPC. */
  readonly isTelling: boolean;
  /** Whether it has a list of namespaces. */
  readonly hasNamespaces: boolean;
  /** Who may read only; `undefined` where auth is off. */
  readonly reader: Credentials | undefined;
  /** Registers instances as applications do. */
  readonly applications: HeartbeatClient;
  /**
   * Registers an instance of this machine over a connection of its own, as Nacos's clients do since 2.0; `undefined`
   * where there is none.
   */
  readonly connect: ((registration: Registration) => Promise<Connected>) | undefined;
  /** For requests apart from the registry, as the administrator; `undefined` where auth is off. */
  token(): Promise<string | undefined>;
  /** A registry for it, as the administrator where auth is on. Closed by the suite. */
  open(overrides?: Partial<Connection>, options?: Partial<RegistryOptions>): Registry;
  /** How that registry reaches it. */
  readonly connection: Connection;
  /** Lets about a tenth of a second pass there. */
  pause(): Promise<void>;
  /** Lets time pass; `undefined` where that would be real time. */
  readonly turn: ((ms: number) => Promise<void>) | undefined;
  /** After this long away an instance is forgotten, where it was remembered at all. */
  readonly forgetsAfterMs: number;
  /** After this long without an instance a service is gone; `undefined` where it stays. */
  readonly emptyGoneAfterMs: number | undefined;
  /** Takes the Raft leader away, and gives back how to bring it back; `undefined` where that cannot be done. */
  readonly loseLeader: (() => () => void) | undefined;
  /** Has every token refused for so long after it is given out, and gives back how to end that; `undefined` likewise. */
  readonly delayTokens: ((ms: number) => () => void) | undefined;
  /**
   * Has so many pages of lists come from another order, and none be longer than that, and gives back how to end it;
   * `undefined` likewise.
   */
  readonly mixPages: ((pages: number, longest: number) => () => void) | undefined;
  close(): Promise<void>;
};

/** Whether what an operator set outlives a registration; then a mark can be left for what is absent, too. */
export function isRemembering({ kind }: Pick<Subject, 'kind'>): boolean {
  return kind === '2.x' || isThree({ kind });
}

/** Whether v3 is spoken with it. */
export function isThree({ kind }: Pick<Subject, 'kind'>): boolean {
  return kind === '3.x' || kind === '3.2';
}

export const unauthenticated = { username: undefined, password: undefined } as const;

export function connectionTo(url: string, user: Credentials | undefined): Connection {
  return {
    servers: [url],
    acceptedNodes: [],
    contextPath: '/nacos',
    namespace: 'public',
    username: user?.username,
    password: user === undefined ? undefined : () => Promise.resolve(user.password),
    tls: { ca: undefined, cert: undefined, key: undefined },
    dialect: undefined,
  };
}

let serviceCount = 0;

/** A service that no other case uses. */
export function newService(name: string, group = 'DEFAULT_GROUP'): ServiceId {
  serviceCount += 1;
  return { namespace: 'public', group, service: `${name}-${serviceCount}` };
}

export const metadata = { version: '1', 'zone.名': '北京 "a"', mark: 'k=v,{x}&%20+é' };

export type InstanceOptions = {
  readonly cluster?: string;
  readonly port?: number;
  readonly enabled?: boolean;
  readonly weight?: number;
};

/** Registers `10.0.0.N:8080`, with weight 5 unless told otherwise, and metadata that is easily spoilt. */
export async function registerInstance(
  subject: Subject,
  service: ServiceId,
  number: number,
  options: InstanceOptions = {},
): Promise<InstanceId> {
  const { cluster = 'DEFAULT', port = 8080, enabled = true, weight = 5 } = options;
  const instance = { ...service, cluster, ip: `10.0.0.${number}`, port };
  await subject.applications.register({ ...instance, weight, metadata, enabled });
  return instance;
}

/** What could be read of a list; nothing where there is none. */
export function itemsOf<T>(answer: Answer<Listed<T> | undefined>): readonly T[] {
  return valueOf(answer)?.items ?? [];
}

export function valueOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`the registry answered ${JSON.stringify(answer.error)}`);
  return answer.value;
}

export function errorOf(answer: Answer<unknown>): string {
  return answer.ok ? `no error but ${JSON.stringify(answer.value)}` : answer.error.kind;
}

/** Lets so much time pass at the server. */
export async function pass(subject: Subject, ms: number): Promise<void> {
  await (subject.turn === undefined ? realClock.sleep(ms) : subject.turn(ms));
}

const triesMax = 200;

/** Reads again until what is read is as wanted; lists show a change half a second after it. */
export async function eventually<T>(
  subject: Subject,
  read: () => Promise<T>,
  isWanted: (value: T) => boolean,
): Promise<T> {
  let value = await read();
  for (let tries = 0; !isWanted(value); tries += 1) {
    if (tries === triesMax) throw new Error(`still ${JSON.stringify(value)}`);
    await subject.pause();
    value = await read();
  }
  return value;
}

/** The instances of a service once as many are listed. `known` are asked for by name where lists hide them. */
export async function listed(
  subject: Subject,
  registry: Registry,
  service: ServiceId,
  count: number,
  known: readonly InstanceId[] = [],
): Promise<readonly Instance[]> {
  const read = async (): Promise<readonly Instance[]> =>
    itemsOf(await registry.instances(service, { known }));
  return await eventually(subject, read, (instances) => instances.length === count);
}

/** One instance of a service once it is shown on or off. */
export async function shownAs(
  subject: Subject,
  registry: Registry,
  instance: InstanceId,
  enabled: boolean,
): Promise<Instance> {
  const read = async (): Promise<Instance | undefined> =>
    itemsOf(await registry.instances(instance, { known: [instance] })).find(
      ({ ip, port }) => ip === instance.ip && port === instance.port,
    );
  const found = await eventually(subject, read, (one) => one?.enabled === enabled);
  if (found === undefined) throw new Error('not listed');
  return found;
}
