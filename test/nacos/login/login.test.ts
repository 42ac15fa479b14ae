import { expect, test } from 'vitest';
import { loginRequest, readLogin } from '../../../src/nacos/login/login-request.ts';
import { fixtures, replyOf } from '../fixture.ts';

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

const said = (status: number, body: string, contentType = 'application/json', challenge?: string) =>
  readLogin(
    { ok: true, reply: { address: 'http://nacos', path: '/login', status, contentType, body, challenge } },
    loginRequest('/login', 'ann', 'x'),
    'ann',
  );

test.for([0, -5, '-1', 'soon', '', null, 'NaN', '1e999', undefined, {}])(
  'a life of %j is none that could be meant: the token is used until it is refused',
  (tokenTtl) => {
    const answer = said(200, JSON.stringify({ accessToken: 'T', tokenTtl }));
    expect(answer).toEqual({ ok: true, value: { text: 'T', ttlMs: 18_000_000 } });
  },
);

test('a token may come in a wrapper, and its life as a string', () => {
  const answer = said(200, '{"code":200,"data":{"accessToken":"T","tokenTtl":"60"}}');
  expect(answer).toEqual({ ok: true, value: { text: 'T', ttlMs: 60_000 } });
});

test.for([
  ['{"accessToken":"","tokenTtl":18000}', 'unreadable'],
  ['{"accessToken":null,"tokenTtl":18000,"globalAdmin":false}', 'unreadable'],
  ['{"code":200,"data":{}}', 'unreadable'],
  ['{"code":401,"message":"Login failed","data":null}', 'wrong-password'],
  ['{"code":403,"message":"user not found!"}', 'wrong-password'],
  ['{"code":500,"message":"boom"}', 'server-error'],
] as const)('a login that is answered with 200 and no token: %s', ([body, kind]) => {
  const answer = said(200, body);
  expect(answer).toMatchObject({ ok: false, error: { kind } });
});

test.for([
  [403, '{"success":false,"code":"LOGIN_LIMITE_ERROR","message":"Frequent login, please try again later"}'],
  [429, '<html><title>429 Too Many Requests</title></html>'],
  [403, '{"code":423,"message":"The account is locked"}'],
  [200, '{"code":403,"message":"登录过于频繁"}'],
] as const)('too many logins, or a locked user, say nothing of the password: %i %s', ([status, body]) => {
  expect(said(status, body)).toMatchObject({ ok: false, error: { kind: 'login-limited', user: 'ann' } });
});

test('a server that is down asks for patience too, and is no limit of logins', () => {
  const body = '<html><title>503 Service Unavailable</title>Please try again later.</html>';
  expect(said(503, body)).toMatchObject({ error: { kind: 'not-nacos' } });
});

test.for([
  [403, '<html><title>Request blocked</title></html>', undefined],
  [401, '', 'Basic realm="ops"'],
  [403, '', undefined],
  [403, 'RBAC: access denied', undefined],
] as const)(
  'whoever stands in front of the login does not judge the password: %i %s',
  ([status, body, challenge]) => {
    expect(said(status, body, 'text/plain', challenge)).toMatchObject({ error: { kind: 'barred' } });
  },
);

test.for([
  [403, '<html><div>user not found!</div></html>'],
  [403, 'LDAP login failed.'],
  [403, 'unknown user!'],
  [401, '{"code":401,"message":"Bad credentials"}'],
] as const)('a wrong password in other words: %i %s', ([status, body]) => {
  expect(said(status, body, 'text/plain')).toEqual({
    ok: false,
    error: { kind: 'wrong-password', user: 'ann' },
  });
});
