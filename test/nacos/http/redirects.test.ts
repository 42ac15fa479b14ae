import { expect, test } from 'vitest';
import { failureOf } from '../../../src/nacos/http/failure.ts';
import type { Reply } from '../../../src/nacos/http/transport.ts';
import { errorOf } from '../../contract/subjects/subject.ts';
import { asNacos3, byPath, off, orders, registryFor, scripted } from '../nacos-script.ts';

const user = {
  subject: { resource: 'public:DEFAULT_GROUP:naming/orders', action: 'read' },
  hasToken: true,
  hasLogin: true,
} as const;
const path = '/v1/ns/catalog/services';
const address = 'http://nacos:8848';

type Asked = { readonly from?: string; readonly contextPath?: string };

const answered = (reply: Partial<Reply>, { from = address, contextPath = '/nacos' }: Asked = {}) =>
  failureOf(
    {
      address: from,
      path,
      url: `${from}${contextPath}${path}?pageNo=1`,
      status: 302,
      contentType: 'text/html',
      body: '',
      ...reply,
    },
    user,
  );

const page = (head: string): Partial<Reply> => ({ status: 200, body: `<html><head>${head}</head></html>` });

test.for([301, 302, 303, 307, 308])('a %i to the same path by https: gives the address', (status) => {
  const location = `https://nacos:8443/nacos${path}?pageNo=1`;
  expect(answered({ status, location })).toEqual({
    kind: 'redirected',
    address,
    status,
    to: `https://nacos:8443/nacos${path}?…`,
    advice: { kind: 'give', server: 'https://nacos:8443' },
  });
});

const gives: readonly (readonly [string, string, object, Asked?])[] = [
  // A port that goes without saying there does not here.
  ['https without a port', `https://nacos/nacos${path}`, { server: 'https://nacos:443' }],
  ['https, and the path lost', 'https://nacos/', { server: 'https://nacos:443' }],
  ['another host', `http://other/nacos${path}`, { server: 'http://other:80' }],
  ['an IPv6 host', `http://[2001:db8::1]:8848/nacos${path}`, { server: 'http://[2001:db8::1]:8848' }],
  ['//host', `//other:81/nacos${path}`, { server: 'http://other:81' }],
  ['another context path', `/foo/nacos${path}`, { contextPath: '/foo/nacos' }],
  ['a context path alone', '/foo/nacos/', { contextPath: '/foo/nacos' }],
  ['no context path', path, { contextPath: '/' }],
  ['both', `https://nacos/foo${path}`, { server: 'https://nacos:443', contextPath: '/foo' }],
  ['one where none was given', '/nacos/', { contextPath: '/nacos' }, { contextPath: '' }],
  ['a double slash set right', `/nacos${path}`, { contextPath: '/nacos' }, { contextPath: '//nacos' }],
];

test.for(gives)('the same path elsewhere, %s: says what to give', ([, location, advice, asked]) => {
  expect(answered({ location }, asked)).toMatchObject({ advice: { kind: 'give', ...advice } });
});

test.for([
  'https://sso.example.com/login?service=http%3A%2F%2Fnacos',
  '/oauth2/sign_in?rd=%2Fnacos',
  '/oauth2/start',
  'https://keycloak.example.com/realms/ops/protocol/openid-connect/auth?client_id=x',
  'https://cas.corp/cas/login',
  '/login.jsp;jsessionid=0A1B',
  '/Account/SignIn',
  'https://login.microsoftonline.com/common',
  '/saml2/idp/metadata',
])('a login of somebody else: %s', (location) => {
  expect(answered({ location })).toMatchObject({ kind: 'redirected', advice: { kind: 'login' } });
});

test.for([
  ['to where we asked', `/nacos${path}?pageNo=1`, 'loop'],
  ['to where we asked, to see a cookie', `/nacos${path}?pageNo=1&checked=1`, 'loop'],
  ['to where we asked, with a fragment', `${address}/nacos${path}#x`, 'loop'],
  ['to the start page', '/nacos/', 'elsewhere'],
  ['with a slash behind it', `/nacos${path}/`, 'elsewhere'],
  ['to a blog', 'https://example.com/blog/loginless', 'elsewhere'],
  ['without saying where', undefined, 'nowhere'],
  ['with a blank', '  ', 'nowhere'],
  ['to what is no address', 'http://[broken', 'nowhere'],
  ['to another protocol', 'nacos://app', 'nowhere'],
  ['to a script', 'javascript:alert(1)', 'nowhere'],
] as const)('sends us %s', ([, location, kind]) => {
  expect(answered({ location })).toMatchObject({ kind: 'redirected', advice: { kind } });
});

test.for([304, 300, 399])('a %i without a target is no answer either', (status) => {
  expect(answered({ status })).toMatchObject({
    kind: 'redirected',
    status,
    to: '',
    advice: { kind: 'nowhere' },
  });
});

test.for([
  ['<meta http-equiv="refresh" content="0; url=https://sso.example.com/login?x=1">', 'login'],
  ["<META HTTP-EQUIV='Refresh' CONTENT='1;URL=/login'>", 'login'],
  ['<meta content="0;url=https://nacos:8443/nacos/" http-equiv=refresh>', 'give'],
  ['<script>window.location.href = "https://sso.example.com/login"</script>', 'login'],
  ["<script>top.location='/sso/login'</script>", 'login'],
  ['<script>location.replace("/signin")</script>', 'login'],
  ['</head><body><form><input name=p type="password"></form>', 'login'],
] as const)('a page that sends a browser on, or asks it for a password: %s', ([head, kind]) => {
  expect(answered(page(head))).toMatchObject({ kind: 'redirected', status: 200, advice: { kind } });
});

test('a page that does neither is a page', () => {
  expect(answered(page('<title>Welcome</title><script>var location = "Beijing";</script>'))).toEqual({
    kind: 'not-nacos',
    address,
    detail: 'HTTP 200 with a page: Welcome',
  });
});

test('no login page is taken for a refused token, whatever it says', () => {
  const body = '<html><body><h1>请先登录</h1><p>token expired!</p><input type=password></body></html>';
  expect(answered({ status: 200, body })).toMatchObject({ kind: 'redirected', advice: { kind: 'login' } });
});

test.for([
  'https://user:hunter2@nacos:8443/x?token=hunter2&password=hunter2#hunter2',
  `/login;jsessionid=hunter2?u=hunter2`,
  `/ticket/${'hunter2'.repeat(6)}/login`,
  'http://user:hunter2@[broken?x=hunter2',
  'nacos://user:hunter2@x/y?hunter2',
])('where it points is shown without what may be a secret: %s', (location) => {
  const error = answered({ location });
  expect(error).toMatchObject({ kind: 'redirected' });
  expect(JSON.stringify(error)).not.toContain('hunter2');
});

test.for([
  '<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>',
  'Client sent an HTTP request to an HTTPS server.\n',
  'Bad Request\r\nThis combination of host and port requires TLS.\r\n',
])('http where TLS is spoken: gives the address: %s', (body) => {
  expect(answered({ status: 400, body, contentType: 'text/plain' })).toEqual({
    kind: 'https-needed',
    address,
    instead: 'https://nacos:8848',
  });
});

const login = { accessToken: 'secret-token', tokenTtl: 100 };
const credentials = { username: 'nacos', password: () => Promise.resolve('secret-password') };

test.for([301, 302, 303, 307, 308])(
  'nobody is followed with %i: not by reads, by writes, by a login, with a token or a password',
  async (status) => {
    const elsewhere = await scripted(asNacos3(() => ({ body: { code: 0, data: 'ok' } })));
    for (const isLoginOpen of [true, false]) {
      const server = await scripted(
        asNacos3((request) =>
          isLoginOpen && request.path.endsWith('/login')
            ? { body: login }
            : { status, location: `${elsewhere.url}${request.path}?token=secret-token` },
        ),
      );
      const registry = registryFor(server.url, credentials);
      const read = await registry.service(orders);
      const write = await registry.write(off);
      expect(read).toMatchObject({
        error: { kind: 'redirected', advice: { kind: 'give', server: elsewhere.url } },
      });
      // Once we were in, a write may have been acted on before it was redirected.
      expect(write).toMatchObject({
        kind: isLoginOpen ? 'unknown' : 'refused',
        error: { kind: 'redirected' },
      });
      expect(JSON.stringify([read, write])).not.toContain('secret-');
    }
    expect(elsewhere.requests).toEqual([]);
  },
);

test('a token or password in the path of where it points is not shown', async () => {
  const server = await scripted(
    asNacos3(({ path, token, body }) => ({
      status: 302,
      location: path.endsWith('/login')
        ? `/sso/${encodeURIComponent(new URLSearchParams(body).get('password') ?? '')}`
        : `/sso/${token}`,
    })),
  );
  const password = (): Promise<string> => Promise.resolve('p&ss/wörd');
  const answer = await registryFor(server.url, { ...credentials, password }).service(orders);
  expect(answer).toMatchObject({ error: { kind: 'redirected', to: `${server.url}/sso/***` } });
});

test('a server that redirects every path is told so at once; the next address may answer', async () => {
  const proxy = await scripted(({ path: asked }) => ({ status: 302, location: `/login?rd=${asked}` }));
  const answer = await registryFor(proxy.url).server();
  expect(answer).toMatchObject({
    error: { kind: 'redirected', to: `${proxy.url}/login?…`, advice: { kind: 'login' } },
  });
  const detail = { code: 0, data: { clusterMap: {}, protectThreshold: 0 } };
  const server = await scripted(asNacos3(byPath({ '/nacos/v3/admin/ns/service': detail })));
  const registry = registryFor(proxy.url, { servers: [proxy.url, server.url] });
  expect(errorOf(await registry.service(orders))).toContain('no error');
});

test('the console alone behind a login: the rest is found all the same', async () => {
  const open = byPath({
    '/nacos/v1/ns/operator/switches': { name: '00-00---000-NACOS_SWITCH_DOMAIN-000---00-00' },
    '/nacos/v1/core/cluster/nodes': {
      code: 200,
      data: [{ address: 'a:1', state: 'UP', extendInfo: { version: '2.3.2' } }],
    },
  });
  const server = await scripted((request) =>
    /console|v3/.test(request.path) ? { status: 302, location: '/login' } : open(request),
  );
  expect(await registryFor(server.url).server()).toMatchObject({
    value: { dialect: 'v1', version: '2.3.2' },
  });
});
