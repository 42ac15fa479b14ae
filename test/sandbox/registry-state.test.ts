import { beforeEach, describe, expect, test } from 'vitest';
import type { Instance, InstanceId } from '../../src/core/registry/service.ts';
import {
  newRegistryState,
  settle,
  type RegistryState,
  type SandboxKind,
} from '../../src/sandbox/registry/registry-state.ts';
import { consumerView, listed } from '../../src/sandbox/registry/registry-views.ts';
import {
  beat,
  deregister,
  editService,
  patch,
  register,
  update,
} from '../../src/sandbox/registry/registry-writes.ts';

const a: InstanceId = {
  namespace: 'public',
  group: 'DEFAULT_GROUP',
  service: 'orders',
  cluster: 'DEFAULT',
  ip: '10.0.0.1',
  port: 8080,
};
const b: InstanceId = { ...a, ip: '10.0.0.2' };
const fields = { enabled: true, weight: 5, metadata: { version: '1' }, ephemeral: true };
const off = { enabled: false, weight: 5, metadata: undefined };

let state: RegistryState;
let nowMs: number;

function start(kind: SandboxKind): void {
  state = newRegistryState(kind, 0);
  nowMs = 0;
}

/** Lets time pass while `b` goes on beating, so that the service stays. */
function pass(ms: number, beating: readonly InstanceId[] = [b]): void {
  for (const untilMs = nowMs + ms; nowMs < untilMs; ) {
    nowMs = Math.min(nowMs + 1_000, untilMs);
    settle(state, nowMs);
    for (const id of beating) beat(state, id, nowMs);
  }
}

function seen(id: InstanceId): Instance | undefined {
  return listed(state, id)?.find((one) => one.ip === id.ip);
}

beforeEach(() => {
  start('2.x');
  register(state, a, fields, nowMs);
  register(state, b, fields, nowMs);
  pass(1_000, [a, b]);
});

test('lists show a write 550 ms later, not before', () => {
  update(state, a, off, nowMs);
  pass(549, [a, b]);
  expect(seen(a)?.enabled).toBe(true);
  pass(1, [a, b]);
  expect(seen(a)?.enabled).toBe(false);
});

test('a write without weight and metadata sets weight 1 and drops the override, not what was registered', () => {
  update(state, a, { enabled: true, weight: 5, metadata: { colour: 'red' } }, nowMs);
  pass(1_000, [a, b]);
  expect(seen(a)?.metadata).toEqual({ version: '1', colour: 'red' });
  update(state, a, { enabled: false, weight: undefined, metadata: undefined }, nowMs);
  pass(1_000, [a, b]);
  expect(seen(a)).toMatchObject({ enabled: false, weight: 1, metadata: { version: '1' } });
});

test('a patch keeps the overridden metadata, and without an earlier override starts from the defaults', () => {
  update(state, a, { enabled: true, weight: 5, metadata: { colour: 'red' } }, nowMs);
  patch(state, a, off, nowMs);
  patch(state, b, { enabled: false, weight: undefined, metadata: undefined }, nowMs);
  pass(1_000, [a, b]);
  expect(seen(a)?.metadata).toEqual({ version: '1', colour: 'red' });
  expect(seen(b)).toMatchObject({ enabled: false, weight: 1 });
});

describe('the memory of 60 seconds', () => {
  const isOnAfterAway = (awayMs: number): boolean | undefined => {
    update(state, a, off, nowMs);
    deregister(state, a, nowMs);
    pass(awayMs);
    register(state, a, { ...fields, metadata: { version: '2' } }, nowMs);
    pass(1_000, [a, b]);
    return seen(a)?.enabled;
  };

  test('comes back disabled after 59 s, enabled after 66 s', () => {
    expect(isOnAfterAway(59_000)).toBe(false);
    update(state, a, { ...off, enabled: true }, nowMs);
    expect(isOnAfterAway(66_000)).toBe(true);
  });

  test('a second write while away does not start it anew, one after the end holds', () => {
    update(state, a, off, nowMs);
    deregister(state, a, nowMs);
    pass(40_000);
    update(state, a, off, nowMs);
    pass(26_000);
    expect(state.overrides.size).toBe(0);
    update(state, a, off, nowMs);
    pass(300_000);
    register(state, a, fields, nowMs);
    pass(1_000, [a, b]);
    expect(seen(a)?.enabled).toBe(false);
  });

  test('registering again in time ends it', () => {
    expect(isOnAfterAway(30_000)).toBe(false);
    pass(120_000, [a, b]);
    // A forgotten override shows only with the next change of its service.
    register(state, b, fields, nowMs);
    pass(1_000, [a, b]);
    expect(seen(a)?.enabled).toBe(false);
  });

  test('1.4 remembers nothing, and wipes metadata that was not sent', () => {
    start('1.4');
    register(state, a, fields, nowMs);
    register(state, b, fields, nowMs);
    update(state, b, off, nowMs);
    pass(1_000, [a, b]);
    expect(seen(b)).toMatchObject({ enabled: false, metadata: {} });
    expect(isOnAfterAway(1_000)).toBe(true);
  });
});

test('without a heartbeat an instance is unhealthy after 15 s and gone after 30 s', () => {
  pass(14_000);
  expect(seen(a)?.healthy).toBe(true);
  pass(7_000);
  expect(seen(a)?.healthy).toBe(false);
  pass(16_000);
  expect(seen(a)).toBeUndefined();
});

test('a service without instances goes after a minute or two, and then refuses writes', () => {
  for (const id of [a, b]) deregister(state, id, nowMs);
  pass(50_000, []);
  expect(update(state, a, off, nowMs)).toBe('ok');
  pass(75_000, []);
  expect(update(state, a, off, nowMs)).toBe('service-missing');
});

test('an address is one instance, whatever the cluster; a wrong cluster leaves a mark that nobody claims', () => {
  expect(update(state, { ...a, cluster: 'X' }, off, nowMs)).toBe('ok');
  expect(patch(state, { ...a, cluster: 'X' }, off, nowMs)).toBe('instance-missing');
  pass(1_000, [a, b]);
  expect(seen(a)?.enabled).toBe(true);
  register(state, { ...a, cluster: 'X' }, fields, nowMs);
  pass(1_000, [a, b]);
  expect(listed(state, a)?.filter(({ ip }) => ip === a.ip)).toMatchObject([{ cluster: 'X', enabled: false }]);
});

test('a threshold that is reached gives everybody as healthy, but nobody who is disabled', () => {
  const view = (): readonly Instance[] =>
    consumerView(state, a, { clusters: [], isHealthyOnly: false }).hosts;
  editService(state, a, 0.5, nowMs);
  pass(21_000);
  expect(view()).toMatchObject([{ healthy: true }, { healthy: true }]);
  update(state, a, off, nowMs);
  pass(1_000);
  expect(view()).toMatchObject([{ ip: b.ip, healthy: true }]);
});
