import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { errorOf } from '../../contract/subjects/subject.ts';
import { type OwnAuthority, ownAuthority } from '../../support/servers/own-authority.ts';
import { asNacos3, byPath, off, registryFor, scripted } from '../nacos-script.ts';

let file: OwnAuthority = () => '';

beforeAll(() => {
  file = ownAuthority();
});

afterEach(() => vi.unstubAllEnvs());

const script = asNacos3(byPath({ '/nacos/v3/admin/ns/instance/partial': { code: 0, data: 'ok' } }));
const unset = { ca: undefined, cert: undefined, key: undefined };
const keys = () => ({ key: file('server.key'), cert: file('server.crt') });

test('a private authority is trusted where the profile names it, and only there', async () => {
  const server = await scripted(script, keys());
  const trusting = registryFor(server.url, { tls: { ...unset, ca: file('ca.crt') } });
  expect(errorOf(await trusting.server())).toContain('no error');
  const answer = await registryFor(server.url).server();
  expect(answer).toMatchObject({ ok: false, error: { kind: 'tls', address: server.url } });
});

test('a certificate for another name is a fault of TLS', async () => {
  const server = await scripted(script, keys());
  const registry = registryFor(server.url.replace('127.0.0.1', 'localhost'), {
    tls: { ...unset, ca: file('ca.crt') },
  });
  expect(errorOf(await registry.server())).toBe('tls');
});

test('a client certificate is shown where the server wants one; without it, a write is refused', async () => {
  const server = await scripted(script, {
    ...keys(),
    ca: file('ca.crt'),
    requestCert: true,
    rejectUnauthorized: true,
  });
  const known = { ca: file('ca.crt'), cert: file('client.crt'), key: file('client.key') };
  expect(await registryFor(server.url, { tls: known }).write(off)).toEqual({ kind: 'accepted' });
  const without = registryFor(server.url, { tls: { ...unset, ca: file('ca.crt') } });
  const detail = expect.stringContaining('client certificate') as string;
  expect(await without.write(off)).toMatchObject({ kind: 'refused', error: { detail } });
  expect(server.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1);
});

test('NODE_TLS_REJECT_UNAUTHORIZED=0 switches nothing off: what Node lets past we do not', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  const server = await scripted(script, keys());
  const user = { username: 'ops', password: () => Promise.resolve('pw') };
  expect(errorOf(await registryFor(server.url, user).server())).toBe('tls');
  expect(server.requests).toEqual([]);
});
