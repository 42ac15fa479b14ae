import { beforeAll, expect, test } from 'vitest';
import { connectionFailure } from '../../../src/nacos/http/connection-failure.ts';
import { grpcPort } from '../../../src/nacos/http/other-port.ts';
import { bytesServer } from '../../support/servers/bytes-server.ts';
import { type OwnAuthority, ownAuthority } from '../../support/servers/own-authority.ts';
import type { Script } from '../../support/servers/scripted-server.ts';
import { byPath, off, registryFor, scripted } from '../nacos-script.ts';

let file: OwnAuthority = () => '';

beforeAll(() => {
  file = ownAuthority();
});

const portOf = (url: string): number => Number(new URL(url).port);

/** As a 3.1.0 with auth and its console at 28858 answered: unknown paths are a 500, old ones with a filter a 403. */
const state = { version: '3.1.0-bugfix', server_port: '28848', auth_enabled: 'true' };
const console3: Script = ({ path }) => {
  if (path === '/v3/console/server/state') return { body: state };
  const said = { status: 500, type: 'text/plain;charset=UTF-8' };
  return ['/nacos/v1/ns/catalog/services', '/nacos/v2/ns/service/list'].includes(path)
    ? {
        status: 403,
        body: {
          timestamp: '2026-11-26T21:40:32.942+00:00',
          status: 403,
          error: 'Forbidden',
          message: 'Code: 401, Message: User not found! Please check user exist or password is right!.',
          path,
        },
      }
    : { ...said, body: `caused: No static resource ${path.slice(1)}.;` };
};

test('the console of a 3.x is told by its state, with the port of its server; no password goes there', async () => {
  const server = await scripted(console3);
  const login = { username: 'nacos', password: () => Promise.resolve('nacos') };
  const answer = await registryFor(server.url, login).services('public', '');
  const instead = 'http://127.0.0.1:28848';
  expect(answer).toEqual({
    ok: false,
    error: { kind: 'other-port', address: server.url, port: 'console', instead },
  });
  expect(server.requests.some(({ method }) => method === 'POST')).toBe(false);
});

test('a console that names no port is that of a server at 8848', async () => {
  const server = await scripted(byPath({ '/v3/console/server/state': { version: '3.0.0' } }));
  const answer = await registryFor(server.url).server();
  expect(answer).toMatchObject({ ok: false, error: { port: 'console', instead: 'http://127.0.0.1:8848' } });
});

/** What the gRPC ports of a 3.1.0 (28848 + 1000, + 1001) and its Raft port (- 1000) all answered to HTTP/1.1. */
const grpcAnswer = Buffer.from(
  '00001204000000000000037fffffff000400100000000600002000000004080000000000000f00010000440700000000007fffffff00000001' +
    Buffer.from('Unexpected HTTP/1.x request: GET /nacos/v3/admin/core/state ').toString('hex'),
  'hex',
);

test('a port of gRPC is told by its first bytes', async () => {
  const url = `http://${await bytesServer(grpcAnswer)}`;
  const answer = await registryFor(url).server();
  const [instead, otherwise] = [-1000, 1000].map((apart) => `http://127.0.0.1:${portOf(url) + apart}`);
  expect(answer).toEqual({
    ok: false,
    error: { kind: 'other-port', address: url, port: 'grpc', instead, otherwise },
  });
  // Nobody there has understood it.
  expect(await registryFor(url).write(off)).toMatchObject({ kind: 'refused' });
});

test.for([
  ['http://n:9848', 'grpc', 'http://n:8848', 'http://n:10848'],
  ['http://n:9849', 'grpc', 'http://n:8848', 'http://n:10849'],
  ['http://n:7848', 'raft', 'http://n:8848', 'http://n:6848'],
  ['http://[::1]:19848', 'grpc', 'http://[::1]:18848', 'http://[::1]:20848'],
  ['http://n:65000', 'grpc', 'http://n:64000', undefined],
  ['http://n', 'raft', 'http://n:1080', undefined],
] as const)('%s is probably the %s port of %s', ([address, port, instead, otherwise]) => {
  expect(grpcPort(address)).toEqual({
    kind: 'other-port',
    address,
    port,
    instead,
    ...(otherwise && { otherwise }),
  });
});

test('another address does where the first is the port of gRPC', async () => {
  const server = await scripted(
    byPath({ '/nacos/v3/admin/core/state': { code: 0, data: { version: '3.1.0' } } }),
  );
  const registry = registryFor(server.url, {
    servers: [`http://${await bytesServer(grpcAnswer)}`, server.url],
  });
  expect(await registry.server()).toMatchObject({ ok: true, value: { version: '3.1.0' } });
});

test('https to what speaks no TLS says how to write it', async () => {
  const server = await scripted(console3);
  for (const plain of [
    portOf(server.url),
    await bytesServer(grpcAnswer).then((at) => Number(at.split(':')[1])),
  ]) {
    const address = `https://127.0.0.1:${plain}`;
    const instead = `http://127.0.0.1:${plain}`;
    const error = { kind: 'tls-absent', address, instead };
    expect(await registryFor(address).server()).toEqual({ ok: false, error });
  }
});

test('http to what speaks TLS says how to write it, whether that answers, alerts, or only closes', async () => {
  const keys = { key: file('server.key'), cert: file('server.crt') };
  const closing = await scripted(byPath({}), keys);
  const alert = Buffer.from('15030100020250', 'hex');
  const tomcat = await scripted(() => ({
    status: 400,
    type: 'text/plain',
    body: 'Bad Request\nThis combination of host and port requires TLS.\n',
  }));
  const alerting = await bytesServer(alert);
  for (const port of [portOf(closing.url), Number(alerting.split(':')[1]), portOf(tomcat.url)]) {
    const [address, instead] = ['http', 'https'].map((scheme) => `${scheme}://127.0.0.1:${port}`);
    const error = { kind: 'https-needed', address, instead };
    expect(await registryFor(address ?? '').server()).toEqual({ ok: false, error });
  }
});

test('who closes without a word, and speaks no TLS either, is not said to', async () => {
  const server = await scripted(() => 'break');
  expect(await registryFor(server.url).server()).toMatchObject({
    error: { kind: 'server-error', status: 0 },
  });
});

test('of what OpenSSL says, the reason is kept and no place in its source', () => {
  const thrown = Object.assign(
    new Error(
      '40D35F350E7F0000:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:../deps/openssl/openssl/ssl/record/rec_layer_s3.c:916:SSL alert number 116\n',
    ),
    { code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', reason: 'tlsv13 alert certificate required' },
  );
  const attempt = { address: 'https://n:8848', afterMs: 3, wasSent: false, isRead: true };
  const detail = 'tlsv13 alert certificate required';
  expect(connectionFailure(thrown, attempt)).toEqual({ kind: 'tls', address: 'https://n:8848', detail });
});
