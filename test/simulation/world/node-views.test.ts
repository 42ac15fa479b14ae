import { expect, test } from 'vitest';
import { virtualClock } from '../../support/time/virtual-clock.ts';
import { instance } from '../scenario/scenario.ts';
import { createGroundTruth } from './ground-truth.ts';
import { createNodeViews } from './node-views.ts';

/** Every change shows after the least time that is drawn. */
const prompt = { float: () => 0, chance: () => false, int: (least: number) => least, pick: never };

function never(): never {
  throw new Error('nothing is picked here');
}

/** Whether it counts that a list showed one of so many services of a process as on for so long. */
async function isNoticeable(
  services: number,
  ms: number,
  troubleMs = Number.NEGATIVE_INFINITY,
): Promise<boolean> {
  const clock = virtualClock();
  const truth = createGroundTruth(clock, prompt, true);
  const views = createNodeViews(clock, prompt, truth, ['node'], { lastMs: troubleMs });
  const slots = Array.from({ length: services }, (_, index) =>
    truth.slotOf(instance(`service${index}`, 'DEFAULT_GROUP', 0, 8080)),
  );
  const [slot] = slots;
  if (slot === undefined) throw new Error('no services');
  truth.register(slot, { weight: 1, metadata: {}, isHealthy: true });
  await clock.advance(ms);
  truth.deregister(slot);
  await clock.advance(1000);
  views.settleAll();
  return views.list(0).onUntil.has(slot);
}

test('a list showed it for long enough where who looks at it, as often as many are looked at, has seen it', async () => {
  expect(await isNoticeable(1, 1199)).toBe(false);
  expect(await isNoticeable(1, 1200)).toBe(true);
  expect(await isNoticeable(25, 1200)).toBe(true);
  expect(await isNoticeable(31, 1439)).toBe(false);
  expect(await isNoticeable(31, 1440)).toBe(true);
});

test('where reads were lost a moment ago, it takes as long as they do', async () => {
  expect(await isNoticeable(1, 11_999, 0)).toBe(false);
  expect(await isNoticeable(1, 12_000, 0)).toBe(true);
});
