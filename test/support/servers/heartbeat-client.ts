import type { InstanceId } from '../../../src/core/registry/service.ts';
import { type ClientApi, namingQuery } from '../../../src/sandbox/gateway/client-api.ts';
import { type Clock, realClock } from '../../../src/world/clock.ts';
import { fetchText } from './fetch-text.ts';

export type Registration = InstanceId & {
  readonly weight: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly enabled?: boolean;
};

export type HeartbeatClient = {
  /** Registers an ephemeral instance and keeps it alive. The same address again is another registration of it. */
  register(registration: Registration): Promise<void>;
  /** Lets it go as an application does that stops. */
  deregister(instance: InstanceId): Promise<void>;
  isAlive(instance: InstanceId): boolean;
  close(): void;
};

type Options = {
  readonly url: string;
  readonly token?: () => Promise<string | undefined>;
  /** v1 unless the server has none. */
  readonly api?: ClientApi;
  /** When it beats; the real one unless said otherwise. */
  readonly clock?: Clock;
};

const beatEveryMs = 4_000;

/** The smallest application that registers by HTTP, with the client API that the Nacos has. */
export function heartbeatClient(options: Options): HeartbeatClient {
  const { url, token = () => Promise.resolve(undefined), api = 'v1', clock = realClock } = options;
  const alive = new Map<string, InstanceId>();

  const call = async (method: string, path: string, query: Record<string, string>): Promise<string> => {
    const address = `${url}/nacos/${api === 'v1' ? 'v1' : 'v3/client'}/ns/${path}?${new URLSearchParams(query).toString()}`;
    const { status, text } = await fetchText(address, { method, token: await token() });
    if (status !== 200) throw new Error(`${method} ${path} answered ${status}: ${text}`);
    return text;
  };

  const naming = ({ namespace, group, service, cluster, ip, port }: InstanceId): Record<string, string> => ({
    namespaceId: namespace,
    ...namingQuery(`${group}@@${service}`, api),
    clusterName: cluster,
    ip,
    port: String(port),
  });

  const beat = (place: Record<string, string>): Promise<string> =>
    api === 'v1'
      ? call('PUT', 'instance/beat', place)
      : call('POST', 'instance', { ...place, heartBeat: 'true', ephemeral: 'true' });

  const closed = new AbortController();
  const beatOn = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(beatEveryMs, closed.signal);
      if (closed.signal.aborted) return;
      for (const instance of alive.values()) void beat(naming(instance)).catch(() => {});
    }
  };
  void beatOn();

  return {
    register: async (registration) => {
      const { weight, metadata, enabled = true } = registration;
      const state = { weight: String(weight), enabled: String(enabled), metadata: JSON.stringify(metadata) };
      await call('POST', 'instance', { ...naming(registration), ...state, ephemeral: 'true' });
      alive.set(JSON.stringify(naming(registration)), registration);
    },
    deregister: async (instance) => {
      alive.delete(JSON.stringify(naming(instance)));
      await call('DELETE', 'instance', { ...naming(instance), ephemeral: 'true' });
    },
    isAlive: (instance) => alive.has(JSON.stringify(naming(instance))),
    close: () => closed.abort(),
  };
}
