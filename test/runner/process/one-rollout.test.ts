import { expect, test } from 'vitest';
import { offByUs } from '../../../src/core/rollout/rollout.ts';
import { isAllOn, plainPlace, plainScenario, rolloutOn } from '../../simulation/run-plain.ts';

const target = '10.0.0.1:8080';

test('two instances go off, are deployed, checked and come back, one after the other', async () => {
  const { place, run, paper, began } = plainPlace(plainScenario(2));
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  expect(began).toEqual([target, '10.0.0.2:8080']);
  expect(isAllOn(place)).toBe(true);
  expect(offByUs(rolloutOn(paper))).toEqual([]);
  const order = rollout.events.map((event) => event.type);
  expect(order.indexOf('disabled')).toBeLessThan(order.indexOf('drain-ended'));
  expect(order.lastIndexOf('disable-began')).toBeGreaterThan(order.indexOf('enabled'));
});
