import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { InstanceId } from '../../src/core/registry/service.ts';
import { startGateway, type Gateway, type Load } from '../../src/sandbox/gateway/gateway.ts';
import { register, update } from '../../src/sandbox/registry/registry-writes.ts';
import { startSandboxServer, type SandboxServer } from '../../src/sandbox/server.ts';
import { heard } from '../support/time/heard.ts';
import { virtualClock, type VirtualClock } from '../support/time/virtual-clock.ts';

let clock: VirtualClock;
let nacos: SandboxServer;
let gateway: Gateway;
let applications: Server[];
let paths: Set<string>;

beforeEach(async () => {
  clock = virtualClock();
  nacos = await startSandboxServer({ kind: '2.x', clock });
  applications = [];
  paths = new Set();
});

afterEach(async () => {
  await gateway.end();
  await nacos.close();
  for (const server of applications) server.close();
});

/** An application that answers, registered for good. */
async function application(weight: number): Promise<{ id: InstanceId; die: () => void }> {
  const server = createServer((message, response) => {
    paths.add(message.url ?? '');
    response.end('{"version":"1"}');
  });
  applications.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const id = {
    namespace: 'public',
    group: 'DEFAULT_GROUP',
    service: 'orders',
    cluster: 'DEFAULT',
    ip: '127.0.0.1',
    port,
  };
  register(nacos.state, id, { enabled: true, weight, metadata: {}, ephemeral: false }, clock.monotonic());
  const die = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { id, die };
}

const usual: Load = { service: 'orders', path: '/orders/7', perSecond: () => 20, ttlMs: () => 4_000 };

function open(...loads: readonly Load[]): void {
  gateway = startGateway({ nacos: nacos.url, clock, loads: loads.length === 0 ? [usual] : loads });
}

function sentTo({ port }: InstanceId): number {
  return gateway.stats().instances.find((one) => one.instance === `127.0.0.1:${port}`)?.requests ?? 0;
}

/** Lets the load go on until something is true. */
async function loadUntil(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) {
    await clock.advance(50);
    await heard();
  }
}

test('shares the load by weight', async () => {
  const [heavy, light] = [await application(5), await application(1)];
  open();
  await loadUntil(() => sentTo(heavy.id) >= 50);
  expect(sentTo(light.id)).toBeGreaterThanOrEqual(9);
  expect(sentTo(light.id)).toBeLessThanOrEqual(11);
});

test('still calls a disabled instance until its list is new, and never after', async () => {
  const [a, b] = [await application(1), await application(1)];
  open();
  await loadUntil(() => sentTo(a.id) > 5);
  const offAtMs = clock.monotonic();
  update(nacos.state, a.id, { enabled: false, weight: 1, metadata: undefined }, offAtMs);
  const atWrite = sentTo(a.id);
  await loadUntil(() => clock.monotonic() >= offAtMs + 6_000);
  const drained = sentTo(a.id);
  expect(drained).toBeGreaterThan(atWrite);
  a.die();
  const atDeath = sentTo(b.id);
  await loadUntil(() => sentTo(b.id) > atDeath + 100);
  expect(sentTo(a.id)).toBe(drained);
  expect(gateway.stats().failures).toBe(0);
});

test('counts a failure for every call to an instance that died undrained', async () => {
  const [a, b] = [await application(1), await application(1)];
  open();
  await loadUntil(() => sentTo(a.id) > 5);
  a.die();
  await loadUntil(() => gateway.stats().failures > 3);
  expect(gateway.stats().recentFailures.every(({ instance }) => instance === `127.0.0.1:${a.id.port}`)).toBe(
    true,
  );
  expect(gateway.stats().instances.find(({ instance }) => instance.endsWith(`:${b.id.port}`))?.failures).toBe(
    0,
  );
});

test('a rare caller calls once in a while, from a list that it fetches then', async () => {
  const [a, b] = [await application(1), await application(1)];
  open({ ...usual, perSecond: () => 0.1 });
  const calls = (): number => sentTo(a.id) + sentTo(b.id);
  await loadUntil(() => calls() === 1);
  const first = sentTo(a.id) === 1 ? a : b;
  update(nacos.state, first.id, { enabled: false, weight: 1, metadata: undefined }, clock.monotonic());
  await loadUntil(() => calls() === 3);
  expect(clock.monotonic()).toBeGreaterThanOrEqual(20_000);
  expect(sentTo(first.id)).toBe(1);
});

test('a load that stands still begins when it is told to', async () => {
  const { id } = await application(1);
  let perSecond = 0;
  open({ ...usual, perSecond: () => perSecond });
  await loadUntil(() => clock.monotonic() >= 2_000);
  expect(sentTo(id)).toBe(0);
  perSecond = 20;
  await loadUntil(() => sentTo(id) > 3);
});

test('calls by path, and counts each load by its service', async () => {
  const { id } = await application(1);
  register(
    nacos.state,
    { ...id, group: 'DUBBO_GROUP', service: 'providers' },
    { enabled: true, weight: 1, metadata: {}, ephemeral: false },
    clock.monotonic(),
  );
  open(usual, { ...usual, service: 'DUBBO_GROUP@@providers', path: '/com.acme.Orders/find' });
  await loadUntil(() => gateway.stats().services.filter(({ requests }) => requests > 3).length === 2);
  expect([...paths]).toEqual(expect.arrayContaining(['/orders/7', '/com.acme.Orders/find']));
  expect(gateway.stats().services.map(({ service }) => service)).toEqual(
    expect.arrayContaining(['orders', 'DUBBO_GROUP@@providers']),
  );
});
