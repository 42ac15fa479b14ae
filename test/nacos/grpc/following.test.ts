import { expect, test } from 'vitest';
import { asNacos, fine, host, messageBytes, serviceInfo } from '../../support/servers/scripted-grpc.ts';
import { until } from '../../support/time/until.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';
import { carts, follow, grpc, orders } from './follow.ts';

const push = (service: string, hosts: readonly unknown[], requestId = '17'): Buffer =>
  messageBytes('NotifySubscriberRequest', { requestId, serviceInfo: serviceInfo(service, hosts) });

test('we are set up as a naming client under our own name, and told the list at once', async () => {
  const server = await grpc((asked) =>
    asked.type === 'SubscribeServiceRequest'
      ? messageBytes('SubscribeServiceResponse', {
          ...fine,
          serviceInfo: serviceInfo('orders', [host('10.0.0.1'), { ...host('10.0.0.2'), enabled: false }]),
        })
      : undefined,
  );
  const follower = follow(server.node);
  await until(() => follower.state() === 'listening', 5);
  expect(follower.last()).toEqual([{ ip: '10.0.0.1', port: 8080 }]);
  expect(server.of('ConnectionSetupRequest')[0]?.body).toMatchObject({
    tenant: 'public',
    labels: { module: 'naming', source: 'sdk', AppName: 'nacos-rollout' },
    abilityTable: {},
  });
  const [asked] = server.of('SubscribeServiceRequest');
  expect(asked?.headers).toEqual({ app: 'nacos-rollout' });
  expect(asked?.body).toMatchObject({ namespace: 'public', groupName: 'DEFAULT_GROUP', subscribe: true });
});

test('each push is told with its time, and acknowledged', async () => {
  const clock = virtualClock();
  const server = await grpc();
  const follower = follow(server.node, { clock });
  await until(() => follower.state() === 'listening', 5);
  await clock.advance(700);
  server.say(push('orders', [host('10.0.0.1'), host('10.0.0.2')]));
  await until(() => follower.told.length === 2, 5);
  expect(follower.told[1]).toMatchObject({ node: server.node, service: orders, atMs: 700 });
  await until(() => server.of('NotifySubscriberResponse').length === 1, 5);
  expect(server.of('NotifySubscriberResponse')[0]?.body).toEqual({ ...fine, requestId: '17' });
});

test('a server that names no abilities (before 2.3) is asked after a moment', async () => {
  const server = await grpc(
    ({ type }) =>
      type === 'ServerCheckRequest'
        ? messageBytes('ServerCheckResponse', { ...fine, connectionId: '1_a_2' })
        : undefined,
    { hasSetupAck: false },
  );
  const follower = follow(server.node);
  await until(() => follower.state() === 'listening', 5);
});

test('other services are followed from now on, and the rest no longer', async () => {
  const server = await grpc();
  const follower = follow(server.node);
  await until(() => follower.state() === 'listening', 5);
  follower.follow([carts]);
  await until(() => follower.state(carts) === 'listening', 5);
  const asked = server
    .of('SubscribeServiceRequest')
    .map(({ body }) => [body['serviceName'], body['subscribe']]);
  expect(asked).toEqual([
    ['orders', true],
    ['orders', false],
    ['carts', true],
  ]);
  expect(follower.state(orders)).toBe('asking');
  server.say(push('orders', [host('10.0.0.1')], '18'));
  await until(() => server.of('NotifySubscriberResponse').length === 1, 5);
  expect(follower.last()).toEqual([]);
});

test('a service of another namespace has a session of its own: a push does not name its namespace', async () => {
  const server = await grpc();
  const other = { ...orders, namespace: 'staging' };
  const follower = follow(server.node, { services: [orders, other] });
  await until(() => follower.state(orders) === 'listening' && follower.state(other) === 'listening', 5);
  expect(server.of('ConnectionSetupRequest').map(({ body }) => body['tenant'])).toEqual([
    'public',
    'staging',
  ]);
  server.say(push('orders', [host('10.0.0.1')]));
  await until(() => follower.told.length === 3, 5);
  expect(follower.told[2]?.service).toEqual(other);
});

test('a session is kept alive, and what the server asks meanwhile is answered', async () => {
  const clock = virtualClock();
  const server = await grpc();
  const follower = follow(server.node, { clock });
  await until(() => follower.state() === 'listening', 5);
  server.say(messageBytes('ClientDetectionRequest', { requestId: '9' }));
  await until(() => server.of('ClientDetectionResponse').length === 1, 5);
  expect(server.of('ClientDetectionResponse')[0]?.body).toEqual({ ...fine, requestId: '9' });
  for (const count of [1, 2, 3]) {
    await clock.advance(5000);
    await until(() => server.of('HealthCheckRequest').length === count, 5);
    await until(() => clock.nextDueMs === 5000 * (count + 1), 5);
  }
  expect(server.sessions()).toBe(1);
});

test('once closed nothing is told, and the session is over', async () => {
  const server = await grpc();
  const follower = follow(server.node);
  await until(() => follower.state() === 'listening', 5);
  follower.close();
  server.say(push('orders', [host('10.0.0.1')]));
  const later = follow(server.node);
  await until(() => later.state() === 'listening', 5);
  expect(follower.told).toHaveLength(1);
  expect(server.sessions()).toBe(2);
});

test('a node that nobody accepted is not asked', async () => {
  const server = await grpc(asNacos);
  const follower = follow('http://127.0.0.1:1');
  expect(follower.hearing(server.node, orders)).toEqual({ kind: 'asking' });
  expect(server.heard).toEqual([]);
});
