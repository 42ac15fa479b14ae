import * as z from 'zod';
import { defaultGroup, defaultNamespace, type ServiceId } from '../../core/registry/service.ts';
import { shortName } from '../../core/registry/service-name.ts';
import type { Load } from '../gateway/gateway.ts';
import type { RegistryState, SandboxKind } from '../registry/registry-state.ts';
import { demoCacheTtlMs } from './demo-settings.ts';

/** How the demo's consumers behave; the control changes it while they call. */
export const consumerSettingsSchema = z.strictObject({
  /** How long a list is called from that was fetched; 35 s in a Spring Cloud that nobody configured. */
  cacheTtlMs: z.int().min(0).max(600_000).default(demoCacheTtlMs),
  /** One more consumer of `orders` calls once in so long; 0: there is none. */
  rareEveryMs: z.int().min(0).max(600_000).default(0),
});

export type ConsumerSettings = z.infer<typeof consumerSettingsSchema>;

/** A consumer of one service; its rate is for all instances together. */
type DemoConsumer = Omit<Load, 'service'> & { readonly app: string; readonly id: ServiceId };

const agents: Record<SandboxKind, string> = {
  '1.4': 'Nacos-Java-Client:v1.4.6',
  '2.x': 'Nacos-Java-Client:v2.4.2',
  '3.x': 'Nacos-Java-Client:v3.1.0',
  '3.2': 'Nacos-Java-Client:v3.2.1',
};

/** They obey the settings as they are at each call. */
function consumers(settings: ConsumerSettings): readonly DemoConsumer[] {
  const inDefault = { namespace: defaultNamespace, group: defaultGroup };
  const orders = { id: { ...inDefault, service: 'orders' }, path: '/orders/7' };
  const shop = { id: { ...inDefault, service: 'shop' }, path: '/shop/7' };
  const ttlMs = (): number => settings.cacheTtlMs;
  const rarely = (): number => (settings.rareEveryMs > 0 ? 1000 / settings.rareEveryMs : 0);
  return [
    { app: 'demo-gateway', ...orders, perSecond: () => 24, ttlMs },
    { app: 'demo-gateway', ...shop, perSecond: () => 16, ttlMs },
    { app: 'demo-audit', ...orders, perSecond: rarely, ttlMs },
  ];
}

export function demoLoads(settings: ConsumerSettings): readonly Load[] {
  return consumers(settings).map(({ id, path, perSecond, ttlMs }) => {
    const service = shortName(id);
    return { service, path, perSecond, ttlMs };
  });
}

/** Names in Nacos who consumes now, in place of whom of ours it named before. Real ones show without a port from 2.0 on. */
export function subscribeConsumers(state: RegistryState, settings: ConsumerSettings): void {
  const all = consumers(settings);
  const others = state.subscribers.filter(({ app }) => all.every((one) => one.app !== app));
  const now = all
    .filter(({ perSecond }) => perSecond() > 0)
    .map(({ app, id }) => ({ service: id, address: '127.0.0.1:0', agent: agents[state.kind], app }));
  state.subscribers.splice(0, Infinity, ...others, ...now);
}
