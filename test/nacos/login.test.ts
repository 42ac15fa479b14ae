import { expect, test } from 'vitest';
import { loginRequest, readLogin } from '../../src/nacos/login.ts';
import { fixtures, replyOf } from './fixture.ts';

const expected: Readonly<Record<string, string>> = {
  'auth-v1-login-ok': 'token for 25000 ms',
  'auth-v1-login-wrong-password': 'wrong-password',
  'auth-v1-login-unknown-user': 'wrong-password',
  'auth-v2-login': 'no token',
  'auth-v3-login-ok': 'token for 24000 ms',
  'auth-v3-login-wrong-password': 'wrong-password',
  'auth-v3-login-unknown-user': 'wrong-password',
};

test.for(fixtures('logins').map((fixture) => [fixture.name, fixture] as const))('%s', ([name, fixture]) => {
  const user = name.endsWith('unknown-user') ? 'ghost' : 'nacos';
  const answer = readLogin(
    { ok: true, reply: replyOf(fixture) },
    loginRequest(fixture.path, user, 'x'),
    user,
  );
  const outcome = !answer.ok
    ? answer.error.kind
    : answer.value
      ? `token for ${answer.value.ttlMs} ms`
      : 'no token';
  expect(outcome).toBe(expected[name]);
});

test('a 2.2.4 without its console answers a wrong password with a status line that is no HTTP', () => {
  const detail = 'Response does not match the HTTP/1.1 protocol (Invalid status code)';
  const exchange = { ok: false, wasSent: true, error: { kind: 'not-nacos', address: 'a', detail } } as const;
  const answer = readLogin(exchange, loginRequest('/v1/auth/login', 'nacos', 'x'), 'nacos');
  expect(answer).toEqual({ ok: false, error: { kind: 'wrong-password', user: 'nacos' } });
});

test('a server without auth gives out a token that is none', () => {
  const reply = { address: 'a', path: '/', status: 200, contentType: 'application/json', body: '' };
  const body = JSON.stringify({ accessToken: 'AUTH_DISABLED', tokenTtl: 18_000 });
  const answer = readLogin({ ok: true, reply: { ...reply, body } }, loginRequest('/', 'nacos', 'x'), 'nacos');
  expect(answer).toEqual({ ok: true, value: undefined });
});
