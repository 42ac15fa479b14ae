import { expect, test } from 'vitest';
import { silenceNeededMs, statedSilenceMs } from '../../../src/core/drain/silence.ts';
import { seededRandom } from '../../simulation/scenario/random.ts';
import { nextPauseMs } from './poisson.ts';

const share = 0.001;

test('the more was seen of a caller, the sooner its silence is no chance', () => {
  const afterSeconds = (perSecond: number, seconds: number): number =>
    silenceNeededMs({ calls: perSecond * seconds, exposureMs: seconds * 1000 }, share);
  expect(silenceNeededMs({ calls: 0, exposureMs: 5000 }, share)).toBe(Infinity);
  expect(afterSeconds(1, 5)).toBeCloseTo(36_760, -1);
  expect(afterSeconds(1, 40)).toBeCloseTo(16_400, -3);
  expect(afterSeconds(16, 5)).toBeCloseTo(1060, -2);
  expect(afterSeconds(16, 40)).toBeCloseTo(1131, -1);
  expect(afterSeconds(100, 40)).toBeCloseTo(208, -2);
});

test('where the rate is stated, a hundred calls a second need 0.2 s of silence, ten 1.4 s, one 11 s', () => {
  expect(statedSilenceMs(0.1, 40_000, 0.0005)).toBeCloseTo(159, 0);
  expect(statedSilenceMs(0.01, 40_000, 0.0005)).toBeCloseTo(1359, -1);
  expect(statedSilenceMs(0.001, 40_000, 0.0005)).toBeCloseTo(11_314, -1);
  expect(statedSilenceMs(0, 40_000, 0.0005)).toBe(Infinity);
});

const shares = [0.02, 0.1, 0.5];
const cases = 20_000;
/** Nearly all of the share is used up, and what is counted strays: by three of its standard deviations in one of 700. */
const atMost = (part: number): number => part + 3 * Math.sqrt((part * (1 - part)) / cases);

/** Callers of which every call is seen, looked at after each of `most` calls. */
test.each(shares)(
  'of all pauses of a caller one is longer than asked for in at most %s of the cases',
  (part) => {
    const random = seededRandom(7);
    let paused = 0;
    for (let each = 0; each < cases; each += 1) {
      const rate = 10 ** (-5 + 4 * random.float());
      let exposureMs = nextPauseMs(random, rate);
      for (let calls = 1; calls < 100; calls += 1) {
        const pauseMs = nextPauseMs(random, rate);
        if (pauseMs > silenceNeededMs({ calls, exposureMs }, part)) {
          paused += 1;
          break;
        }
        exposureMs += pauseMs;
      }
    }
    expect(paused / cases).toBeLessThanOrEqual(atMost(part));
    // Not so much less that it would be of no use.
    expect(paused / cases).toBeGreaterThan(part / 2);
  },
);

test.each(shares)('where readings tell only of the last call, in at most %s of the cases', (part) => {
  const random = seededRandom(8);
  let paused = 0;
  for (let each = 0; each < cases; each += 1) {
    const rate = 10 ** (-5 + 4 * random.float());
    let calls = 0;
    let exposureMs = 0;
    let nextMs = nextPauseMs(random, rate);
    // How long after this reading the next call comes.
    for (let reading = 0; reading < 100; reading += 1) {
      const passedMs = 3000 * random.float() ** 3;
      let ageMs = passedMs;
      for (; nextMs <= passedMs; nextMs += nextPauseMs(random, rate)) ageMs = passedMs - nextMs;
      nextMs -= passedMs;
      exposureMs += ageMs;
      if (ageMs === passedMs) continue;
      calls += 1;
      if (nextMs <= silenceNeededMs({ calls, exposureMs }, part)) continue;
      paused += 1;
      break;
    }
  }
  expect(paused / cases).toBeLessThanOrEqual(part);
  expect(paused / cases).toBeGreaterThan(part / 4);
});

test.each([0.02, 0.1])(
  'a caller of a stated rate pauses as long as the silence asked for in at most %s of the cases',
  (part) => {
    const random = seededRandom(8);
    const horizonMs = 40_000;
    let paused = 0;
    for (let each = 0; each < cases; each += 1) {
      const rate = 0.0002 + 0.02 * random.float() ** 3;
      const needed = statedSilenceMs(rate, horizonMs, part);
      let at = 0;
      let longest = 0;
      while (at < horizonMs && longest < needed) {
        const pause = nextPauseMs(random, rate);
        longest = Math.max(longest, pause);
        at += pause;
      }
      if (longest >= needed) paused += 1;
    }
    expect(paused / cases).toBeLessThanOrEqual(part);
    expect(paused / cases).toBeGreaterThan(part / 4);
  },
);
