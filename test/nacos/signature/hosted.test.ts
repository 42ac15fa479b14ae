import { expect, onTestFinished, test } from 'vitest';
import type { RequestLog } from '../../../src/nacos/http/attempt.ts';
import { leaseInstance } from '../../../src/core/registry/lease.ts';
import { openNacos } from '../../../src/nacos/open-registry.ts';
import { type SandboxKind, clientApiOf } from '../../../src/sandbox/registry/registry-state.ts';
import { startSandboxServer } from '../../../src/sandbox/server.ts';
import { type Clock, realClock } from '../../../src/world/clock.ts';
import type { AccessKey, Connection } from '../../../src/world/connection.ts';
import { connectionTo, itemsOf } from '../../contract/subjects/subject.ts';
import { heartbeatClient } from '../../support/servers/heartbeat-client.ts';
import { type KnownKey, signatureGate } from '../../support/servers/signature-gate.ts';
import { until } from '../../support/time/until.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';
import { first, off, orders } from '../nacos-script.ts';
import { keys } from './java-client.ts';

const { lasting, temporary } = keys;
const ofRegion = { ...lasting, region: 'cn-hangzhou' };

function signingWith(...given: readonly (KnownKey | undefined)[]): NonNullable<Connection['signing']> {
  const [last] = given.slice(-1);
  const all = given.values();
  const whole = (key: KnownKey | undefined): AccessKey | undefined =>
    key && { securityToken: undefined, region: undefined, ...key };
  return {
    accessKey: () => {
      const next = all.next();
      return Promise.resolve(whole(next.done === true ? last : next.value));
    },
    isTemporary: last?.securityToken !== undefined,
    region: last?.region,
  };
}

type Hosted = {
  readonly kind?: SandboxKind;
  readonly signing?: Connection['signing'] | 'none';
  readonly clock?: Clock;
  readonly log?: RequestLog;
  readonly gate?: Partial<Parameters<typeof signatureGate>[1]>;
};

/** A server that lets in by access key alone, with one instance, and a registry for it. */
async function hosted({
  kind = '2.x',
  signing = signingWith(lasting),
  clock = realClock,
  log,
  gate,
}: Hosted = {}) {
  const server = await startSandboxServer({ kind, clock: realClock });
  const closed = await signatureGate(server.url, { keys: [lasting, temporary], ...gate });
  const applications = heartbeatClient({ url: server.url, api: clientApiOf(kind) });
  const connection = {
    ...connectionTo(closed.url, undefined),
    ...(signing !== 'none' && { signing }),
  };
  const nacos = openNacos(connection, { clock, ...(log && { log }) });
  onTestFinished(async () => {
    applications.close();
    await nacos.registry.close();
    await closed.close();
    await server.close();
  });
  await applications.register({ ...first, weight: 5, metadata: { version: '1' } });
  return { ...nacos, gate: closed };
}

test.each([
  ['1.4', lasting],
  ['2.x', lasting],
  ['3.x', lasting],
  ['3.2', lasting],
  ['2.x', temporary],
  ['3.x', ofRegion],
] as const)('on %s all that a rollout asks and writes is signed, with %j', async (kind, key) => {
  const { registry, presence, gate } = await hosted({
    kind,
    signing: signingWith(key),
    gate: { keys: [key] },
  });
  const own = { instance: leaseInstance('public', '0a1b2c3d'), weight: 0, enabled: false, metadata: {} };
  expect(await registry.server()).toMatchObject({
    ok: true,
    value: { dialect: kind.startsWith('3') ? 'v3' : 'v1' },
  });
  expect(itemsOf(await registry.services('public', ''))).toMatchObject([{ service: 'orders' }]);
  expect(await registry.write(off)).toMatchObject({ kind: 'accepted' });
  await until(async () => itemsOf(await registry.instances(orders))[0]?.enabled === false, 5);
  const answers = [
    await registry.service(orders),
    await registry.namespaces(),
    await registry.nodes(),
    await registry.consumerView(orders),
    await registry.subscribers(orders),
    ...(registry.clientsOf === undefined ? [] : [await registry.clientsOf(first)]),
    await registry.mayWrite(first),
    await presence.announce(own),
    await presence.beat(own),
    await presence.withdraw(own),
  ];
  expect(answers.filter(({ ok }) => !ok)).toEqual([]);
  expect(gate.refused).toEqual([]);
  expect(gate.taken.length).toBeGreaterThan(12);
});

test('a wrong secret key is one sentence, after one try, with no secret in it', async () => {
  const wrong = { id: lasting.id, secret: 'another/secret+key=' };
  const { registry, gate } = await hosted({
    signing: signingWith(wrong),
    gate: {
      words: (why, of) =>
        `${why}: ${['ak', 'signature', 'Spas-Signature'].map(of).join(' ')} ${wrong.secret}`,
    },
  });
  const answer = await registry.service(orders);
  expect(answer).toMatchObject({ ok: false, error: { kind: 'wrong-key' } });
  expect(JSON.stringify(answer)).toMatch(/signature does not match: \*\*\* \*\*\*/);
  const asked = gate.refused.filter(
    (line) => line.includes('/ns/service:') || line.includes('/ns/catalog/service:'),
  );
  expect(asked).toHaveLength(1);
  const before = gate.refused.length;
  await registry.write(off);
  expect(gate.refused.slice(before)).toHaveLength(1);
});

test('an access key that nobody knows is the same sentence', async () => {
  const { registry } = await hosted({ signing: signingWith({ id: 'LTAI-nobody', secret: 's' }) });
  expect(await registry.service(orders)).toEqual({
    ok: false,
    error: { kind: 'wrong-key', detail: 'access key not found' },
  });
});

test.each([
  [true, { kind: 'clock-differs', aheadMs: expect.closeTo(-1_200_000, -4), detail: 'timestamp expired' }],
  [false, { kind: 'clock-differs', detail: 'timestamp expired' }],
] as const)(
  'a time that is refused is the clock, by the Date of the answer (%s) or by its words',
  async (tellsTime, error) => {
    const { registry } = await hosted({ gate: { nowMs: () => Date.now() + 1_200_000, tellsTime } });
    expect(await registry.service(orders)).toEqual({ ok: false, error });
  },
);

test('a key that was changed meanwhile is read anew where the old one is refused, and nothing fails', async () => {
  const old = { id: 'LTAI-old', secret: 'old' };
  const known: KnownKey[] = [old];
  const clock = { ...virtualClock(), wallClock: () => realClock.wallClock() };
  const { registry, gate } = await hosted({
    clock,
    signing: signingWith(old, lasting),
    gate: { keys: known },
  });
  expect(await registry.service(orders)).toMatchObject({ ok: true });
  known.splice(0, 1, lasting);
  await clock.advance(15_000);
  expect(await registry.write(off)).toMatchObject({ kind: 'accepted' });
  expect(gate.refused).toEqual(['PATCH /nacos/v1/ns/instance: access key not found']);
});

test('a key that cannot be read any more is kept; one that never could be is said to be so', async () => {
  const clock = { ...virtualClock(), wallClock: () => realClock.wallClock() };
  const kept = await hosted({ clock, signing: signingWith(lasting, undefined) });
  expect(await kept.registry.service(orders)).toMatchObject({ ok: true });
  await clock.advance(61_000);
  expect(await kept.registry.service(orders)).toMatchObject({ ok: true });
  const never = await hosted({ signing: signingWith(undefined) });
  expect(await never.registry.service(orders)).toEqual({
    ok: false,
    error: { kind: 'wrong-key', detail: 'it cannot be read' },
  });
});

test('what is logged and shown of a request has no signature, and says that there is one', async () => {
  const logged: unknown[] = [];
  const { registry } = await hosted({
    log: (...told) => logged.push(told),
    signing: signingWith(temporary),
  });
  await registry.write(off);
  const shown = registry.requestOf(off);
  expect(shown.signed).toEqual({ service: 'DEFAULT_GROUP@@orders', isTemporary: true, isOfRegion: false });
  const text = JSON.stringify([logged, shown]);
  expect(text).toContain('/nacos/v1/ns/instance?');
  for (const secret of [temporary.id, temporary.secret, temporary.securityToken, 'signature='])
    expect(text).not.toContain(secret);
});

test('without a key a server that wants one is said to want a login', async () => {
  const { registry } = await hosted({ signing: 'none' });
  expect(await registry.service(orders)).toEqual({ ok: false, error: { kind: 'login-needed' } });
});
