import { expect, test } from 'vitest';
import { type GrpcMessage, messageBytes } from '../../support/servers/scripted-grpc.ts';
import { until } from '../../support/time/until.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';
import { carts, countingSession, follow, grpc, orders } from './follow.ts';

const refused = (message: string): Buffer =>
  messageBytes('ErrorResponse', { resultCode: 500, errorCode: 403, message, success: false });

const isAsking = ({ type }: GrpcMessage): boolean => type === 'SubscribeServiceRequest';

test.each(['token expired!', 'Code: 401, Message: token expired!.'])(
  'where the token is refused ("%s") we log in again',
  async (message) => {
    const session = countingSession();
    const server = await grpc((asked) =>
      isAsking(asked) && asked.headers['accessToken'] === 'token-1' ? refused(message) : undefined,
    );
    const follower = follow(server.node, { session });
    await until(() => follower.state() === 'listening', 5);
    expect(server.of('SubscribeServiceRequest').map(({ headers }) => headers)).toEqual([
      { app: 'nacos-rollout', accessToken: 'token-1' },
      { app: 'nacos-rollout', accessToken: 'token-2' },
    ]);
    expect(session.logins()).toBe(2);
    expect(server.sessions()).toBe(1);
  },
);

test('a service that we may not read is said to be so, and spoils no other', async () => {
  const server = await grpc((asked) =>
    isAsking(asked) && asked.body['serviceName'] === 'orders'
      ? refused('Code: 403, Message: authorization failed!.')
      : undefined,
  );
  const follower = follow(server.node, { session: countingSession(), services: [orders, carts] });
  await until(() => follower.state() === 'unavailable' && follower.state(carts) === 'listening', 5);
  expect(follower.error()).toEqual({
    kind: 'forbidden',
    resource: 'public:DEFAULT_GROUP:naming/orders',
    action: 'read',
  });
});

test('a server that knows no user yet is asked again a second later, over the same session', async () => {
  const clock = virtualClock();
  let isKnown = false;
  const server = await grpc((asked) =>
    isAsking(asked) && !isKnown ? refused('user not found!') : undefined,
  );
  const follower = follow(server.node, { clock });
  await until(() => follower.state() === 'unavailable' && clock.nextDueMs === 1000, 5);
  isKnown = true;
  await clock.advance(1000);
  await until(() => follower.state() === 'listening', 5);
  expect(server.sessions()).toBe(1);
});

test('without a login its lack is named', async () => {
  const server = await grpc((asked) => (isAsking(asked) ? refused('user not found!') : undefined));
  const follower = follow(server.node);
  await until(() => follower.state() === 'unavailable', 5);
  expect(follower.error()).toEqual({ kind: 'login-needed' });
});

test('a token that the server says back is in no error', async () => {
  const session = countingSession();
  const server = await grpc((asked) =>
    isAsking(asked)
      ? messageBytes('ErrorResponse', {
          resultCode: 500,
          errorCode: 500,
          message: `bad ${asked.headers['accessToken']}`,
        })
      : undefined,
  );
  const follower = follow(server.node, { session });
  await until(() => follower.state() === 'unavailable', 5);
  expect(JSON.stringify(follower.error())).toContain('500 bad ***');
});
