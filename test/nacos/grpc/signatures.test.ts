import { expect, test } from 'vitest';
import { openKeySession } from '../../../src/nacos/login/key-session.ts';
import { fullName } from '../../../src/core/registry/service-name.ts';
import { realClock } from '../../../src/world/clock.ts';
import { type GrpcMessage, messageBytes } from '../../support/servers/scripted-grpc.ts';
import { refusal } from '../../support/servers/signature-gate.ts';
import { until } from '../../support/time/until.ts';
import { keys } from '../signature/java-client.ts';
import { follow, grpc } from './follow.ts';

const { lasting, temporary } = keys;
const absent = { securityToken: undefined, region: undefined };

const sessionWith = (key: { readonly id: string; readonly secret: string }) =>
  openKeySession(
    {
      accessKey: () => Promise.resolve({ ...absent, ...key }),
      isTemporary: key === temporary,
      region: undefined,
    },
    realClock,
  );

/** A Nacos that takes subscriptions with a good signature only, and says back what it was given where it does not. */
const hosted = (nowMs: () => number = Date.now) =>
  grpc(({ type, body, headers }: GrpcMessage) => {
    if (type !== 'SubscribeServiceRequest') return undefined;
    const service = fullName({ group: String(body['groupName']), service: String(body['serviceName']) });
    const about = { isNaming: true, service };
    const why = refusal((name) => headers[name], about, { keys: [lasting, temporary], nowMs: nowMs() });
    const message = `${why}: ${headers['ak']} ${headers['signature']}`;
    return why === undefined
      ? undefined
      : messageBytes('ErrorResponse', { resultCode: 500, errorCode: 403, message, success: false });
  });

test.each([lasting, temporary])('a subscription is signed, with %j, and nothing else is', async (key) => {
  const server = await hosted();
  const follower = follow(server.node, { session: sessionWith(key) });
  await until(() => follower.state() === 'listening', 5);
  const [asked] = server.of('SubscribeServiceRequest');
  expect(Object.keys(asked?.headers ?? {}).toSorted()).toEqual(
    ['ak', 'app', 'data', 'signature', ...(key === temporary ? ['Spas-SecurityToken'] : [])].toSorted(),
  );
  const others = server.heard.filter(({ type }) => type !== 'SubscribeServiceRequest');
  expect(others.filter(({ headers }) => Object.keys(headers).length > 0)).toEqual([]);
});

test('a wrong secret key is said to be one, after one try, with no secret in it', async () => {
  const server = await hosted();
  const session = sessionWith({ ...lasting, secret: 'another' });
  const follower = follow(server.node, { session });
  await until(() => follower.state() === 'unavailable', 5);
  expect(follower.error()).toEqual({ kind: 'wrong-key', detail: 'signature does not match: *** ***' });
  expect(server.of('SubscribeServiceRequest')).toHaveLength(1);
});

test('a time that is refused is the clock', async () => {
  const server = await hosted(() => Date.now() + 1_200_000);
  const follower = follow(server.node, { session: sessionWith(lasting) });
  await until(() => follower.state() === 'unavailable', 5);
  expect(follower.error()).toEqual({ kind: 'clock-differs', detail: 'timestamp expired: *** ***' });
});
