import { afterEach, expect, test } from 'vitest';
import {
  consumerSettingsSchema,
  demoLoads,
  subscribeConsumers,
  type ConsumerSettings,
} from '../../src/sandbox/demo/demo-consumers.ts';
import { startSandboxServer, type SandboxServer } from '../../src/sandbox/server.ts';
import { virtualClock } from '../support/time/virtual-clock.ts';

let server: SandboxServer | undefined;
afterEach(() => server?.close());

const usual = (): ConsumerSettings => consumerSettingsSchema.parse({});

async function answer(kind: '1.4' | '2.x' | '3.x', query: string): Promise<unknown> {
  server = await startSandboxServer({ kind, clock: virtualClock() });
  subscribeConsumers(server.state, usual());
  const path = kind === '3.x' ? '/v3/admin/ns/service/subscribers' : '/v1/ns/service/subscribers';
  return (await fetch(`${server.url}/nacos${path}?${query}&pageNo=1&pageSize=10`)).json();
}

test('are in the list of subscribers as 2.2.4 shows a Java client', async () => {
  expect(await answer('2.x', 'serviceName=orders')).toEqual({
    subscribers: [
      {
        addrStr: '127.0.0.1',
        agent: 'Nacos-Java-Client:v2.4.2',
        app: 'demo-gateway',
        ip: '127.0.0.1',
        port: 0,
        namespaceId: 'public',
        serviceName: 'DEFAULT_GROUP@@orders',
        cluster: '',
      },
    ],
    count: 1,
  });
});

test('are in the list of subscribers as 3.1.0 shows a Java client', async () => {
  expect(await answer('3.x', 'serviceName=shop')).toMatchObject({
    data: {
      totalCount: 1,
      pageItems: [
        {
          namespaceId: 'public',
          groupName: 'DEFAULT_GROUP',
          serviceName: 'shop',
          ip: '127.0.0.1',
          port: 0,
          agent: 'Nacos-Java-Client:v3.1.0',
          appName: 'demo-gateway',
          address: '127.0.0.1:0',
        },
      ],
    },
  });
});

test('leave whoever else subscribes where they are', async () => {
  server = await startSandboxServer({ kind: '2.x', clock: virtualClock() });
  const { state } = server;
  const service = { namespace: 'public', group: 'DEFAULT_GROUP', service: 'orders' };
  const other = { service, address: '10.0.0.9:0', agent: 'Nacos-Go-Client:v2.2.5', app: 'cart' };
  state.subscribers.push(other);
  const settings = { ...usual(), rareEveryMs: 20_000 };
  subscribeConsumers(state, settings);
  const apps = (): readonly string[] =>
    state.subscribers.filter((one) => one.service.service === 'orders').map(({ app }) => app);
  expect(apps()).toEqual(['cart', 'demo-gateway', 'demo-audit']);
  settings.rareEveryMs = 0;
  subscribeConsumers(state, settings);
  expect(apps()).toEqual(['cart', 'demo-gateway']);
});

test('obey the settings as they are when they call', () => {
  const settings = usual();
  const [gateway, , audit] = demoLoads(settings);
  expect(audit?.perSecond()).toBe(0);
  Object.assign(settings, { cacheTtlMs: 60_000, rareEveryMs: 20_000 });
  expect(gateway?.ttlMs()).toBe(60_000);
  expect(audit?.perSecond()).toBe(0.05);
  expect(audit?.ttlMs()).toBe(60_000);
});
