import { expect, test } from 'vitest';
import { errorOf, valueOf } from '../../contract/subjects/subject.ts';
import type { Script } from '../../support/servers/scripted-server.ts';
import { until } from '../../support/time/until.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';
import { asNacos3, byPath, off, orders, registryFor, scripted } from '../nacos-script.ts';

const updatePath = '/nacos/v3/admin/ns/instance/partial';
const detail = { code: 0, message: 'success', data: { clusterMap: {}, protectThreshold: 0 } };
const healthy = asNacos3(
  byPath({ '/nacos/v3/admin/ns/service': detail, [updatePath]: { code: 0, data: 'ok' } }),
);
const html = { status: 502, type: 'text/html', body: '<html><title>502 Bad Gateway</title></html>' };

/** Answers `first` to the first request for a path, and is well otherwise. */
function failingOnce(path: string, first: ReturnType<Script>): Script {
  let hasFailed = false;
  return (request) => {
    if (request.path !== path || hasFailed) return healthy(request);
    hasFailed = true;
    return first;
  };
}

test('a read that brought no answer is sent again', async () => {
  for (const failure of ['break', html] as const) {
    const server = await scripted(failingOnce('/nacos/v3/admin/ns/service', failure));
    const registry = registryFor(server.url);
    expect(valueOf(await registry.service(orders))).toMatchObject(orders);
  }
});

test('a write is sent once, and what became of it is unknown', async () => {
  for (const failure of ['break', html, { status: 200, body: '' }] as const) {
    const server = await scripted(failingOnce(updatePath, failure));
    const outcome = await registryFor(server.url).write(off);
    expect(outcome.kind).toBe('unknown');
    expect(server.requests.filter(({ path }) => path === updatePath)).toHaveLength(1);
  }
});

test('a write to a server that is not there is refused: nothing was sent', async () => {
  const server = await scripted(healthy);
  const registry = registryFor(server.url);
  await registry.server();
  await server.close();
  const outcome = await registry.write(off);
  expect(outcome).toMatchObject({ kind: 'refused', error: { kind: 'unreachable', addresses: [server.url] } });
});

test('a write goes to the next address where the first cannot be connected to', async () => {
  const gone = await scripted(healthy);
  const server = await scripted(healthy);
  const registry = registryFor(gone.url, { servers: [gone.url, server.url] });
  await registry.server();
  await gone.close();
  expect(await registry.write(off)).toEqual({ kind: 'accepted' });
  expect(server.requests.map(({ path }) => path)).toEqual([updatePath]);
  await registry.service(orders);
  expect(registry.requestOf(off).url).toContain(server.url);
});

test('a write does not go to the next address once it was sent', async () => {
  const first = await scripted(failingOnce(updatePath, 'break'));
  const second = await scripted(healthy);
  const registry = registryFor(first.url, { servers: [first.url, second.url] });
  expect((await registry.write(off)).kind).toBe('unknown');
  expect(second.requests).toEqual([]);
});

test('a server that says nothing: 5 s for a read, 12 s for a write, and it may have acted', async () => {
  const clock = virtualClock();
  const server = await scripted((request) => (request.path.endsWith('/state') ? healthy(request) : 'hang'));
  const registry = registryFor(server.url, {}, { clock });
  await registry.server();
  const seen = server.requests.length;

  const read = registry.service(orders);
  await until(() => server.requests.length === seen + 1, 5);
  await clock.advance(5_000);
  await until(() => server.requests.length === seen + 2, 5);
  await clock.advance(5_000);
  const timeout = { kind: 'timeout', address: server.url, wasSent: true };
  expect(await read).toEqual({ ok: false, error: { ...timeout, isRead: true, afterMs: 5_000 } });

  const write = registry.write(off);
  await until(() => server.requests.length === seen + 3, 5);
  await clock.advance(12_000);
  expect(await write).toEqual({ kind: 'unknown', error: { ...timeout, afterMs: 12_000 } });
  expect(server.requests).toHaveLength(seen + 3);
});

test('who gives up waiting is told so at once', async () => {
  const server = await scripted((request) => (request.path.endsWith('/state') ? healthy(request) : 'hang'));
  const registry = registryFor(server.url);
  await registry.server();
  const abort = new AbortController();
  const read = registry.service(orders, { signal: abort.signal });
  await until(() => server.requests.length > 1, 5);
  abort.abort();
  expect(errorOf(await read)).toBe('timeout');
  expect(server.requests).toHaveLength(2);
});

test('JSON of another shape is unreadable, and says where', async () => {
  const path = '/nacos/v3/admin/ns/service';
  const server = await scripted(asNacos3(byPath({ [path]: { code: 0, data: { clusterMap: 'DEFAULT' } } })));
  expect(await registryFor(server.url).service(orders)).toMatchObject({
    ok: false,
    error: {
      kind: 'unreadable',
      path: '/v3/admin/ns/service',
      detail: expect.stringContaining('clusterMap'),
    },
  });
});
