import { expect, test } from 'vitest';
import { plainPlace } from '../../simulation/run-plain.ts';
import { ahead, expectOrder, first, second, third } from './ahead-scenario.ts';

test('the next one drains while the one before is deployed, and is deployed once that is through', async () => {
  const rollout = plainPlace(ahead(3)).run();
  expect(await rollout.end()).toBe(0);
  expectOrder(
    rollout,
    `deploy-began ${first}`,
    `disable-began ${second}`,
    `enabled ${first}`,
    `deploy-began ${second}`,
    `disable-began ${third}`,
    `enabled ${second}`,
    `deploy-began ${third}`,
  );
  expect(rollout.events.filter((event) => event.type === 'disable-began').map((one) => one.isAhead)).toEqual([
    undefined,
    true,
    true,
  ]);
});

test('where the minimum leaves no room it waits for its turn', async () => {
  const rollout = plainPlace(ahead(2, { minimum: 2 })).run();
  expect(await rollout.end()).toBe(0);
  expectOrder(rollout, `enabled ${first}`, `disable-began ${second}`);
});

test('who came on less than a drain ago counts as off', async () => {
  const rollout = plainPlace(ahead(3, { minimum: 2 })).run();
  expect(await rollout.end()).toBe(0);
  const atOf = (type: string, target: string): number => {
    const found = rollout.events.find((one) => one.type === type && 'target' in one && one.target === target);
    return Date.parse(found?.at ?? '');
  };
  expect(atOf('disable-began', third) - atOf('enabled', first)).toBeGreaterThanOrEqual(5000);
});
