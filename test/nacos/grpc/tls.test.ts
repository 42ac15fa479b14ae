import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type OwnAuthority, ownAuthority } from '../../support/servers/own-authority.ts';
import { until } from '../../support/time/until.ts';
import { follow, grpc } from './follow.ts';

let file: OwnAuthority = () => '';

beforeAll(() => {
  file = ownAuthority();
});

afterEach(() => vi.unstubAllEnvs());

test('where HTTP is encrypted so is gRPC, with the authority that the profile names', async () => {
  const server = await grpc(undefined, { tls: { key: file('server.key'), cert: file('server.crt') } });
  const follower = follow(server.node, { tls: { ca: file('ca.crt') } });
  await until(() => follower.state() !== 'asking', 5);
  expect(follower.error()).toBeUndefined();
});

test('a certificate for another address is a fault of TLS', async () => {
  const server = await grpc(undefined, { tls: { key: file('other.key'), cert: file('other.crt') } });
  const follower = follow(server.node, { tls: { ca: file('ca.crt') } });
  await until(() => follower.state() === 'unavailable', 5);
  expect(follower.error()).toMatchObject({ kind: 'tls', detail: expect.stringContaining('10.0.0.9') });
});

test('an authority that nobody named is not trusted, and no token is sent', async () => {
  const server = await grpc(undefined, { tls: { key: file('server.key'), cert: file('server.crt') } });
  const follower = follow(server.node);
  await until(() => follower.state() === 'unavailable', 5);
  expect(follower.error()).toMatchObject({ kind: 'tls' });
  expect(server.heard).toEqual([]);
});

test('a gRPC port without TLS where HTTP has it is not spoken to', async () => {
  const server = await grpc();
  const follower = follow(server.node.replace('http:', 'https:'), { tls: { ca: file('ca.crt') } });
  await until(() => follower.state() === 'unavailable', 5);
  expect(server.heard).toEqual([]);
});

test('NODE_TLS_REJECT_UNAUTHORIZED=0 switches nothing off here either', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  const server = await grpc(undefined, { tls: { key: file('server.key'), cert: file('server.crt') } });
  const follower = follow(server.node);
  await until(() => follower.state() === 'unavailable', 5);
  expect(follower.error()).toMatchObject({ kind: 'tls' });
  expect(server.heard).toEqual([]);
});
