import { expect, test } from 'vitest';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';

/** A whole rollout; when it began, its service was as it is, but for the protect threshold. */
async function rolledWith(protectThreshold: number) {
  const { run, place } = plainPlace(plainScenario(1));
  const orders = { namespace: 'public', group: 'DEFAULT_GROUP', service: 'orders' };
  const now = await place.world.registry.service(orders);
  if (!now.ok || now.value === undefined) throw new Error('there is no such service');
  const rollout = run();
  rollout.life.runner.record({ type: 'services-noted', services: [{ ...now.value, protectThreshold }] });
  expect(await rollout.end()).toBe(0);
  return rollout.events;
}

test('what a service lost is named at the end, with the request that restores it', async () => {
  const events = await rolledWith(0.6);
  expect(events.filter(({ type }) => type === 'service-changed')).toMatchObject([
    { service: 'orders', what: 'protectThreshold', before: '0.6', after: '0', request: { method: 'PUT' } },
  ]);
  expect(events.at(-1)?.type).toBe('rollout-ended');
});

test('a service that is as it was is not mentioned', async () => {
  const events = await rolledWith(0);
  expect(events.some(({ type }) => type === 'service-changed')).toBe(false);
});
