import { expect, test } from 'vitest';
import { readConsumers } from '../../../src/runner/context/noted-consumers.ts';
import type { Registry, Subscriber } from '../../../src/world/registry.ts';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';

const gateway: Subscriber = { address: '10.9.0.1', agent: 'Nacos-Java-Client:v2.5.1', app: 'gateway' };
const cart: Subscriber = { address: '10.9.0.2', agent: 'Nacos-Go-Client:v2.2.5', app: 'unknown' };

async function rolledWith(before: readonly Subscriber[], after: readonly Subscriber[]) {
  const { run, place } = plainPlace(plainScenario(1));
  const registry = place.world.registry as { -readonly [Name in keyof Registry]: Registry[Name] };
  let now = before;
  registry.subscribers = async () => ({ ok: true, value: now });
  const rollout = run();
  const services = await readConsumers(registry, rollout.life.runner.rollout().planned.plan);
  rollout.life.runner.record({ type: 'consumers-noted', services });
  now = after;
  expect(await rollout.end()).toBe(0);
  return rollout.events.filter(({ type }) => type === 'consumers-changed');
}

test('who came and who is gone is named at the end', async () => {
  expect(await rolledWith([gateway], [cart])).toMatchObject([
    {
      service: 'orders',
      came: ['10.9.0.2 (Nacos-Go-Client:v2.2.5)'],
      left: ['10.9.0.1 (gateway, Nacos-Java-Client:v2.5.1)'],
    },
  ]);
});

test('where the same consume, nothing is said', async () => {
  expect(await rolledWith([gateway, cart], [cart, gateway])).toEqual([]);
});
