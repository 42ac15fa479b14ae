import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import type { RegistryError } from '../../../src/core/registry/registry-error.ts';
import { openTransport } from '../../../src/nacos/http/transport.ts';
import { realClock } from '../../../src/world/clock.ts';
import { asNacos3, off, orders, registryFor, scripted } from '../nacos-script.ts';

type Answer = Parameters<typeof createServer>[1];

/** The address of a server that answers as it likes. It ends with the test. */
async function serving(answer: Answer): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function asked(address: string, timeoutMs: number) {
  const transport = openTransport({ ca: undefined, cert: undefined, key: undefined }, realClock);
  onTestFinished(() => transport.close());
  const path = '/nacos/v1/ns/catalog/services';
  const url = `${address}${path}`;
  const request = { address, path, url, method: 'GET', headers: {}, body: undefined, timeoutMs } as const;
  return await transport.exchange({ ...request, signal: undefined });
}

const kindOf = (exchange: Awaited<ReturnType<typeof asked>>): RegistryError['kind'] | 'no error' =>
  exchange.ok ? 'no error' : exchange.error.kind;

test('an answer of gigabytes is given up after 64 MB, whether or not it says how long it is', async () => {
  const chunk = Buffer.alloc(1_000_000, ' ');
  for (const head of [{}, { 'content-length': 8e9 }]) {
    let sent = 0;
    const address = await serving((_request, response) => {
      response.writeHead(200, head);
      const more = (): void => {
        if (response.closed) return;
        sent += chunk.length;
        response.write(chunk, () => setImmediate(more));
      };
      more();
    });
    expect(kindOf(await asked(address, 20_000))).toBe('not-nacos');
    expect(sent).toBeLessThan(200e6);
  }
});

test('a body that comes drop by drop is given up when its time is over', async () => {
  let drops = 0;
  const address = await serving((_request, response) => {
    response.writeHead(200);
    const timer = setInterval(() => {
      drops += 1;
      response.write(' ');
    }, 20);
    response.once('close', () => clearInterval(timer));
  });
  // A busy machine may send none in so short a time: then it gets a longer one.
  const hasDripped = (): boolean => drops > 2;
  for (let ms = 300; !hasDripped(); ms *= 2) expect(kindOf(await asked(address, ms))).toBe('timeout');
});

test('a packed body is not unpacked: a bomb is as long as it was sent', async () => {
  const bomb = gzipSync(Buffer.alloc(100e6));
  const address = await serving((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' });
    response.end(bomb);
  });
  const exchange = await asked(address, 10_000);
  expect(exchange.ok && exchange.reply.body.length).toBeLessThanOrEqual(bomb.length);
});

test('JSON that is nested a million deep is none, and is told at once', async () => {
  const deep = `{"code":0,"data":${'['.repeat(1e6)}${']'.repeat(1e6)}}`;
  const server = await scripted(asNacos3(() => ({ body: deep })));
  const registry = registryFor(server.url);
  await registry.server();
  const before = process.cpuUsage();
  const detail = expect.stringContaining('no JSON') as string;
  expect(await registry.instances(orders)).toMatchObject({
    ok: false,
    error: { kind: 'unreadable', detail },
  });
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(2_000);
});

test.each([301, 302, 307, 308])(
  'no %i is followed, by a read or a write: nobody else gets the token',
  async (status) => {
    const elsewhere = await scripted(() => ({ body: {} }));
    const server = await scripted(
      asNacos3(({ path, method }) =>
        path.endsWith('/login')
          ? { body: { accessToken: 'the-token', tokenTtl: 100 } }
          : { status, location: `${elsewhere.url}${path}?${method}` },
      ),
    );
    const registry = registryFor(server.url, { username: 'ops', password: () => Promise.resolve('pw') });
    await registry.server();
    expect(await registry.instances(orders)).toMatchObject({ ok: false, error: { kind: 'redirected' } });
    expect(await registry.write(off)).toMatchObject({ error: { kind: 'redirected' } });
    expect(server.requests.map(({ token }) => token)).toContain('the-token');
    expect(elsewhere.requests).toEqual([]);
  },
);
