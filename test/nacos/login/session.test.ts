import { expect, test } from 'vitest';
import { errorOf, valueOf } from '../../contract/subjects/subject.ts';
import type { Script, SeenRequest } from '../../support/servers/scripted-server.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';
import { asNacos3, off, orders, registryFor, scripted } from '../nacos-script.ts';

const loginPath = '/nacos/v3/auth/user/login';
const user = { username: 'nacos', password: () => Promise.resolve('a&b=c') };
const refused = (message: string) => ({ status: 403, body: { status: 403, error: 'Forbidden', message } });

type Guard = { script: Script; validToken: string; logins: number; password: string };

/** A 3.x that gives out `token-1`, `token-2`, … and lets in the last one only. */
function guarded(): Guard {
  const guard: Guard = {
    validToken: 'none was given out',
    logins: 0,
    password: 'a&b=c',
    script: asNacos3((request) => {
      if (request.path === loginPath) {
        guard.logins += 1;
        if (new URLSearchParams(request.body).get('password') !== guard.password)
          return refused('Access Denied');
        guard.validToken = `token-${guard.logins}`;
        return { body: { accessToken: guard.validToken, tokenTtl: 100 } };
      }
      if (request.token !== guard.validToken) return refused('Code: 401, Message: token expired!.');
      if (request.method === 'PUT') return { body: { code: 0, data: 'ok' } };
      return { body: { code: 0, data: { clusterMap: {} } } };
    }),
  };
  return guard;
}

const isLogin = ({ path }: SeenRequest): boolean => path === loginPath;

test('sends the password in a form, the token in a header, neither in a URL', async () => {
  const server = await scripted(guarded().script);
  valueOf(await registryFor(server.url, user).service(orders));
  const [login] = server.requests.filter(isLogin);
  expect(new URLSearchParams(login?.body).get('password')).toBe('a&b=c');
  expect(server.requests.at(-1)?.token).toBe('token-1');
  for (const { query } of server.requests) expect(query.toString()).not.toMatch(/token|password/i);
});

test('one login serves all whose token was refused, reads and writes', async () => {
  const guard = guarded();
  const server = await scripted(guard.script);
  const registry = registryFor(server.url, user);
  await registry.service(orders);
  guard.validToken = 'another';
  const reads = [1, 2, 3].map(() => registry.service(orders));
  const [outcome] = await Promise.all([registry.write(off), ...reads]);
  expect(outcome).toEqual({ kind: 'accepted' });
  for (const read of reads) expect(errorOf(await read)).toContain('no error');
  expect(guard.logins).toBe(2);
});

test('renews a token before it ends', async () => {
  const guard = guarded();
  const clock = virtualClock();
  const server = await scripted(guard.script);
  const registry = registryFor(server.url, user, { clock });
  await registry.service(orders);
  await clock.advance(89_000);
  await registry.service(orders);
  expect(guard.logins).toBe(1);
  await clock.advance(2_000);
  await registry.service(orders);
  expect(guard.logins).toBe(2);
  expect(server.requests.filter(({ token }) => token === 'token-1')).toHaveLength(2);
});

test('goes on with a good token while no new one can be had', async () => {
  const guard = guarded();
  const clock = virtualClock();
  const registry = registryFor((await scripted(guard.script)).url, user, { clock });
  await registry.service(orders);
  guard.password = 'changed';
  await clock.advance(95_000);
  expect(errorOf(await registry.service(orders))).toContain('no error');
  await clock.advance(6_000);
  expect(errorOf(await registry.service(orders))).toBe('wrong-password');
});

test('does not try a wrong password again at once', async () => {
  const guard = guarded();
  guard.password = 'another';
  const clock = virtualClock();
  const registry = registryFor((await scripted(guard.script)).url, user, { clock });
  for (const _ of [1, 2, 3]) expect(errorOf(await registry.service(orders))).toBe('wrong-password');
  expect(guard.logins).toBe(1);
  guard.password = 'a&b=c';
  await clock.advance(15_000);
  expect(errorOf(await registry.service(orders))).toContain('no error');
});

test('a token that is refused even when new is an error, not a loop', async () => {
  const server = await scripted(
    asNacos3(({ path }) =>
      path === loginPath ? { body: { accessToken: 'one', tokenTtl: 100 } } : refused('token invalid!'),
    ),
  );
  const registry = registryFor(server.url, user);
  expect(errorOf(await registry.service(orders))).toBe('token-refused');
  expect(server.requests.filter(isLogin)).toHaveLength(2);
});

test('an accepted node gets the token and never the password', async () => {
  const guard = guarded();
  const server = await scripted(guard.script);
  const node = await scripted(guard.script);
  const registry = registryFor(server.url, { ...user, acceptedNodes: [node.url] });
  await registry.service(orders);
  guard.validToken = 'ended';
  valueOf(await registry.service(orders, { node: node.url }));
  expect(node.requests.filter(isLogin)).toEqual([]);
  expect(node.requests.map(({ token }) => token)).toEqual(['token-1', 'token-2']);
});

test('a server without a login lets everybody in', async () => {
  const server = await scripted(
    asNacos3(({ path }) => {
      if (path === loginPath) return { status: 404, body: { status: 404, message: 'No message available' } };
      return { body: { code: 0, data: { clusterMap: {} } } };
    }),
  );
  const registry = registryFor(server.url, user);
  expect(errorOf(await registry.service(orders))).toContain('no error');
  expect(registry.requestOf(off).hasToken).toBe(false);
});
