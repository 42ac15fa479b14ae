import { assert, nat, oneof, property, tuple, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { decodePayload, encodePayload } from '../../../src/nacos/grpc/payload.ts';
import { messageBytes, readMessage } from '../../support/servers/scripted-grpc.ts';

test('what we write is what Nacos reads', () => {
  const headers = { accessToken: 'a.b.c', app: 'nacos-rollout' };
  const body = { serviceName: '订单', subscribe: true };
  const bytes = encodePayload({
    type: 'SomeRequest',
    headers,
    clientIp: '10.0.0.9',
    body: JSON.stringify(body),
  });
  expect(readMessage(bytes)).toEqual({ type: 'SomeRequest', headers, clientIp: '10.0.0.9', body });
});

test('what Nacos writes is what we read', () => {
  const read = decodePayload(messageBytes('SomeResponse', { name: '订单' }));
  expect(read).toMatchObject({ type: 'SomeResponse', body: '{"name":"订单"}' });
});

test('whatever comes, nothing is thrown', () => {
  const whole = messageBytes('SomeResponse', { name: 'orders' });
  const spoilt = tuple(nat(whole.length), uint8Array({ maxLength: 40 })).map(([at, bytes]) =>
    Buffer.concat([whole.subarray(0, at), bytes]),
  );
  assert(
    property(oneof(uint8Array({ maxLength: 200 }), spoilt), (bytes) => {
      expect(typeof decodePayload(bytes).type).toBe('string');
    }),
  );
});
