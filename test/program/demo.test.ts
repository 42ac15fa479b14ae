import { existsSync, readFileSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { selfSpawner } from '../../src/sandbox/demo/child.ts';
import { fetchGatewayStats } from '../../src/sandbox/gateway/fetch-gateway-stats.ts';
import type { GatewayStats } from '../../src/sandbox/gateway/load-count.ts';
import { openDemo, type Demo } from '../../src/sandbox/demo/open-demo.ts';
import { until } from '../support/time/until.ts';

const entry = join(import.meta.dirname, '../support/processes/hidden-entry.ts');
let demo: Demo;

async function open(): Promise<void> {
  const opened = await openDemo(selfSpawner([process.execPath, entry], process.env), { bootMs: 200 });
  if (!opened.ok) throw new Error(opened.error);
  demo = opened.demo;
}

type Member = { service: string; instance: string; version: string; pid: number; isRunning: boolean };

async function members(): Promise<readonly Member[]> {
  return (await (await fetch(`${demo.control}/instances`)).json()) as Member[];
}

async function stats(): Promise<GatewayStats> {
  const now = await fetchGatewayStats(demo.gateway);
  if (!now) throw new Error('the gateway does not answer');
  return now;
}

async function firstOf(name: string): Promise<Member> {
  const found = (await members()).find(({ service }) => service === name);
  if (!found) throw new Error(`the demo has no ${name}`);
  return found;
}

/** What the gateway sent to one instance so far. */
async function sentTo(instance: string): Promise<number> {
  return (await stats()).instances.find((one) => one.instance === instance)?.requests ?? 0;
}

async function setEnabled(instance: string, enabled: boolean): Promise<string> {
  const [ip = '', port = ''] = instance.split(':');
  const query = new URLSearchParams({
    serviceName: 'orders',
    ip,
    port,
    enabled: String(enabled),
    weight: '5',
  });
  return (await fetch(`${demo.nacos}/nacos/v1/ns/instance?${query.toString()}`, { method: 'PATCH' })).text();
}

function redeploy(instance: string): Promise<{ code: number; output: string }> {
  const env = { ...process.env, NACOS_ROLLOUT_INSTANCE: instance, NACOS_ROLLOUT_SERVICE: 'orders' };
  return new Promise((resolve) => {
    execFile(join(demo.dir, 'redeploy.sh'), { env }, (error, output) => {
      resolve({ code: error ? 1 : 0, output });
    });
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // Whose parent is gone may stay as a zombie until init looks.
  const status = `/proc/${pid}/status`;
  return !existsSync(status) || !/^State:\s+Z/m.test(readFileSync(status, 'utf8'));
}

describe('one demo', () => {
  beforeAll(open);
  afterAll(() => demo.end());

  test('an instance that is off and drained can be redeployed without a failure', async () => {
    const { instance } = await firstOf('orders');
    expect(await setEnabled(instance, false)).toBe('ok');
    let before = -1;
    let quietSince = 0;
    // So many went by it that it must be out of the gateway's list.
    await until(async () => {
      const { requests } = await stats();
      const now = await sentTo(instance);
      if (now !== before) quietSince = requests;
      before = now;
      return requests - quietSince > 60;
    });
    const { code, output } = await redeploy(instance);
    expect(code).toBe(0);
    expect(output).toContain('started version 42');
    await until(async () => (await setEnabled(instance, true)) === 'ok');
    await until(async () => (await stats()).versions.some(({ version }) => version === '42'));
    expect((await stats()).failures).toBe(0);
    const list = await fetch(
      `${demo.nacos}/nacos/v1/ns/catalog/instances?serviceName=orders&clusterName=DEFAULT&pageNo=1&pageSize=9`,
    );
    expect(await list.json()).toMatchObject({
      count: 3,
      list: expect.arrayContaining([
        expect.objectContaining({ weight: 5, enabled: true, metadata: { version: '42', zone: 'a' } }),
      ]) as unknown,
    });
  });

  test('an instance that is killed under load costs requests', async () => {
    const { instance, pid } = await firstOf('shop');
    expect((await stats()).failures).toBe(0);
    process.kill(pid, 'SIGKILL');
    await until(async () => (await stats()).failures > 0);
    expect((await stats()).recentFailures[0]).toMatchObject({ service: 'shop', instance });
  });

  test('who consumes is in Nacos, the one that calls rarely for as long as it does', async () => {
    const url = `${demo.nacos}/nacos/v1/ns/service/subscribers?serviceName=orders&pageNo=1&pageSize=9`;
    const apps = async (): Promise<readonly string[]> => {
      const { subscribers } = (await (await fetch(url)).json()) as { subscribers: { app: string }[] };
      return subscribers.map(({ app }) => app);
    };
    const change = (body: string): Promise<Response> =>
      fetch(`${demo.control}/consumers`, { method: 'PUT', body });
    expect(await apps()).toEqual(['demo-gateway']);
    expect((await change('{"rareEveryMs":500}')).status).toBe(200);
    expect(await apps()).toEqual(['demo-gateway', 'demo-audit']);
    const refused = await change('{"cacheTtlMs":-1}');
    expect(refused.status).toBe(400);
    await change('{"rareEveryMs":0}');
    expect(await apps()).toEqual(['demo-gateway']);
    expect(await (await fetch(`${demo.control}/consumers`)).json()).toMatchObject({ rareEveryMs: 0 });
  });

  test('its instances count the calls that reach them, and a companion those that reach it', async () => {
    const [host = '', port = ''] = (await firstOf('orders')).instance.split(':');
    const calls = async (at: number): Promise<number> => {
      const metric = 'http.server.requests?tag=uri:/orders/%7Bid%7D';
      const answer = await fetch(`http://${host}:${at}/actuator/metrics/${metric}`);
      if (answer.status === 404) return 0;
      const { measurements } = (await answer.json()) as { measurements: { value: number }[] };
      return measurements[0]?.value ?? 0;
    };
    const before = await calls(Number(port));
    await until(async () => (await calls(Number(port))) > before);
    expect(await calls(Number(port) + demo.defaults.companion.portOffset)).toBe(0);
  });

  test('a deploy that is to fail does so before it touches the process', async () => {
    await fetch(`${demo.control}/faults`, { method: 'PUT', body: '{"failedDeploys":1}' });
    const before = await firstOf('orders-report');
    const { code, output } = await redeploy(before.instance);
    expect(code).toBe(1);
    expect(output).toContain('cannot fetch the new version');
    expect(await firstOf('orders-report')).toEqual(before);
  });

  test('the companion is registered in its own group, on its own port', async () => {
    const query =
      'serviceName=DUBBO_GROUP%40%40providers%3Acom.acme.Orders%3A1.0.0%3A&clusterName=DEFAULT&pageNo=1&pageSize=9';
    const list = await fetch(`${demo.nacos}/nacos/v1/ns/catalog/instances?${query}`);
    expect(await list.json()).toMatchObject({ count: 3 });
  });
});

describe('the end', () => {
  beforeEach(open);
  afterEach(() => demo.end());

  test.each(['the sandbox is killed', 'its input ends'])('nothing stays when %s', async (how) => {
    const pids = (await members()).map(({ pid }) => pid);
    expect(pids.every(isAlive)).toBe(true);
    if (how === 'its input ends') await demo.end();
    else process.kill(demo.pid ?? 0, 'SIGKILL');
    await until(() => !pids.some(isAlive));
    await until(() => !existsSync(demo.dir));
  });
});
