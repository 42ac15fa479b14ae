import { freePort } from '../../live/servers/live-place.ts';
import { type App, startApp } from './app.ts';

/** How long each kind of gateway goes on with the list of instances that it has, in seconds, and what makes it so. */
export const gatewayKinds = {
  stock: { cacheSeconds: 35, words: [] },
  nocache: { cacheSeconds: 0, words: ['--spring.cloud.loadbalancer.nacos.enabled=true'] },
  cache60: { cacheSeconds: 60, words: ['--spring.cloud.loadbalancer.cache.ttl=60s'] },
} as const;

export type GatewayKind = keyof typeof gatewayKinds;

export type GatewayOptions = {
  readonly kind: GatewayKind;
  /** `host:port` of Nacos. */
  readonly nacos: string;
  readonly service: string;
  readonly directory: string;
};

export async function startGateway(options: GatewayOptions): Promise<App & { readonly url: string }> {
  const { kind, nacos, service, directory } = options;
  const port = await freePort();
  const words = [`--nacos=${nacos}`, `--service=${service}`, ...gatewayKinds[kind].words];
  const app = await startApp({ name: 'gateway', port, heap: '160m', directory, words });
  return { ...app, url: `http://127.0.0.1:${port}` };
}
