import { expect, test } from 'vitest';
import { rateBelow, silenceNeededMs } from '../../../src/core/drain/silence.ts';
import { seededRandom } from '../../simulation/scenario/random.ts';
import { poissonCount, nextPauseMs } from './poisson.ts';

test('a rate is taken for less than it looked, the less the more was seen', () => {
  const share = 0.0005;
  const perSecond = (calls: number, seconds: number): number =>
    rateBelow(calls, seconds * 1000, share) * 1000;
  expect(perSecond(0, 5)).toBe(0);
  expect(perSecond(75, 5)).toBeCloseTo(9.22, 2);
  expect(perSecond(600, 40)).toBeCloseTo(12.737, 2);
  expect(perSecond(1, 40)).toBeLessThan(0.0001);
});

test('a hundred calls a second need 0.2 s of silence, ten 1.4 s, one 11 s', () => {
  expect(silenceNeededMs(0.1, 40_000, 0.0005)).toBeCloseTo(159, 0);
  expect(silenceNeededMs(0.01, 40_000, 0.0005)).toBeCloseTo(1359, -1);
  expect(silenceNeededMs(0.001, 40_000, 0.0005)).toBeCloseTo(11_314, -1);
  expect(silenceNeededMs(0, 40_000, 0.0005)).toBe(Infinity);
});

test.each([0.02, 0.1])('a rate lies above the true one in at most %s of the cases', (share) => {
  const random = seededRandom(7);
  const cases = 20_000;
  let above = 0;
  for (let each = 0; each < cases; each += 1) {
    const mean = 0.5 + 200 * random.float() ** 3;
    if (rateBelow(poissonCount(random, mean), 1, share) > mean) above += 1;
  }
  expect(above / cases).toBeLessThanOrEqual(share);
  // Not so far below that it would be of no use.
  expect(above / cases).toBeGreaterThan(share / 20);
});

test.each([0.02, 0.1])(
  'a caller pauses as long as the silence asked for in at most %s of the cases',
  (share) => {
    const random = seededRandom(8);
    const cases = 20_000;
    const horizonMs = 40_000;
    let paused = 0;
    for (let each = 0; each < cases; each += 1) {
      const rate = 0.0002 + 0.02 * random.float() ** 3;
      const needed = silenceNeededMs(rate, horizonMs, share);
      let at = 0;
      let longest = 0;
      while (at < horizonMs && longest < needed) {
        const pause = nextPauseMs(random, rate);
        longest = Math.max(longest, pause);
        at += pause;
      }
      if (longest >= needed) paused += 1;
    }
    expect(paused / cases).toBeLessThanOrEqual(share);
    expect(paused / cases).toBeGreaterThan(share / 4);
  },
);
