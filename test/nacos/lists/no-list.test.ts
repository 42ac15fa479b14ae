import { expect, test } from 'vitest';
import type { Registry } from '../../../src/world/registry.ts';
import { asNacos3, byPath, orders, registryFor, scripted } from '../nacos-script.ts';

type Answers = Readonly<Record<string, (list: unknown) => unknown>>;

/** Where each list stands in the answers of 2.x. */
const v1: Answers = {
  '/nacos/v1/ns/service': () => ({ name: 'orders', clusters: [{ name: 'DEFAULT' }] }),
  '/nacos/v1/ns/catalog/services': (list) => list,
  '/nacos/v1/ns/catalog/instances': (list) => ({ count: 0, list }),
  '/nacos/v1/ns/instance/list': (hosts) => ({ name: 'DEFAULT_GROUP@@orders', hosts }),
  '/nacos/v1/ns/service/subscribers': (subscribers) => ({ count: 0, subscribers }),
  '/nacos/v1/core/cluster/nodes': (data) => ({ code: 200, data }),
  '/nacos/v1/console/namespaces': (data) => ({ code: 200, data }),
};
/** And of 3.x. */
const v3: Answers = {
  '/nacos/v3/admin/ns/service': () => ({ data: { serviceName: 'orders', clusterMap: { DEFAULT: {} } } }),
  '/nacos/v3/admin/ns/service/list': (pageItems) => ({ data: { totalCount: 0, pageItems } }),
  '/nacos/v3/admin/ns/instance/list': (data) => ({ data }),
  '/nacos/v3/client/ns/instance/list': (data) => ({ data }),
  '/nacos/v3/admin/ns/service/subscribers': (pageItems) => ({ data: { totalCount: 0, pageItems } }),
  '/nacos/v3/admin/core/cluster/node/list': (data) => ({ data }),
  '/nacos/v3/admin/core/namespace/list': (data) => ({ data }),
};

async function serving(dialect: 'v1' | 'v3', list: unknown): Promise<Registry> {
  const answers = Object.entries(dialect === 'v1' ? v1 : v3).map(([path, answer]) => [path, answer(list)]);
  const others = byPath({
    '/nacos/v1/console/server/state': { version: '2.2.4' },
    ...Object.fromEntries(answers),
  });
  const script = dialect === 'v1' ? others : asNacos3(others);
  const server = await scripted((request) =>
    request.path.endsWith('/catalog/services') && request.query.get('withInstances') === 'false'
      ? { body: { count: 0, serviceList: [] } }
      : script(request),
  );
  return registryFor(server.url);
}

const lists: Readonly<Record<string, (registry: Registry) => Promise<unknown>>> = {
  services: (registry) => registry.services('public', ''),
  instances: (registry) => registry.instances(orders),
  'what consumers are given': (registry) => registry.consumerView(orders),
  subscribers: (registry) => registry.subscribers(orders),
  nodes: (registry) => registry.nodes(),
  namespaces: (registry) => registry.namespaces(),
};

const cases = (['v1', 'v3'] as const).flatMap((dialect) =>
  Object.keys(lists).flatMap((which) =>
    [null, undefined, 'none', {}, 0].map((list) => [dialect, which, list] as const),
  ),
);

test.each(cases)(
  '%s: a list of %s that is %j is an answer that cannot be read',
  async (dialect, which, list) => {
    const answer = await lists[which]?.(await serving(dialect, list));
    expect(answer).toMatchObject({
      ok: false,
      error: { kind: expect.stringMatching(/unreadable|empty-answer/) as string },
    });
  },
);

test.each(['v1', 'v3'] as const)('%s: an empty list is one', async (dialect) => {
  const registry = await serving(dialect, []);
  for (const read of Object.values(lists)) expect(await read(registry)).toMatchObject({ ok: true });
});

test.each([
  ['v1', '/nacos/v1/ns/service', { name: 'orders', clusters: null }],
  ['v3', '/nacos/v3/admin/ns/service', { data: { serviceName: 'orders', clusterMap: null } }],
])('%s: a service whose clusters are null has not none', async (dialect, path, body) => {
  const script = byPath({
    ...(dialect === 'v1' ? { '/nacos/v1/console/server/state': { version: '2.2.4' } } : {}),
    [path]: body,
    '/nacos/v1/ns/catalog/instances': { count: 0, list: [] },
  });
  const registry = registryFor((await scripted(dialect === 'v1' ? script : asNacos3(script))).url);
  expect(await registry.instances(orders)).toMatchObject({ ok: false, error: { kind: 'unreadable' } });
});
