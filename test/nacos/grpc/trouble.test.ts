import { type AddressInfo, createServer, type Socket } from 'node:net';
import { status } from '@grpc/grpc-js';
import { expect, onTestFinished, test } from 'vitest';
import { fine, host, messageBytes, serviceInfo } from '../../support/servers/scripted-grpc.ts';
import { until } from '../../support/time/until.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';
import { carts, follow, grpc } from './follow.ts';

const push = (hosts: unknown, requestId = '17'): Buffer =>
  messageBytes('NotifySubscriberRequest', {
    requestId,
    serviceInfo: { ...serviceInfo('orders', []), hosts },
  });

test('a closed port is said at once', async () => {
  const server = await grpc();
  server.stop();
  const follower = follow(server.node);
  await until(() => follower.state() === 'unavailable', 5);
  expect(follower.error()).toMatchObject({ kind: 'unreachable', addresses: [`127.0.0.1:${server.port}`] });
});

test('a port that there cannot be is said to be none', async () => {
  const follower = follow('http://127.0.0.1:65000');
  await until(() => follower.state() === 'unavailable', 5);
  expect(follower.error()).toMatchObject({ kind: 'unreachable', addresses: ['127.0.0.1:66000'] });
});

test('a port that takes connections and says nothing is given up, and asked again ever more rarely', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => void sockets.push(socket));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
  const { port } = silent.address() as AddressInfo;
  const clock = virtualClock();
  const follower = follow(`http://127.0.0.1:${port - 1000}`, { clock });
  await until(() => sockets.length === 1, 5);
  await clock.advance(3000);
  await until(() => follower.state() === 'unavailable', 5);
  expect(follower.error()).toMatchObject({ kind: 'timeout', afterMs: 3000 });
  for (let tries = 2; tries < 12; tries += 1) {
    await clock.advance((clock.nextDueMs ?? 0) - clock.monotonic());
    await until(() => sockets.length === tries, 5);
    await clock.advance(3000);
    await until(() => clock.pendingCount === 1, 5);
  }
  expect((clock.nextDueMs ?? 0) - clock.monotonic()).toBe(30_000);
});

test('a server that asks us to connect anew has us back at the same node, with everything followed', async () => {
  const server = await grpc();
  const follower = follow(server.node, { services: [carts, { ...carts, service: 'orders' }] });
  await until(() => follower.state() === 'listening', 5);
  server.say(
    messageBytes('ConnectResetRequest', { requestId: '3', serverIp: '192.0.2.1', serverPort: '8848' }),
  );
  await until(() => server.of('SubscribeServiceRequest').length === 4, 5);
  expect(server.of('ConnectResetResponse')[0]?.body).toEqual({ ...fine, requestId: '3' });
  expect(server.sessions()).toBe(2);
});

test('a stream that ends is another session', async () => {
  const server = await grpc();
  const follower = follow(server.node);
  await until(() => follower.state() === 'listening', 5);
  server.endStream();
  await until(() => server.sessions() === 2, 5);
  await until(() => follower.state() === 'listening', 5);
});

test('a server that is started again has us back within a second and a half', async () => {
  const before = await grpc();
  const clock = virtualClock();
  const follower = follow(before.node, { clock });
  await until(() => follower.state() === 'listening', 5);
  before.stop();
  await until(() => follower.state() === 'unavailable', 5);
  // It is away for a while, and asked in vain.
  for (let tries = 0; tries < 20; tries += 1) {
    await until(() => clock.pendingCount === 1, 5);
    await clock.advance(1000);
  }
  const after = await grpc(undefined, { port: before.port });
  const backMs = clock.monotonic();
  await until(() => clock.pendingCount === 1, 5);
  await clock.advance(1000);
  await until(() => follower.state() === 'listening', 5);
  expect(clock.monotonic() - backMs).toBeLessThanOrEqual(1500);
  expect(after.of('SubscribeServiceRequest')).toHaveLength(1);
});

test('a server that no longer knows us is connected to anew', async () => {
  const clock = virtualClock();
  const lost = messageBytes('ErrorResponse', {
    resultCode: 500,
    errorCode: 301,
    message: 'Connection is unregistered.',
  });
  const server = await grpc(({ type }, session) =>
    type === 'HealthCheckRequest' && session === 1 ? lost : undefined,
  );
  const follower = follow(server.node, { clock });
  await until(() => follower.state() === 'listening', 5);
  await clock.advance(5000);
  await until(() => follower.state() === 'unavailable', 5);
  await clock.advance(100);
  await until(() => follower.state() === 'listening', 5);
  expect(server.sessions()).toBe(2);
});

test('a server that is only starting is asked again', async () => {
  let asked = 0;
  const starting = messageBytes('ErrorResponse', {
    resultCode: 500,
    errorCode: 300,
    message: 'server is starting',
  });
  const server = await grpc(({ type }) => {
    if (type !== 'ServerCheckRequest') return undefined;
    asked += 1;
    return asked === 1 ? starting : undefined;
  });
  const follower = follow(server.node);
  await until(() => follower.state() === 'listening', 5);
  expect(asked).toBe(2);
});

test.each([
  ['what does not speak for Nacos', status.UNIMPLEMENTED, { kind: 'not-nacos' }],
  [
    'an answer that is none of Nacos',
    messageBytes('Whatever', 'no JSON'),
    { kind: 'not-nacos', detail: 'Whatever' },
  ],
  ['bytes that are no message', Buffer.from('ffffffffff', 'hex'), { kind: 'not-nacos' }],
] as const)('%s is said to be so', async (_what, said, error) => {
  const server = await grpc(() => said);
  const follower = follow(server.node);
  await until(() => follower.state() === 'unavailable', 5);
  expect(follower.error()).toMatchObject(error);
});

test('records that cannot be read are kept apart, and what is no list is not taken for one', async () => {
  const server = await grpc();
  const follower = follow(server.node);
  await until(() => follower.state() === 'listening', 5);
  server.say(push([host('10.0.0.1'), { ip: '10.0.0.2', port: 'x' }, null, host('10.0.0.3')]));
  await until(() => follower.told.length === 2, 5);
  const { items, unreadable } = follower.told[1]?.consumers ?? { items: [], unreadable: [] };
  expect(items.map(({ ip }) => ip)).toEqual(['10.0.0.1', '10.0.0.3']);
  expect(unreadable).toMatchObject([{ ip: '10.0.0.2', field: 'port' }, { field: '' }]);
  server.say(push(undefined, '18'));
  server.say(push({ '0': host('10.0.0.1') }, '19'));
  server.say(messageBytes('NotifySubscriberRequest', '{'));
  server.say(messageBytes('NotifySubscriberRequest', '[[['.repeat(1000)));
  server.say(messageBytes('NotifySubscriberRequest', 'null'));
  server.say(messageBytes('SomeNewRequest', { requestId: '20' }));
  server.say(Buffer.from('0a', 'hex'));
  server.say(push([], '21'));
  await until(() => follower.told.length === 3, 5);
  expect(follower.last()).toEqual([]);
  expect(server.sessions()).toBe(1);
});

test('a message that no consumer would take ends the session, not us', async () => {
  const server = await grpc();
  const follower = follow(server.node);
  await until(() => follower.state() === 'listening', 5);
  server.say(push([{ ...host('10.0.0.1'), metadata: { text: 'x'.repeat(11 * 1024 * 1024) } }]));
  await until(() => server.sessions() === 2, 5);
  await until(() => follower.state() === 'listening', 5);
});
