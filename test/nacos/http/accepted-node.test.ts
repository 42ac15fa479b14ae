import { expect, test } from 'vitest';
import { valueOf } from '../../contract/subjects/subject.ts';
import type { Script } from '../../support/servers/scripted-server.ts';
import { asNacos3, first, off, orders, registryFor, scripted } from '../nacos-script.ts';

const loginPath = '/nacos/v3/auth/user/login';
const user = { username: 'nacos', password: () => Promise.resolve('secret') };

/** A 3.x with one login and one service. */
const member: Script = asNacos3(({ path, method, token }) => {
  if (path === loginPath) return { body: { accessToken: 'token', tokenTtl: 18_000 } };
  if (token !== 'token') return { status: 403, body: { message: 'Code: 401, Message: token expired!.' } };
  if (method === 'PUT') return { body: { code: 0, data: 'ok' } };
  return { body: { code: 0, data: { clusterMap: {}, protectThreshold: 0 } } };
});

test("an accepted node carries on where the profile's server is gone, with the token and without the password", async () => {
  const own = await scripted(member);
  const accepted = await scripted(member);
  const registry = registryFor(own.url, { ...user, acceptedNodes: [accepted.url] });
  valueOf(await registry.service(orders));
  expect(accepted.requests).toEqual([]);
  await own.close();
  expect(await registry.write(off)).toEqual({ kind: 'accepted' });
  expect(valueOf(await registry.service(orders))).toMatchObject({ service: first.service });
  expect(accepted.requests.map(({ method, token }) => [method, token])).toEqual([
    ['PUT', 'token'],
    ['GET', 'token'],
  ]);
  expect(registry.requestOf(off).url).toContain(accepted.url);
});

test('an accepted node is never logged in to', async () => {
  const accepted = await scripted(member);
  const registry = registryFor('http://127.0.0.1:1', { ...user, acceptedNodes: [accepted.url] });
  expect(await registry.service(orders)).toMatchObject({ ok: false, error: { kind: 'unreachable' } });
  expect(accepted.requests.filter(({ path }) => path === loginPath)).toEqual([]);
});
