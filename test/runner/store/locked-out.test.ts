import { expect, test } from 'vitest';
import type { RegistryError } from '../../../src/core/registry/registry-error.ts';
import { isAllOn, plainPlace, plainScenario } from '../../simulation/run-plain.ts';

/** What a server says while it restarts, learns of a token, or gets another proxy. */
const passing: readonly RegistryError[] = [
  { kind: 'token-refused', detail: 'token invalid!' },
  { kind: 'wrong-password', user: 'nacos' },
  { kind: 'wrong-key', detail: 'signature does not match' },
  { kind: 'clock-differs', detail: 'timestamp expired' },
  { kind: 'login-limited', user: 'nacos', detail: 'Frequent login' },
  { kind: 'barred', address: 'http://node-0', status: 403, detail: '', mayBeToken: true },
  { kind: 'not-nacos', address: 'http://node-0', detail: 'HTTP 502 with a page: 502 Bad Gateway' },
];

test.for(passing)('no step fails of what lets us in again ten seconds later: %o', async (error) => {
  const { run, place } = plainPlace(plainScenario(2));
  const { registry } = place.world;
  const real = { ...registry };
  const rollout = run();
  const lockedOut = { ok: false, error } as const;
  const lockOut = (): void => {
    Object.assign(registry, {
      instances: async () => lockedOut,
      consumerView: async () => lockedOut,
      service: async () => lockedOut,
      write: async () => ({ kind: 'refused', error }),
    });
    place.clock.after(10_000, () => Object.assign(registry, real));
  };
  // While it is counted, while it is to go off, kept out and checked, and while it is to come on again.
  rollout.life.runner.follow(({ type }) => {
    if (['disable-began', 'drain-began', 'deploy-ended', 'enable-began'].includes(type)) lockOut();
  });
  lockOut();
  expect(await rollout.end()).toBe(0);
  const types = rollout.events.map(({ type }) => type);
  expect(types).not.toContain('step-failed');
  expect(types).not.toContain('exposed');
  expect(isAllOn(place)).toBe(true);
});

test('what locks us out for good stops the rollout before anything is deployed, and says so', async () => {
  const { run, place, began } = plainPlace({ ...plainScenario(1), isAttended: false });
  const rollout = run();
  const error = { kind: 'token-refused', detail: 'token invalid!' } as const;
  Object.assign(place.world.registry, { write: async () => ({ kind: 'refused', error }) });
  expect(await rollout.end()).toBe(1);
  expect((await rollout.untilEvent('step-failed')).why).toEqual({ kind: 'registry', error });
  expect(began).toEqual([]);
  expect(isAllOn(place)).toBe(true);
});
