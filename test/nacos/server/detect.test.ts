import { expect, test } from 'vitest';
import { errorOf, valueOf } from '../../contract/subjects/subject.ts';
import { absentPath, type Script, type SeenRequest } from '../../support/servers/scripted-server.ts';
import { byPath, orders, registryFor, scripted } from '../nacos-script.ts';

const gone = {
  status: 410,
  body: { status: 410, message: '{"code":40000,"message":"use API(s) `GET /v3/x` instead"}' },
};
const closed = { status: 403, type: 'text/html', body: '<html><title>403 Forbidden</title></html>' };
const switches = { name: '00-00---000-NACOS_SWITCH_DOMAIN-000---00-00' };
const memberOf = (version: string) => ({
  code: 200,
  data: [{ address: 'a:1', state: 'UP', extendInfo: { version } }],
});

const found = async (script: Script) => valueOf(await registryFor((await scripted(script)).url).server());

test('r-nacos has no state and says its name in the switches', async () => {
  const info = await found(byPath({ '/nacos/v1/ns/operator/switches': { name: 'R-NACOS' } }));
  expect(info).toMatchObject({ product: 'r-nacos', dialect: 'v1', version: 'unknown' });
  expect(info.traits).toMatchObject({ isHidingDisabled: true, mayMarkAbsent: false, remembersMs: 0 });
});

test.for([
  { version: '1.4.8', mayMarkAbsent: false },
  { version: '2.3.2', mayMarkAbsent: true },
])(
  'behind a proxy that closes the console, the cluster list tells $version',
  async ({ version, mayMarkAbsent }) => {
    const open = byPath({
      '/nacos/v1/ns/operator/switches': switches,
      '/nacos/v1/core/cluster/nodes': memberOf(version),
    });
    const info = await found((request) => (request.path.includes('console') ? closed : open(request)));
    expect(info).toMatchObject({ version, dialect: 'v1', traits: { mayMarkAbsent } });
  },
);

test.for([
  { hasV2: false, mayMarkAbsent: false },
  { hasV2: true, mayMarkAbsent: true },
])('without any version, 1.4 is who has no v2 (has it: $hasV2)', async ({ hasV2, mayMarkAbsent }) => {
  const v2 = hasV2 ? { '/nacos/v2/ns/service/list': { code: 0, data: { count: 0 } } } : {};
  const info = await found(byPath({ '/nacos/v1/ns/operator/metrics': { status: 'UP' }, ...v2 }));
  expect(info).toMatchObject({
    product: 'nacos',
    version: 'unknown',
    dialect: 'v1',
    traits: { mayMarkAbsent },
  });
});

test('only 3.x answers 410 to the old paths', async () => {
  const info = await found(({ path }) => (path.includes('/v1/') ? gone : closed));
  expect(info).toMatchObject({ version: 'unknown', dialect: 'v3', traits: { remembersMs: 60_000 } });
});

test('a page on every path is not Nacos; neither is a server that knows none of the paths', async () => {
  const welcome = { type: 'text/html', body: '<html><title>Welcome</title></html>' };
  for (const script of [() => welcome, () => absentPath]) {
    const answer = await registryFor((await scripted(script)).url).server();
    expect(errorOf(answer)).toBe('not-nacos');
  }
});

test('who refuses us on every path, with a page or a login of its own, stands in front of Nacos', async () => {
  for (const type of ['text/html', 'text/plain']) {
    const refusal = {
      ...closed,
      type,
      body: type === 'text/html' ? closed.body : '',
      challenge: 'Basic realm="ops"',
    };
    const answer = await registryFor((await scripted(() => refusal)).url).server();
    expect(answer).toMatchObject({
      error: { kind: 'barred', detail: expect.stringContaining('Basic') as string },
    });
  }
});

test('a Nacos that says in pages that nobody is logged in is one', async () => {
  const page = { ...closed, body: '<html><div>user not found!</div></html>' };
  const login = { accessToken: 'T', tokenTtl: 18_000 };
  const user = { username: 'nacos', password: () => Promise.resolve('nacos') };
  const server = await scripted(({ path, token }) => {
    if (path.endsWith('/login')) return { body: login };
    if (token !== 'T') return page;
    return byPath({ '/nacos/v1/core/cluster/nodes': memberOf('2.3.2') })({
      path,
      method: 'GET',
    } as SeenRequest);
  });
  expect(valueOf(await registryFor(server.url, user).server())).toMatchObject({
    dialect: 'v1',
    version: '2.3.2',
  });
  expect(errorOf(await registryFor(server.url).service(orders))).toBe('login-needed');
});

test('what failed is found out by the next question', async () => {
  let isUp = false;
  const open = byPath({ '/nacos/v1/console/server/state': { version: '2.2.4' } });
  const registry = registryFor((await scripted((request) => (isUp ? open(request) : closed))).url);
  expect(errorOf(await registry.server())).toBe('barred');
  isUp = true;
  expect(valueOf(await registry.server()).version).toBe('2.2.4');
});

test('a 3.2 whose state is closed has nothing of v1 that tells: a list of v3 does', async () => {
  const members = [{ address: 'a:1', state: 'UP', extendInfo: { version: '3.2.4' } }];
  const answers = byPath({
    '/nacos/v3/admin/ns/service/list': { code: 0, data: { totalCount: 0, pageItems: [] } },
    '/nacos/v3/admin/core/cluster/node/list': { code: 0, data: members },
  });
  const info = await found((request) => (request.path.endsWith('/state') ? closed : answers(request)));
  expect(info).toMatchObject({ version: '3.2.4', dialect: 'v3', traits: { hasV1Client: false } });
});

const consolePath = '/v3/console/server/state';
/** Tomcat's own, where nothing is at the root. */
const noRoot = { status: 404, type: 'text/html', body: '<html><title>HTTP Status 404</title></html>' };

test('of several addresses the one that answered is asked for its console, not one that does not answer', async () => {
  const answers = byPath({
    '/nacos/v1/ns/operator/metrics': { status: 'UP' },
    '/nacos/v1/core/cluster/nodes': memberOf('2.2.4'),
  });
  const { url, requests } = await scripted((request) =>
    request.path === consolePath ? noRoot : answers(request),
  );
  const info = await registryFor(url, { servers: ['http://127.0.0.1:1', url] }).server();
  expect(valueOf(info)).toMatchObject({ version: '2.2.4', dialect: 'v1' });
  expect(requests.filter(({ path }) => path === consolePath)).toHaveLength(1);
});

test.for([
  { who: 'r-nacos', answers: { '/nacos/v1/ns/operator/switches': { name: 'R-NACOS' } }, times: 0 },
  {
    who: 'a Nacos that tells its switches',
    answers: { '/nacos/v1/ns/operator/switches': switches },
    times: 0,
  },
  {
    who: 'a Nacos that tells its metrics',
    answers: { '/nacos/v1/ns/operator/metrics': { status: 'UP' } },
    times: 1,
  },
])('$who is asked $times times whether it is the console of a 3.x', async ({ answers, times }) => {
  const known = byPath(answers);
  const server = await scripted((request) => (request.path === consolePath ? noRoot : known(request)));
  expect(valueOf(await registryFor(server.url).server())).toMatchObject({ dialect: 'v1' });
  expect(server.requests.filter(({ path }) => path === consolePath)).toHaveLength(times);
});
