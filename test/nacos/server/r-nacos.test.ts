import { expect, test } from 'vitest';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { planFrom } from '../../../src/runner/review/read-plan.ts';
import { itemsOf, valueOf } from '../../contract/subjects/subject.ts';
import type { Script } from '../../support/servers/scripted-server.ts';
import { byPath, first, off, orders, registryFor, scripted } from '../nacos-script.ts';

const shown = {
  ip: '10.0.0.2',
  port: 8080,
  weight: 1,
  healthy: true,
  enabled: true,
  ephemeral: true,
  metadata: {},
};
const hidden = { ...shown, ip: '10.0.0.1', weight: 5, enabled: false };

/** r-nacos 0.8.8 as seen live: no list shows who is disabled; an update creates what is not there. */
const rNacos: Script = (request) => {
  if (request.method === 'GET' && request.path === '/nacos/v1/ns/instance') {
    return request.query.get('ip') === hidden.ip ? { body: hidden } : { status: 500, body: 'error' };
  }
  if (request.path.includes('cluster/nodes')) return { status: 404, body: '' };
  return byPath({
    '/nacos/v1/ns/operator/switches': { name: 'R-NACOS' },
    '/nacos/v1/ns/service': { name: 'orders', clusters: [] },
    '/nacos/v1/ns/catalog/instances': { count: 1, list: [shown] },
    '/nacos/v1/ns/catalog/services': {
      count: 1,
      serviceList: [{ name: 'orders', groupName: 'DEFAULT_GROUP', ipCount: 2, healthyInstanceCount: 2 }],
    },
    'PATCH /nacos/v1/ns/instance': 'ok',
  })(request);
};

test('asks by name for instances that the lists leave out', async () => {
  const registry = registryFor((await scripted(rNacos)).url);
  expect(itemsOf(await registry.instances(orders)).map(({ ip }) => ip)).toEqual(['10.0.0.2']);
  const known = [
    { ip: '10.0.0.1', port: 8080 },
    { ip: '10.0.0.3', port: 8080 },
  ];
  const instances = itemsOf(await registry.instances(orders, { known }));
  expect(instances.map(({ ip, enabled, weight }) => [ip, enabled, weight])).toEqual([
    ['10.0.0.1', false, 5],
    ['10.0.0.2', true, 1],
  ]);
});

test.each(['2001:db8:0:0:0:0:0:6', '[2001:db8::6]', '[2001:db8:0:0:0:0:0:6]', '2001:db8::6'])(
  'one that is registered as %s and hidden is found by a name that spells it otherwise',
  async (ip) => {
    const server = await scripted((request) =>
      request.method === 'GET' && request.path === '/nacos/v1/ns/instance' && request.query.get('ip') === ip
        ? { body: { ...hidden, ip } }
        : rNacos(request),
    );
    const services = [{ service: 'orders', instances: ['[2001:DB8::0:6]:8080'] }];
    const file = { version: 1, alreadyOff: 'take-along', stages: [{ services }] } as const;
    const defaults = { deploy: { run: 'true' } };
    const made = await planFrom(planFileSchema.parse({ ...file, defaults }), registryFor(server.url), orders);
    if (!made.ok) throw new Error(made.problem.kind);
    expect(made.plan.targets.map(({ registrations }) => registrations[0]?.ip)).toEqual([ip]);
  },
);

test('who is listed under every cluster is one instance, of the default cluster', async () => {
  const clusters = [{ name: 'DEFAULT' }, { name: 'B' }];
  const server = await scripted((request) =>
    request.path === '/nacos/v1/ns/service' ? { body: { name: 'orders', clusters } } : rNacos(request),
  );
  const registry = registryFor(server.url);
  const instances = itemsOf(await registry.instances(orders));
  expect(instances.map(({ ip, cluster }) => [ip, cluster])).toEqual([['10.0.0.2', 'DEFAULT']]);
});

test('updates what is there, and creates no ghost of what is not', async () => {
  const server = await scripted(rNacos);
  const registry = registryFor(server.url);
  const updates = (): number => server.requests.filter(({ method }) => method !== 'GET').length;
  expect(await registry.write({ ...off, instance: { ...first, ip: '10.9.9.9' } })).toMatchObject({
    kind: 'refused',
    error: { kind: 'instance-missing' },
  });
  expect(await registry.write({ ...off, mode: 'absent' })).toMatchObject({ kind: 'refused' });
  expect(valueOf(await registry.mayWrite(first))).toBe('unknown');
  expect(await registry.write({ ...off, instance: { ...first, cluster: 'OTHER' } })).toMatchObject({
    kind: 'refused',
  });
  expect(updates()).toBe(0);
  expect(await registry.write(off)).toEqual({ kind: 'accepted' });
  expect(updates()).toBe(1);
});

test('without a cluster list it is one server node; who is counted and not listed is off', async () => {
  const server = await scripted(rNacos);
  const registry = registryFor(server.url);
  const address = new URL(server.url).host;
  expect(itemsOf(await registry.nodes())).toEqual([{ address, state: 'UP', leader: undefined }]);
  expect(itemsOf(await registry.services('public', ''))).toEqual([{ ...orders, on: 1, off: 1, ill: 0 }]);
});
