import { expect, test } from 'vitest';
import { asNacos3, off, orders, registryFor, scripted } from '../nacos-script.ts';

const loginPath = '/nacos/v3/auth/user/login';
const user = { username: 'nacos', password: () => Promise.resolve('s3cret&"x') };

test('a token that a server says back is in no error, of a read or of a write', async () => {
  const server = await scripted(
    asNacos3(({ path, token }) =>
      path === loginPath
        ? { body: { accessToken: 'the.very.token', tokenTtl: 100 } }
        : { status: 500, type: 'text/plain', body: `${'x'.repeat(270)} Authorization: Bearer ${token}` },
    ),
  );
  const registry = registryFor(server.url, user);
  const answers = [await registry.service(orders), await registry.write(off)];
  expect(server.requests.at(-1)?.token).toBe('the.very.token');
  // Cut short, a part of it would still be one.
  expect(JSON.stringify(answers)).not.toContain('the.');
});

test.for([
  (body: string) => `blocked: ${body.split('=').at(-1)}`,
  (body: string) => `blocked: ${new URLSearchParams(body).get('password')}`,
  (body: string) => `blocked: ${JSON.stringify([...new URLSearchParams(body).values()])}`,
])('a password that a server says back is in no error: %s', async (said) => {
  const server = await scripted(
    asNacos3(({ path, body }) =>
      path === loginPath ? { status: 502, type: 'text/plain', body: said(body) } : { body: { code: 0 } },
    ),
  );
  const answer = await registryFor(server.url, user).service(orders);
  expect(answer).toMatchObject({ ok: false, error: { kind: 'server-error' } });
  expect(JSON.stringify(answer)).not.toContain('s3cret');
});

test('a password that is a word of the path leaves the path as it is, and is not shown beside it', async () => {
  const server = await scripted(
    asNacos3(({ path }) => ({
      status: 502,
      type: 'text/plain',
      body: `caused: No static resource ${path.slice(1)} for nacos;`,
    })),
  );
  const common = { username: 'ann', password: () => Promise.resolve('nacos') };
  expect(await registryFor(server.url, common).service(orders)).toMatchObject({
    error: { detail: 'caused: No static resource nacos/v3/auth/user/login for ***;' },
  });
});
