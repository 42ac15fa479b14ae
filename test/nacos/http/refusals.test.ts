import { expect, test } from 'vitest';
import type { RegistryError } from '../../../src/core/registry/registry-error.ts';
import { failureOf, isCertainlyRefused } from '../../../src/nacos/http/failure.ts';
import type { Reply } from '../../../src/nacos/http/transport.ts';

const user = {
  subject: { resource: 'public:DEFAULT_GROUP:naming/orders', action: 'write', service: 'orders' },
  hasToken: true,
  hasLogin: true,
} as const;
const nobody = { ...user, hasToken: false, hasLogin: false };

type Said = Pick<Reply, 'status' | 'body'> & Partial<Reply>;

const kindOf = (said: Said, sender: Parameters<typeof failureOf>[1] = user): RegistryError['kind'] | 'none' =>
  failureOf({ address: 'http://nacos', path: '/v1/ns/instance', contentType: '', ...said }, sender)?.kind ??
  'none';

const whitelabel = (words: string): string =>
  `<html><body><h1>Whitelabel Error Page</h1><p>This application has no explicit mapping for /error, so you are seeing this as a fallback.</p><div id='created'>Thu Nov 26 14:45:45 UTC 2026</div><div>There was an unexpected error (type=Forbidden, status=403).</div><div>${words}</div></body></html>`;
const tomcat = (words: string): string =>
  `<!doctype html><html lang="en"><head><title>HTTP Status 403 – Forbidden</title><style type="text/css">body {font-family:Tahoma;} h1 {color:white;}</style></head><body><h1>HTTP Status 403 – Forbidden</h1><hr class="line" /><p><b>Type</b> Status Report</p><p><b>Message</b> ${words}</p><p><b>Description</b> The server understood the request but refuses to authorize it.</p><hr class="line" /><h3>Apache Tomcat/9.0.55</h3></body></html>`;
const spring = (message: string): string =>
  JSON.stringify({
    timestamp: '2026',
    status: 403,
    error: 'Forbidden',
    message,
    path: '/nacos/v1/ns/instance',
  });
const html = 'text/html;charset=UTF-8';

const aboutTheToken: Readonly<Record<string, Said>> = {
  'the page of a Nacos that took us for a browser': {
    status: 403,
    contentType: html,
    body: whitelabel('token expired!'),
  },
  'the page of a Tomcat': { status: 403, contentType: html, body: tomcat('token invalid!') },
  'an older Tomcat, with it in the heading': {
    status: 403,
    body: '<html><body><h1>HTTP Status 403 - user not found!</h1></body></html>',
  },
  'a page whose markup cuts through it': { status: 401, body: '<p>token&nbsp;<b>expired!</b></p>' },
  'a page with the status 500': {
    status: 500,
    contentType: html,
    body: whitelabel('unsupported signature algorithm'),
  },
  'a page with the status 200': { status: 200, contentType: html, body: whitelabel('token expired!') },
  'a Chinese page': {
    status: 403,
    contentType: html,
    body: '<html><title>403</title><p>登录已过期，请重新登录</p></html>',
  },
  'plain text': { status: 403, contentType: 'text/plain', body: 'unsupported signature algorithm' },
  'plain text with the status 401': { status: 401, contentType: 'text/plain', body: 'token expired!' },
  'plain text with the status 200': { status: 200, contentType: 'text/plain', body: 'token invalid!\n' },
  'a string of JSON': { status: 200, contentType: 'application/json', body: '"token invalid!"' },
  'a wrapper with the status 200': { status: 200, body: '{"code":403,"message":"token expired!"}' },
  'a wrapper with code 401, and no words that we know': {
    status: 200,
    body: '{"code":401,"message":"nope"}',
  },
  'a wrapper whose code is a string': { status: 200, body: '{"code":"401","msg":"token已失效","data":null}' },
  'the wrapper of v2': {
    status: 403,
    body: '{"code":10001,"message":"access denied","data":"Code: 401, Message: token invalid!."}',
  },
  'a wrapper of a server error': {
    status: 500,
    body: '{"code":30000,"message":"server error","data":"token expired!"}',
  },
  'the words of 3.x with another status': {
    status: 400,
    body: JSON.stringify({
      status: 400,
      error: 'Bad Request',
      message: 'Code: 401, Message: token expired!.',
      path: '/',
    }),
  },
  'the words of 3.x without a token': {
    status: 200,
    body: 'Code: 401, Message: User not found! Please check user exist or password is right!.',
  },
  'the cause of a 500': { status: 500, contentType: 'text/plain', body: 'caused: token expired!;' },
  'a 403 of the web framework, passed on with 200': { status: 200, body: spring('user not found!') },
  'a signature made with another secret': { status: 403, body: spring('Invalid signature') },
  'a library of tokens': {
    status: 403,
    body: spring('JWT expired at 2026-11-26T14:45:45Z. Current time: …'),
  },
  'another library': {
    status: 403,
    body: spring('JWT signature does not match locally computed signature.'),
  },
  'a gateway that says it as a code': { status: 401, body: '{"error":"invalid_token"}' },
  'another such code': { status: 200, contentType: 'text/plain', body: 'TOKEN_EXPIRED' },
  'r-nacos': { status: 403, body: spring('unknown user!') },
  'a 403 without a message': {
    status: 403,
    body: '{"timestamp":"2026","status":403,"error":"Forbidden","path":"/"}',
  },
  'a gateway that checks tokens, and says so in a header': {
    status: 401,
    body: '',
    challenge: 'Bearer error="invalid_token", error_description="Jwt expired"',
  },
};

test.for(Object.entries(aboutTheToken))('our token is not taken: %s', ([, said]) => {
  expect(kindOf(said)).toBe('token-refused');
  expect(kindOf(said, nobody)).toBe('login-needed');
});

test.for([
  { status: 403, contentType: html, body: whitelabel('authorization failed!') },
  { status: 403, contentType: html, body: tomcat('Code: 403, Message: authorization failed!.') },
  { status: 200, body: '{"code":403,"message":"authorization failed!"}' },
  { status: 403, body: '{"code":10001,"message":"access denied","data":"authorization failed!"}' },
  { status: 500, contentType: 'text/plain', body: 'caused: authorization failed!;' },
  { status: 403, body: '{"code":403,"msg":"没有权限"}' },
  { status: 200, body: '{"code":403,"message":"user has no write permission"}' },
  { status: 403, contentType: 'text/plain', body: 'Permission denied' },
])('a missing permission is no matter of the token: %j', (said) => {
  expect(kindOf(said)).toBe('forbidden');
});

const elsewhere: Readonly<Record<string, Said>> = {
  'a firewall': {
    status: 403,
    contentType: html,
    body: '<html><head><title>Request blocked</title></head><body><h1>Blocked</h1>Event 123</body></html>',
  },
  'a proxy with a login of its own': {
    status: 401,
    contentType: html,
    body: '<html><head><title>401 Authorization Required</title></head></html>',
    challenge: 'Basic realm="ops"',
  },
  'the same without a page': { status: 401, body: '', challenge: 'Basic realm="ops"' },
  'the way out of a hotel': { status: 511, contentType: html, body: '<html><title>Welcome</title></html>' },
  'a web server that forbids the path': {
    status: 403,
    contentType: html,
    body: "<html><title>403 Forbidden</title><p>You don't have permission to access this resource.</p></html>",
  },
  'XML of a store': { status: 403, body: '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>' },
};

test.for(Object.entries(elsewhere))('somebody else refuses us, and no token helps: %s', ([, said]) => {
  for (const sender of [user, nobody]) expect(kindOf(said, sender)).toBe('barred');
  const error = failureOf({ address: '', path: '', contentType: '', ...said }, user);
  expect(error).toMatchObject({ status: said.status, mayBeToken: false });
  expect(error !== undefined && isCertainlyRefused(error)).toBe(false);
});

test.for([
  { status: 403, body: '' },
  { status: 403, contentType: 'text/plain', body: 'RBAC: access denied' },
  { status: 403, body: '{"message":"no"}' },
])('words that are not those of Nacos, and a token may help: %j', (said) => {
  const error = failureOf({ address: '', path: '', contentType: '', ...said }, user);
  expect(error).toMatchObject({ kind: 'barred', mayBeToken: true });
  expect(error !== undefined && isCertainlyRefused(error)).toBe(true);
});

test('says what the firewall says', () => {
  expect(
    failureOf(
      {
        address: 'http://nacos',
        path: '/',
        contentType: html,
        status: 403,
        body: elsewhere['a firewall']?.body ?? '',
      },
      user,
    ),
  ).toEqual({
    kind: 'barred',
    address: 'http://nacos',
    status: 403,
    detail: 'Request blocked',
    mayBeToken: false,
  });
});

test('of a page, says the line that tells', () => {
  const said = { address: '', path: '', contentType: html, status: 403, body: tomcat('token expired!') };
  expect(failureOf(said, user)).toEqual({ kind: 'token-refused', detail: 'token expired!' });
});

test.for([
  [
    {
      status: 404,
      body: '{"code":30000,"message":"server error","data":"service G@@令牌过期 is not found!"}',
    },
    'service-missing',
  ],
  [
    { status: 500, contentType: 'text/plain', body: 'caused: service G@@令牌失效 is not found!;' },
    'service-missing',
  ],
  [
    {
      status: 404,
      body: '{"code":20004,"message":"resource not found","data":"no matched ip found! authorization failed"}',
    },
    'instance-missing',
  ],
  [
    { status: 200, body: '{"name":"token expired!","metadata":{"message":"token expired!","code":"403"}}' },
    'none',
  ],
  [
    {
      status: 200,
      body: '{"hosts":[{"metadata":{"error":"authorization failed!"}}],"code":0,"message":"success"}',
    },
    'none',
  ],
  [{ status: 200, contentType: html, body: '{"code":0,"data":"ok"}' }, 'none'],
  [{ status: 403, body: spring('Invalid server identity key or value, Please make sure set …') }, 'rejected'],
  [{ status: 429, contentType: 'text/plain', body: 'Blocked by Sentinel: FlowException' }, 'server-error'],
  [{ status: 200, body: '{"code":500,"message":"boom"}' }, 'server-error'],
] as const)('what a service is called, or says, is no refusal: %j', ([said, kind]) => {
  const [, service = 'orders'] = /@@(\S+)/.exec(said.body) ?? [];
  expect(kindOf(said, { ...user, subject: { ...user.subject, service } })).toBe(kind);
});
