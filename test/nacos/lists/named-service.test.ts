import { expect, test } from 'vitest';
import type { ServiceId } from '../../../src/core/registry/service.ts';
import type { Registry } from '../../../src/world/registry.ts';
import type { Script } from '../../support/servers/scripted-server.ts';
import { errorOf, itemsOf, valueOf } from '../../contract/subjects/subject.ts';
import { asNacos3, byPath, first, off, orders, registryFor, scripted } from '../nacos-script.ts';

const host = { ip: '10.0.0.1', port: 8080, weight: 5, healthy: true, enabled: true, metadata: {} };
const own = { ...host, serviceName: 'DEFAULT_GROUP@@orders' };
const clusters = { clusters: [{ name: 'DEFAULT' }], clusterMap: { DEFAULT: {} } };
const named = { namespaceId: 'public', groupName: 'DEFAULT_GROUP', ...clusters };

type Changes = Readonly<Record<string, unknown>>;

const v1Answers: Changes = {
  '/nacos/v1/console/server/state': { version: '2.2.4' },
  '/nacos/v1/ns/service': { ...named, name: 'orders', clusters: [{ name: 'DEFAULT' }] },
  '/nacos/v1/ns/catalog/instances': { count: 1, list: [own] },
  '/nacos/v1/ns/instance/list': { name: own.serviceName, groupName: 'DEFAULT_GROUP', hosts: [own] },
};
const v3Answers: Changes = {
  '/nacos/v3/admin/ns/service': { data: { ...named, serviceName: 'orders', clusterMap: { DEFAULT: {} } } },
  '/nacos/v3/admin/ns/instance/list': { data: [own] },
  '/nacos/v3/client/ns/instance/list': { data: [own] },
};
const v1 = (changes: Changes = {}): Script => byPath({ ...v1Answers, ...changes });
const v3 = (changes: Changes = {}): Script => asNacos3(byPath({ ...v3Answers, ...changes }));

async function readAll(registry: Registry, id: ServiceId): Promise<readonly string[]> {
  return [await registry.instances(id), await registry.consumerView(id)].map((answer) =>
    answer.ok ? 'ok' : answer.error.kind,
  );
}

test.each([v1(), v3()])('answers that name the service are taken', async (script) => {
  expect(await readAll(registryFor((await scripted(script)).url), orders)).toEqual(['ok', 'ok']);
});

const other = { ...host, serviceName: 'DEFAULT_GROUP@@PROD' };
const [both, list, consumers] = [
  ['other-service', 'other-service'],
  ['other-service', 'ok'],
  ['ok', 'other-service'],
] as const;

test.each([
  ['its name', v1({ '/nacos/v1/ns/service': { ...named, name: 'PROD' } }), list],
  ['its group', v1({ '/nacos/v1/ns/service': { ...named, groupName: 'PROD', name: 'orders' } }), list],
  ['its namespace', v1({ '/nacos/v1/ns/service': { ...named, namespaceId: 'test', name: 'orders' } }), list],
  ['all records', v1({ '/nacos/v1/ns/catalog/instances': { count: 1, list: [other] } }), list],
  ['what consumers get', v1({ '/nacos/v1/ns/instance/list': { name: 'A@@orders', hosts: [] } }), consumers],
  [
    'what consumers get, whatever its records say',
    v1({ '/nacos/v1/ns/instance/list': { name: 'PROD', hosts: [own] } }),
    consumers,
  ],
  ['all that consumers get', v1({ '/nacos/v1/ns/instance/list': { hosts: [other] } }), consumers],
  ['its name in v3', v3({ '/nacos/v3/admin/ns/service': { data: { ...named, serviceName: 'x' } } }), both],
  [
    'its group in v3',
    v3({ '/nacos/v3/admin/ns/service': { data: { ...clusters, groupName: 'A', serviceName: 'orders' } } }),
    both,
  ],
  ['all records in v3', v3({ '/nacos/v3/admin/ns/instance/list': { data: [other] } }), list],
  ['all that consumers get in v3', v3({ '/nacos/v3/client/ns/instance/list': { data: [other] } }), consumers],
])('an answer that names another service by %s is an error', async (_what, script, expected) => {
  const registry = registryFor((await scripted(script)).url);
  expect(await readAll(registry, orders)).toEqual(expected);
});

test.each([
  v1({
    '/nacos/v1/ns/catalog/instances': { count: 2, list: [own, other] },
    '/nacos/v1/ns/instance/list': { hosts: [other, own] },
  }),
  v1({
    '/nacos/v1/ns/catalog/instances': { count: 2, list: [other, own] },
    '/nacos/v1/ns/instance/list': { name: own.serviceName, hosts: [own, other] },
  }),
  v3({
    '/nacos/v3/admin/ns/instance/list': { data: [own, other] },
    '/nacos/v3/client/ns/instance/list': { data: [other, own] },
  }),
])('one record that names another service is set aside, and spoils no other', async (script) => {
  const registry = registryFor((await scripted(script)).url);
  for (const answer of [await registry.instances(orders), await registry.consumerView(orders)]) {
    expect(itemsOf<{ readonly ip: string }>(answer).map(({ ip }) => ip)).toEqual(['10.0.0.1']);
    expect(valueOf(answer)?.unreadable).toMatchObject([
      { service: 'orders', field: 'serviceName', found: '"DEFAULT_GROUP@@PROD"' },
    ]);
  }
});

test('the error says what was asked, and what was answered', async () => {
  const server = await scripted(v1({ '/nacos/v1/ns/service': { ...named, name: 'PROD' } }));
  expect(await registryFor(server.url).instances(orders)).toEqual({
    ok: false,
    error: {
      kind: 'other-service',
      address: server.url,
      path: '/v1/ns/service',
      asked: 'DEFAULT_GROUP@@orders',
      answered: 'DEFAULT_GROUP@@PROD (public)',
    },
  });
});

const unnameable: readonly (readonly [string, string])[] = [
  ['A@@B', 'orders'],
  ['A@', 'orders'],
  ['', 'orders'],
  [' A', 'orders'],
  ['DEFAULT_GROUP', ''],
  ['DEFAULT_GROUP', 'orders '],
  ['DEFAULT_GROUP', '\t'],
];
const cutByV1: readonly (readonly [string, string])[] = [
  ['DEFAULT_GROUP', 'PROD@@pay'],
  ['A', 'DEFAULT_GROUP@@orders'],
  ['DEFAULT_GROUP', '@@lead'],
  ['DEFAULT_GROUP', 'tail@@'],
  ['DEFAULT_GROUP', '@@@'],
];

test.each([
  ...[...unnameable, ...cutByV1].map((names) => ['v1', v1(), ...names] as const),
  ...unnameable.map((names) => ['v3', v3(), ...names] as const),
])('%s is never asked about, and never told to change, %s%j %j', async (_dialect, script, group, service) => {
  const server = await scripted(script);
  const registry = registryFor(server.url);
  await registry.server();
  const before = server.requests.length;
  const instance = { ...first, group, service };
  const answers = [
    errorOf(await registry.instances(instance)),
    errorOf(await registry.service(instance)),
    errorOf(await registry.consumerView(instance)),
    errorOf(await registry.mayWrite(instance)),
    errorOf(await registry.sameProcess(instance)),
  ];
  expect(new Set(answers)).toEqual(new Set(['not-addressable']));
  for (const mode of ['registered', 'absent'] as const)
    expect(await registry.write({ ...off, instance, mode })).toMatchObject({
      kind: 'refused',
      error: { kind: 'not-addressable' },
    });
  expect(server.requests.slice(before)).toEqual([]);
});

test.each(['a b', 'a%41', 'a+b', 'a&b#c=d', '订单', '@pay', 'pay@', 'a@b', ':8080', 'a/b', 'a\\b', '{ip}'])(
  'both dialects ask for %j, and for nothing else',
  async (service) => {
    for (const script of [v1({}), v3({})]) {
      const server = await scripted(script);
      const registry = registryFor(server.url);
      await registry.write({ ...off, instance: { ...first, service } });
      const sent = server.requests.at(-1)?.query;
      expect([`DEFAULT_GROUP@@${service}`, service]).toContain(sent?.get('serviceName'));
    }
  },
);

test('v3 takes no answer about a look-alike that does not name it', async () => {
  const odd = { ...orders, service: 'PROD@@pay' };
  const detail = { ...named, serviceName: odd.service, clusterMap: { DEFAULT: {} } };
  const lists = (record: unknown): Changes => ({
    '/nacos/v3/admin/ns/service': { data: detail },
    '/nacos/v3/admin/ns/instance/list': { data: [record] },
    '/nacos/v3/client/ns/instance/list': { data: [record] },
  });
  const read = async (record: unknown) =>
    await readAll(registryFor((await scripted(v3(lists(record)))).url), odd);
  expect(await read({ ...host, serviceName: 'DEFAULT_GROUP@@PROD@@pay' })).toEqual(['ok', 'ok']);
  expect(await read(host)).toEqual(both);
  expect(await read({ ...host, serviceName: 'PROD@@pay' })).toEqual(both);
  expect(await read({ ...host, serviceName: 'DEFAULT_GROUP@@PROD' })).toEqual(both);
});

test('of a look-alike a record that names nobody is set aside, where another names it', async () => {
  const odd = { ...orders, service: 'PROD@@pay' };
  const records = [{ ...host, serviceName: 'DEFAULT_GROUP@@PROD@@pay' }, null, { ...host, ip: '10.0.0.2' }];
  const server = await scripted(
    v3({
      '/nacos/v3/admin/ns/service': { data: { ...named, serviceName: odd.service, clusterMap: { A: {} } } },
      '/nacos/v3/admin/ns/instance/list': { data: records },
      '/nacos/v3/client/ns/instance/list': { data: records },
    }),
  );
  const registry = registryFor(server.url);
  for (const answer of [await registry.instances(odd), await registry.consumerView(odd)]) {
    expect(itemsOf<{ readonly ip: string }>(answer).map(({ ip }) => ip)).toEqual(['10.0.0.1']);
    const unreadable = valueOf(answer)?.unreadable.map(({ ip, field }) => `${ip} ${field}`);
    expect(new Set(unreadable)).toEqual(new Set(['undefined serviceName', '10.0.0.2 serviceName']));
  }
});
