import { afterEach, expect, test } from 'vitest';
import { openRegistry } from '../../../src/nacos/open-registry.ts';
import type { SandboxServer } from '../../../src/sandbox/server.ts';
import { startSandboxServer } from '../../../src/sandbox/server.ts';
import type { Registry } from '../../../src/world/registry.ts';
import { realClock } from '../../../src/world/clock.ts';
import { connectionTo } from '../../contract/subjects/subject.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';

const orders = { namespace: 'public', group: 'DEFAULT_GROUP', service: 'orders' };
const gateway = { service: orders, address: '10.0.0.9:0', agent: 'Nacos-Java-Client:v2.5.1', app: 'gateway' };

let server: SandboxServer | undefined;
afterEach(() => server?.close());

async function opened(
  kind: '1.4' | '2.x' | '3.x',
  ...subscribers: SandboxServer['state']['subscribers']
): Promise<{ registry: Registry; url: string }> {
  server = await startSandboxServer({ kind, clock: virtualClock() });
  server.state.subscribers.push(...subscribers);
  const registry = openRegistry(connectionTo(server.url, undefined), { clock: realClock });
  return { registry, url: server.url };
}

test.each(['2.x', '3.x'] as const)(
  'on %s two clients of one host are one subscriber, and two consumers',
  async (kind) => {
    const { registry, url } = await opened(kind, gateway, gateway);
    const listed = await registry.subscribers(orders);
    expect(listed.ok && listed.value).toHaveLength(1);
    const told = await registry.consumers(orders, [url]);
    expect(told.ok && told.value?.map(({ app }) => app)).toEqual(['gateway', 'gateway']);
  },
);

test.each(['2.x', '3.x'] as const)('on %s our own connection is no consumer', async (kind) => {
  const { registry, url } = await opened(kind, gateway, {
    ...gateway,
    agent: 'nacos-rollout',
    app: 'nacos-rollout',
  });
  const told = await registry.consumers(orders, [url]);
  expect(told.ok && told.value?.map(({ app }) => app)).toEqual(['gateway']);
});

test('a server that tells no connections tells nobody', async () => {
  const { registry, url } = await opened('1.4', gateway);
  expect(await registry.consumers(orders, [url])).toEqual({ ok: true, value: undefined });
});

test('nobody subscribes to another service', async () => {
  const { registry, url } = await opened('2.x', {
    ...gateway,
    service: { ...orders, service: 'orders-report' },
  });
  expect(await registry.consumers(orders, [url])).toEqual({ ok: true, value: [] });
});

test('a member that is not asked may have more of them', async () => {
  const { registry } = await opened('2.x', gateway);
  expect(await registry.consumers(orders, [])).toEqual({ ok: true, value: undefined });
});
