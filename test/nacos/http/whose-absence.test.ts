import { describe, expect, test } from 'vitest';
import { failureOf } from '../../../src/nacos/http/failure.ts';
import { serviceSubject } from '../../../src/nacos/http/request.ts';
import { orders, registryFor, scripted } from '../nacos-script.ts';
import { dialects, serving } from '../lists/served-lists.ts';

const json = 'application/json';

/** What gateways say of who they lead to: in front of Nacos that is Nacos. */
const gateways: readonly (readonly [number, unknown])[] = [
  [404, { message: 'service nacos not found' }],
  [404, { message: 'Service not found' }],
  [404, 'serviceName not found: nacos-server'],
  [500, 'caused: service DEFAULT_GROUP@@nacos-headless is not found!;'],
  [503, { code: 503, msg: 'service not exist' }],
  [404, { error_msg: '404 Route Not Found', message: 'service orders-v2 is not found' }],
  [502, { message: 'cluster nacos-prod is not found' }],
];

const host = { ip: '10.0.0.1', port: 8080, weight: 1, healthy: true, enabled: true };
const lists = { services: [], hosts: [host], members: [], namespaces: [] };

describe.each(dialects)('%s', (dialect) => {
  test.each(gateways)('behind a gateway that says %i %j nobody is taken for gone', async (status, body) => {
    const state = { isBehindGateway: false };
    const nacos = serving(dialect, lists);
    const server = await scripted((request) => (state.isBehindGateway ? { status, body } : nacos(request)));
    const registry = registryFor(server.url);
    expect(await registry.instances(orders)).toMatchObject({ ok: true, value: { items: [{ ip: host.ip }] } });
    state.isBehindGateway = true;
    expect(await registry.instances(orders)).toMatchObject({ ok: false });
    expect(await registry.consumerView(orders)).toMatchObject({ ok: false });
  });
});

describe('a service that Nacos does not have', () => {
  const services = [
    'orders',
    'service',
    '订单 服务',
    'providers:com.acme.Orders:1.0.0:',
    `s${'x'.repeat(400)}`,
    'it\'s "quoted"',
  ];
  const ways: readonly ((name: string) => readonly [number, unknown])[] = [
    (name) => [500, `caused: service not found, namespace: public, serviceName: G@@${name};`],
    (name) => [500, `service not found,namespace_id:public,service_name:${name}`],
    (name) => [404, { code: 30_000, message: 'server error', data: `service G@@${name} is not found!` }],
    (name) => [
      400,
      {
        code: 21_004,
        message: 'instance error',
        data: `service not found, namespace: public, service: Service{namespace='public', group='G', name='${name}', ephemeral=true}`,
      },
    ],
    () => [400, { code: 21_008, message: 'service not exist', data: null }],
  ];

  test.each(services.flatMap((name) => ways.map((way) => [name, ...way(name)] as const)))(
    '%s: %i %j',
    (service, status, said) => {
      const body = typeof said === 'string' ? said : JSON.stringify(said);
      const contentType = typeof said === 'string' ? 'text/plain' : json;
      const subject = serviceSubject({ namespace: 'public', group: 'G', service }, 'read');
      const reply = { address: '', path: '/x', status, contentType, body };
      expect(failureOf(reply, { subject, hasToken: false, hasLogin: false })).toEqual({
        kind: 'service-missing',
        service: `G@@${service}`,
      });
    },
  );
});

test.each(dialects)('%s: another cluster that a gateway does not have empties no list', async (dialect) => {
  const nacos = serving(dialect, lists);
  const state = { isBehindGateway: false };
  const server = await scripted((request) =>
    state.isBehindGateway && request.query.has('clusterName')
      ? { status: 502, body: { message: 'cluster nacos-prod is not found' } }
      : nacos(request),
  );
  const registry = registryFor(server.url);
  expect(await registry.instances(orders)).toMatchObject({ ok: true });
  state.isBehindGateway = true;
  expect(await registry.instances(orders)).toMatchObject({ ok: false });
});
