import { expect, test } from 'vitest';
import type { RegistryError } from '../../../src/core/registry/registry-error.ts';
import { failureOf, isCertainlyRefused, isPathAbsent } from '../../../src/nacos/http/failure.ts';
import { type Fixture, fixtures, replyOf } from '../fixture.ts';

const expected: Readonly<Record<string, RegistryError['kind']>> = {
  '2.2.4 v1-catalog-instances-unknown-cluster': 'cluster-missing',
  '2.2.4 v1-catalog-instances-unknown-service': 'service-missing',
  '2.2.4 v1-patch-unknown-ip': 'instance-missing',
  '2.2.4 v1-patch-unknown-service': 'instance-missing',
  '2.2.4 v1-patch-wrong-cluster': 'instance-missing',
  '2.2.4 v1-put-unknown-service': 'service-missing',
  '2.2.4 v1-get-unknown-ip': 'instance-missing',
  '2.2.4 v1-service-unknown': 'service-missing',
  '2.2.4 v1-put-missing-ip': 'rejected',
  '2.2.4 v1-put-bad-weight': 'rejected',
  '2.2.4 v1-put-bad-port': 'rejected',
  '2.2.4 v1-put-bad-metadata': 'rejected',
  '2.2.4 v2-put-unknown-service': 'service-missing',
  '2.2.4 v2-service-unknown': 'service-missing',
  '2.2.4 v3-admin-state': 'rejected',
  '2.2.4 v1-health': 'server-error',
  '2.0.3 v3-admin-state': 'rejected',
  '2.0.3 v1-put-unknown-service': 'service-missing',
  '2.2.4-auth auth-v1-instance-put-readonly-user': 'forbidden',
  '2.2.4-auth auth-v1-instance-put-no-token': 'token-refused',
  '2.2.4-auth auth-v1-instance-put-expired-token': 'token-refused',
  '2.2.4-auth auth-v1-instance-put-bad-token': 'token-refused',
  '2.2.4-cluster-31848 put-quorum-lost': 'no-leader',
  '3.1.0 v1-put-full-enabled-true': 'api-gone',
  '3.1.0 v1-console-server-state': 'api-gone',
  '3.1.0 v3-admin-instance-list-cluster-NOPE': 'cluster-missing',
  '3.1.0 v3-admin-list-unknown-service': 'service-missing',
  '3.1.0 v3-admin-partial-unknown-ip': 'instance-missing',
  '3.1.0 v3-admin-partial-unknown-service': 'instance-missing',
  '3.1.0 v3-put-unknown-service': 'service-missing',
  '3.1.0 v3-admin-service-unknown': 'service-missing',
  '3.1.0 v3-put-bad-port': 'rejected',
  '3.1.0 v3-put-bad-weight': 'rejected',
  '3.1.0 v3-put-bad-enabled': 'rejected',
  '3.1.0 v3-put-bad-metadata': 'rejected',
  '3.1.0 v3-patch-full': 'rejected',
  '3.1.0 v3-admin-get-unknown-ip': 'instance-missing',
  '3.1.0-auth auth-v3-admin-instance-put-readonly-user': 'forbidden',
  '3.1.0-auth auth-v3-admin-instance-put-no-token': 'token-refused',
  '3.1.0-auth auth-v3-admin-instance-put-expired-token': 'token-refused',
  '3.1.0-auth auth-v3-admin-instance-put-bad-token': 'token-refused',
  '3.1.0-cluster-33858 put-quorum-lost': 'no-leader',
  '3.1.0-cluster-33858 quorum-lost-readiness': 'server-error',
  '3.1.0-compat v1-put-unknown-service': 'service-missing',
};

const sender = {
  subject: { resource: 'public:DEFAULT_GROUP:naming/orders', action: 'write', service: 'orders' },
  hasToken: true,
  hasLogin: true,
} as const;

const label = ({ server, name }: Fixture): string => `${server} ${name}`;

test('every recorded error is expected, and every expected one recorded', () => {
  expect(fixtures('errors').map(label).sort()).toEqual(Object.keys(expected).sort());
});

test.for(fixtures('errors').map((fixture) => [label(fixture), fixture] as const))('%s', ([name, fixture]) => {
  // What was asked for is not recorded beside the answer.
  const [, service = 'orders'] = /(?:@@|name=')([\w-]+)/.exec(replyOf(fixture).body) ?? [];
  const asking = { ...sender, subject: { ...sender.subject, service } };
  expect(failureOf(replyOf(fixture), asking)?.kind).toBe(expected[name]);
});

const reply = (
  status: number,
  body: string,
  contentType = 'text/plain',
): Parameters<typeof failureOf>[0] => ({
  address: 'http://nacos',
  path: '/v1/ns/instance',
  status,
  contentType,
  body,
});

test('names what to use instead of an API that is switched off', () => {
  const gone = fixtures('errors').find(({ name }) => name === 'v1-put-full-enabled-true');
  const error = gone === undefined ? undefined : failureOf(replyOf(gone), sender);
  expect(error).toMatchObject({ replacement: 'PUT ${contextPath:nacos}/v3/admin/ns/instance' });
});

test('takes a page, a redirect and an empty answer for what they are', () => {
  expect(failureOf(reply(502, '<html><title>502 Bad Gateway</title></html>'), sender)).toEqual({
    kind: 'not-nacos',
    address: 'http://nacos',
    detail: 'HTTP 502 with a page: 502 Bad Gateway',
  });
  expect(failureOf(reply(302, ''), sender)?.kind).toBe('redirected');
  expect(failureOf(reply(200, ''), sender)?.kind).toBe('empty-answer');
  expect(failureOf(reply(200, 'ok'), sender)).toBe(undefined);
});

test('knows a path that does not exist, also of r-nacos, which says nothing', () => {
  const noSuchApi = reply(501, '{"status":501,"message":"no such api:GET:/x"}', 'application/json');
  for (const answer of [noSuchApi, reply(404, ''), reply(405, '{"status":405}', 'application/json')]) {
    const error = failureOf(answer, sender);
    expect(error !== undefined && isPathAbsent(error)).toBe(true);
  }
});

test('without credentials a 403 asks for a login', () => {
  const nobody = { ...sender, hasToken: false, hasLogin: false };
  expect(failureOf(reply(403, '{"status":403,"message":"user not found!"}'), nobody)).toEqual({
    kind: 'login-needed',
  });
});

test('a missing leader is a certain refusal only where nothing was handed to Raft', () => {
  const failed = 'caused: errCode: 500, errMsg: do metadata operation failed ;';
  const handed = failureOf(reply(500, failed), sender);
  const not = failureOf(reply(500, `${failed}caused: The Raft Group did not find the Leader node;`), sender);
  expect(handed?.kind).toBe('no-leader');
  expect(handed !== undefined && isCertainlyRefused(handed)).toBe(false);
  expect(not !== undefined && isCertainlyRefused(not)).toBe(true);
});
