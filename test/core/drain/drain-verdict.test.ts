import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../simulation/scenario/random.ts';
import { type Case, drawCallers, limits, playDrain, presetMs } from './drain-cases.ts';

const cases = 100_000;

describe('the share of targets that are called after "quiet"', () => {
  const shapes: [string, (certainty: number) => (random: ReturnType<typeof seededRandom>) => Case][] = [
    [
      'where callers are told apart',
      (certainty) => (random) => ({
        callers: drawCallers(random, random.int(1, 3)),
        isPerCaller: true,
        watchedMs: random.pick([5000, 5000, presetMs]),
        certainty,
      }),
    ],
    [
      'where there is one caller and only a total',
      (certainty) => (random) => ({
        callers: drawCallers(random, 1),
        isPerCaller: false,
        watchedMs: random.pick([5000, 5000, presetMs]),
        certainty,
      }),
    ],
    [
      'where the plan says how often the rarest calls',
      (certainty) => (random) => {
        const callers = drawCallers(random, random.int(1, 3));
        const slowestPerSecond = Math.min(...callers.map(({ rate }) => rate)) * 1000;
        return { callers, isPerCaller: false, watchedMs: 10_000, certainty, slowestPerSecond };
      },
    ],
  ];
  test.each(shapes)('%s', (_name, shape) => {
    const certainty = 0.999;
    const random = seededRandom(11);
    const draw = shape(certainty);
    let called = 0;
    let early = 0;
    for (let each = 0; each < cases / shapes.length; each += 1) {
      const { verdict, tookMs, callsAfter } = playDrain(random, draw(random));
      if (verdict.kind === 'quiet' && callsAfter > 0) called += 1;
      if (tookMs < presetMs) early += 1;
    }
    expect(called / (cases / shapes.length)).toBeLessThanOrEqual(1 - certainty);
    // It is of use: it ends earlier than the timer.
    expect(early).toBeGreaterThan(cases / shapes.length / 50);
  });
});

test('several callers behind one total never end it early', () => {
  const random = seededRandom(12);
  for (let each = 0; each < 200; each += 1) {
    const callers = drawCallers(random, 2);
    const one = playDrain(random, { callers, isPerCaller: false, watchedMs: 10_000, certainty: 0.999 });
    expect(one.tookMs).toBeGreaterThanOrEqual(presetMs);
    expect(one.verdict.doubts).toHaveLength(1);
  }
});

test('while calls arrive it goes on beyond the preset, and ends soon after the last', () => {
  const callers = [{ address: '10.0.0.1', rate: 0.015, fromMs: -Infinity, toMs: 58_000 }];
  const one = playDrain(seededRandom(1), { callers, isPerCaller: true, watchedMs: 5000, certainty: 0.999 });
  expect(one).toMatchObject({ verdict: { kind: 'quiet' }, callsAfter: 0 });
  expect(one.lastCallMs).toBeGreaterThan(57_000);
  expect(one.tookMs - one.lastCallMs).toBeLessThan(2500);
});

test('it ends two seconds after the last of fifteen calls a second', () => {
  const callers = [{ address: '10.0.0.1', rate: 0.015, fromMs: -Infinity, toMs: 22_000 }];
  const one = playDrain(seededRandom(1), { callers, isPerCaller: true, watchedMs: 5000, certainty: 0.999 });
  expect(one).toMatchObject({ verdict: { kind: 'quiet' }, callsAfter: 0 });
  expect(one.tookMs - one.lastCallMs).toBeLessThan(2500);
});

test('calls that do not end are named at the ceiling', () => {
  const callers = [{ address: '10.0.0.1', rate: 0.001, fromMs: -Infinity, toMs: 400_000 }];
  const one = playDrain(seededRandom(1), { callers, isPerCaller: true, watchedMs: 5000, certainty: 0.999 });
  expect(one.tookMs).toBe(limits.ceilingMs);
  expect(one.verdict).toMatchObject({ kind: 'still-called', callers: [{ caller: '10.0.0.1' }] });
});
