import { expect, test } from 'vitest';
import { leaseInstance } from '../../src/core/registry/lease.ts';
import { openNacos } from '../../src/nacos/open-registry.ts';
import { realClock } from '../../src/world/clock.ts';
import type { OwnInstance } from '../../src/world/registry.ts';
import { connectionTo, itemsOf, valueOf } from '../contract/subjects/subject.ts';
import type { Script } from '../support/servers/scripted-server.ts';
import { asNacos3, byPath, off, orders, registryFor, scripted } from './nacos-script.ts';

const host = { ip: '10.0.0.1', port: 8080, enabled: true, healthy: true, weight: 1, metadata: {} };
const asNacos2 = { '/nacos/v1/console/server/state': { version: '2.2.4' } };

test('an update that is answered with something else than ok is not believed', async () => {
  const answers = byPath({ ...asNacos2, 'PATCH /nacos/v1/ns/instance': 'queued' });
  const registry = registryFor((await scripted(answers)).url);
  expect(await registry.write(off)).toMatchObject({ kind: 'unknown', error: { kind: 'unreadable' } });
});

test('subscribers of a service with a similar name are not counted', async () => {
  const subscribers = ['orders', 'orders-report'].map((service, index) => ({
    addrStr: `10.0.1.${index}:1`,
    serviceName: `DEFAULT_GROUP@@${service}`,
  }));
  const answers = byPath({ ...asNacos2, '/nacos/v1/ns/service/subscribers': { subscribers } });
  const registry = registryFor((await scripted(answers)).url);
  expect(valueOf(await registry.subscribers(orders)).map(({ address }) => address)).toEqual(['10.0.1.0:1']);
});

test('we ourselves are no consumer, whichever version lists us', async () => {
  const two = { addrStr: '10.0.1.0:1', serviceName: 'DEFAULT_GROUP@@orders' };
  const v1 = {
    subscribers: [
      { ...two, app: 'shop' },
      { ...two, app: 'nacos-rollout' },
    ],
  };
  const three = { address: '10.0.1.0:1', agent: 'Nacos-Java-Client:v2.5.1' };
  const pageItems = [
    { ...three, appName: 'shop' },
    { ...three, appName: 'nacos-rollout' },
  ];
  const scripts = [
    byPath({ ...asNacos2, '/nacos/v1/ns/service/subscribers': v1 }),
    asNacos3(byPath({ '/nacos/v3/admin/ns/service/subscribers': { data: { totalCount: 2, pageItems } } })),
  ];
  for (const script of scripts) {
    const registry = registryFor((await scripted(script)).url);
    expect(valueOf(await registry.subscribers(orders)).map(({ app }) => app)).toEqual(['shop']);
  }
});

test('pages that overlap, because the order shifts between them, list nobody twice', async () => {
  const answers = byPath({
    ...asNacos2,
    '/nacos/v1/ns/service': { clusters: [{ name: 'DEFAULT' }] },
    '/nacos/v1/ns/catalog/instances': { count: 2, list: [host, host] },
  });
  const registry = registryFor((await scripted(answers)).url);
  expect(itemsOf(await registry.instances(orders))).toHaveLength(1);
});

test('a catalogue that knows no cluster is asked again once a consumer has asked', async () => {
  let isKnown = false;
  const script: Script = (request) => {
    if (request.path === '/nacos/v1/ns/instance/list') isKnown = true;
    const isCatalog = request.path === '/nacos/v1/ns/catalog/instances';
    if (isCatalog && !isKnown) return { status: 500, body: 'caused: cluster DEFAULT is not found!;' };
    return byPath({
      ...asNacos2,
      '/nacos/v1/ns/service': { clusters: [{ name: 'DEFAULT' }] },
      '/nacos/v1/ns/instance/list': { hosts: [host] },
      '/nacos/v1/ns/catalog/instances': { count: 1, list: [host] },
    })(request);
  };
  const registry = registryFor((await scripted(script)).url);
  expect(itemsOf(await registry.instances(orders))).toHaveLength(1);
});

const lease: OwnInstance = {
  instance: leaseInstance('public', '0a1b2c3d'),
  weight: 0,
  enabled: false,
  metadata: { id: '0a1b2c3d' },
};

test('a lease on 3.x is told to the client API that hands it over, and to the new one where that is closed', async () => {
  const gone = { status: 410, body: { status: 410, error: 'Gone', message: '' } };
  for (const isClosed of [false, true]) {
    const server = await scripted(
      asNacos3((request) =>
        isClosed && request.path === '/nacos/v1/ns/instance'
          ? gone
          : { body: request.path.includes('/v1/') ? 'ok' : { code: 0, data: 'ok' } },
      ),
    );
    const { registry, presence } = openNacos(connectionTo(server.url, undefined), { clock: realClock });
    expect(await presence.announce(lease)).toEqual({ ok: true, value: undefined });
    const path = isClosed ? '/nacos/v3/client/ns/instance' : '/nacos/v1/ns/instance';
    expect(server.requests.at(-1)).toMatchObject({ method: 'POST', path });
    expect(presence.requestOf('withdraw', lease).url).toContain(path);
    await registry.close();
  }
});

test('a lease on r-nacos is on, because its lists hide who is off, and each beat is the whole of it', async () => {
  const server = await scripted(
    byPath({
      '/nacos/v1/ns/operator/switches': { name: 'R-NACOS' },
      'POST /nacos/v1/ns/instance': 'ok',
    }),
  );
  const { registry, presence } = openNacos(connectionTo(server.url, undefined), { clock: realClock });
  expect(await presence.beat(lease)).toEqual({ ok: true, value: 'known' });
  const { method, query } = server.requests.at(-1) ?? {};
  expect([method, query?.get('enabled'), query?.get('weight')]).toEqual(['POST', 'true', '0']);
  await registry.close();
});
