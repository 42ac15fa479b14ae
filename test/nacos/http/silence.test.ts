import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { errorOf, valueOf } from '../../contract/subjects/subject.ts';
import type { Asking, Watch } from '../../../src/world/registry.ts';
import type { Script, SlowScript } from '../../support/servers/scripted-server.ts';
import { until } from '../../support/time/until.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';
import { byPath, registryFor, scripted } from '../nacos-script.ts';

const nacos2: Script = byPath({ '/nacos/v1/console/server/state': { version: '2.2.4' } });

/** Takes connections and says nothing, not even for TLS. */
async function silentSocket(): Promise<string> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each(['hang', 'stall'] as const)(
  'a server that does %s is given up after one time-out',
  async (said) => {
    const clock = virtualClock();
    const server = await scripted(() => said);
    const asked = registryFor(server.url, {}, { clock }).server();
    await until(() => server.requests.length === 1, 5);
    await clock.advance(5000);
    expect(await asked).toMatchObject({ ok: false, error: { kind: 'timeout', address: server.url } });
    expect(server.requests).toHaveLength(1);
    expect(clock.monotonic()).toBe(5000);
  },
);

test('a server that closes each connection after a while is not asked for every path', async () => {
  const clock = virtualClock();
  const script: SlowScript = async () => {
    await clock.advance(3000);
    return 'break';
  };
  const server = await scripted(script);
  expect(errorOf(await registryFor(server.url, {}, { clock }).server())).toBe('server-error');
  expect(server.requests).toHaveLength(2);
});

test('a gateway that takes its time to say that nobody answers it is believed', async () => {
  const clock = virtualClock();
  const server = await scripted(async () => {
    await clock.advance(3000);
    return { status: 504, body: { message: 'upstream timed out' } };
  });
  expect(errorOf(await registryFor(server.url, {}, { clock }).server())).toBe('server-error');
  expect(server.requests).toHaveLength(2);
});

test('of two addresses the silent one is asked once, and the other from then on', async () => {
  const clock = virtualClock();
  const silent = await scripted(() => 'hang');
  const good = await scripted(nacos2);
  const registry = registryFor(silent.url, { servers: [silent.url, good.url] }, { clock });
  const asked = registry.server();
  await until(() => silent.requests.length === 1, 5);
  await clock.advance(5000);
  expect(valueOf(await asked).version).toBe('2.2.4');
  await registry.namespaces();
  expect(silent.requests).toHaveLength(1);
  expect(clock.monotonic()).toBe(5000);
});

test('a TLS handshake that never ends is one that says what to look for', async () => {
  const address = `https://${await silentSocket()}`;
  expect(await registryFor(address).server()).toMatchObject({
    ok: false,
    error: { kind: 'unreachable', addresses: [address], detail: expect.stringContaining('speak https') },
  });
});

test('tells of each request who is asked, since when, for how long, and who is next', async () => {
  const clock = virtualClock();
  const silent = await scripted(() => 'hang');
  const good = await scripted(nacos2);
  const asked: Asking[] = [];
  let under = 0;
  const watch: Watch = (asking) => {
    asked.push(asking);
    under += 1;
    return () => (under -= 1);
  };
  const registry = registryFor(silent.url, { servers: [silent.url, good.url] }, { clock, watch });
  const answer = registry.server();
  await until(() => silent.requests.length === 1, 5);
  expect(asked).toEqual([{ address: silent.url, sinceMs: 0, limitMs: 5000, next: good.url }]);
  await clock.advance(5000);
  await answer;
  expect(asked[1]).toEqual({ address: good.url, sinceMs: 5000, limitMs: 5000, next: undefined });
  await registry.namespaces({ node: good.url });
  expect(asked.at(-1)).toMatchObject({ address: good.url, next: good.url });
  expect(under).toBe(0);
});
