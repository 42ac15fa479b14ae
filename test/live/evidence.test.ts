import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type App, buildApp, startApp } from '../bench/stage/app.ts';
import { realProbe } from '../../src/probes/probe.ts';
import { realClock } from '../../src/world/clock.ts';
import { environment, evidenceOf, never, readOf, registered } from '../probes/evidence/evidence-of.ts';
import { until } from '../support/time/until.ts';
import { whyNoLiveNacos } from './servers/live-nacos.ts';
import { freePort } from './servers/live-place.ts';

const alone = ['--nacos=127.0.0.1:1', '--service=orders', '--spring.cloud.nacos.discovery.enabled=false'];
const url = 'http://{ip}:{management.port}/actuator';

describe.skipIf(whyNoLiveNacos() !== undefined)('a real Spring Boot with Actuator', () => {
  const directory = mkdtempSync(join(tmpdir(), 'live-evidence-'));
  const apps: App[] = [];
  const start = async (port: number, ...words: readonly string[]): Promise<App> => {
    const app = await startApp({
      name: 'orders',
      port,
      heap: '120m',
      directory,
      words: [...alone, ...words],
    });
    apps.push(app);
    return app;
  };

  beforeAll(() => buildApp('orders'), 300_000);
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.stop()));
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  });

  /** Calls as a gateway does, from an address of its own, on connections that it keeps. */
  const caller = (port: number, localAddress: string): ((count: number) => Promise<void>) => {
    const agent = new Agent({ connections: 4, localAddress, keepAliveTimeout: 60_000 });
    onTestFinished(() => agent.destroy());
    return async (count) => {
      const calls = Array.from({ length: count }, async () => {
        const { body } = await request(`http://127.0.0.1:${port}/orders/7`, { dispatcher: agent });
        await body.dump();
      });
      await Promise.all(calls);
    };
  };

  const counted = async (port: number, metadata: Record<string, string> = {}) => {
    const { counters, active } = readOf(await evidenceOf({ kind: 'actuator', url }, { port, metadata }));
    return { calls: Object.fromEntries(counters.map(({ key, value }) => [key, value])), active };
  };

  test('counts calls to one, and neither health checks nor our readings; a restart shows', async () => {
    const port = await freePort();
    const app = await start(port);
    const call = caller(port, '127.0.0.7');
    // The first answer of a new process may take longer than we wait.
    await until(async () => (await evidenceOf({ kind: 'actuator', url }, { port })).kind === 'read');
    expect(await counted(port)).toEqual({ calls: {}, active: 0 });
    await call(20);
    await request(`http://127.0.0.1:${port}/actuator/health`).then(({ body }) => body.dump());
    expect(await counted(port)).toEqual({ calls: { '/orders/{id}': 20 }, active: 0 });
    await call(1);
    expect(await counted(port)).toEqual({ calls: { '/orders/{id}': 21 }, active: 0 });
    const traffic = call(2000);
    await until(async () => ((await counted(port)).active ?? 0) > 0, 1);
    await traffic;
    await until(async () => (await counted(port)).active === 0);
    expect(await counted(port)).toEqual({ calls: { '/orders/{id}': 2021 }, active: 0 });
    const probe = realProbe(realClock, environment);
    const check = { kind: 'actuator', url, successes: 1, withinMs: 60_000 } as const;
    expect(await probe(check, { ...registered, port }, never)).toMatchObject({ kind: 'good' });
    await app.stop();
    expect(await evidenceOf({ kind: 'actuator', url }, { port })).toMatchObject({ kind: 'failed' });
    await start(port);
    await until(async () => (await evidenceOf({ kind: 'actuator', url }, { port })).kind === 'read');
    expect(await counted(port)).toEqual({ calls: {}, active: 0 });
  });

  test('tells by a port of its own as well, where our readings are no requests', async () => {
    const [port, management] = [await freePort(), await freePort()];
    await start(port, `--management.server.port=${management}`);
    const metadata = { 'management.port': String(management) };
    await until(
      async () => (await evidenceOf({ kind: 'actuator', url }, { port, metadata })).kind === 'read',
    );
    expect((await counted(port, metadata)).calls).toEqual({});
    await caller(port, '127.0.0.7')(3);
    expect(await counted(port, metadata)).toEqual({ calls: { '/orders/{id}': 3 }, active: 0 });
  });

  test('has connections that stay open when a caller lets go, and tell for how long it has', async () => {
    const port = await freePort();
    await start(port);
    const connections = async () => readOf(await evidenceOf({ kind: 'connections' }, { port })).counters;
    expect(await connections()).toEqual([]);
    await caller(port, '127.0.0.7')(20);
    await caller(port, '127.0.0.8')(1);
    const before = await connections();
    const callers = before.map(({ caller: address }) => address).toSorted();
    expect(callers).toEqual([...Array.from({ length: 4 }, () => '127.0.0.7'), '127.0.0.8']);
    await until(async () => (await connections()).every(({ idleMs = 0 }) => idleMs > 1000));
    const valueOf = (all: typeof before) => all.map(({ key, value }) => `${key} ${value}`).toSorted();
    // Our own readings by Actuator come on connections of their own, to the same port.
    const [after] = await Promise.all([connections(), counted(port), counted(port)]);
    expect(valueOf(after)).toEqual(valueOf(before));
  });
});
