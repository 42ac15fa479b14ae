import { expect, test } from 'vitest';
import { type Random, seededRandom } from '../../simulation/scenario/random.ts';
import {
  type Case,
  type Rhythm,
  drawCallers,
  isCalledAfterQuiet,
  limits,
  playDrain,
  presetMs,
} from './drain-cases.ts';

const cases = 100_000;

type Shape = (random: Random) => Omit<Case, 'certainty'>;

/** How long before the disable it was watched. */
const watched = (random: Random): number => random.pick([5000, 5000, 15_000, presetMs]);

/** By connections: read as often as on this machine, and as over a slow way to another one. */
const byConnections = (random: Random, rhythm?: () => Rhythm): Omit<Case, 'certainty'> => ({
  callers: drawCallers(random, random.int(1, 3), rhythm),
  source: { kind: 'ages', tickMs: random.pick([1, 4, 10]) },
  watchedMs: watched(random),
  pollMs: random.pick([500, 1000, 1500, 2000]),
});

const regular = (random: Random): Rhythm => ({
  isRegular: true,
  jitter: random.pick([0, 0, 0.1, 0.3]),
  burst: random.pick([1, 1, 5]),
  burstMs: random.pick([10, 100, 1000]),
});

const shapes: [string, number, Shape][] = [
  [
    'where callers are told apart',
    0.2,
    (random) => ({
      callers: drawCallers(random, random.int(1, 3)),
      source: { kind: 'callers' },
      watchedMs: watched(random),
    }),
  ],
  [
    'where there is one caller and only a total',
    0.15,
    (random) => ({ callers: drawCallers(random, 1), source: { kind: 'total' }, watchedMs: watched(random) }),
  ],
  [
    'where the plan says how often the rarest calls',
    0.15,
    (random) => {
      const callers = drawCallers(random, random.int(1, 3));
      const slowestPerSecond = Math.min(...callers.map(({ rate }) => rate)) * 1000;
      return { callers, source: { kind: 'total' }, watchedMs: 10_000, slowestPerSecond };
    },
  ],
  [
    'where what is counted comes out of a cache',
    0.1,
    (random) => ({
      callers: drawCallers(random, 1),
      source: { kind: 'cached', everyMs: random.pick([1000, 2000, 5000, 10_000]) },
      watchedMs: watched(random),
    }),
  ],
  ['where connections tell when data last came in', 0.2, (random) => byConnections(random)],
  [
    'where callers come regularly, alone and in bursts, to connections',
    0.1,
    (random) => byConnections(random, () => regular(random)),
  ],
  [
    'where callers come in short bursts to connections',
    0.05,
    (random) => byConnections(random, () => ({ isRegular: false, jitter: 0, burst: 5, burstMs: 10 })),
  ],
  [
    'where callers come regularly, alone and in bursts, and are counted',
    0.05,
    (random) => ({
      callers: drawCallers(random, random.int(1, 2), () => regular(random)),
      source: { kind: 'callers' },
      watchedMs: watched(random),
      pollMs: random.pick([500, 1000]),
    }),
  ],
];

/** Of a second or two, on a machine that has nothing else to do. */
const timeout = 120_000;

test.each(shapes)(
  'the share of targets that are called after "quiet" %s',
  { timeout },
  (_name, part, draw) => {
    const random = seededRandom(11);
    const count = (cases * part) / 2;
    for (const certainty of [0.999, 0.9]) {
      let called = 0;
      for (let each = 0; each < count; each += 1)
        if (isCalledAfterQuiet(random, { ...draw(random), certainty })) called += 1;
      expect(called / count).toBeLessThanOrEqual(1 - certainty);
    }
  },
);

test.each(shapes)('it is of use: it ends earlier than the timer %s', (_name, _part, draw) => {
  const random = seededRandom(13);
  const took = Array.from(
    { length: 300 },
    () => playDrain(random, { ...draw(random), certainty: 0.999 }).tookMs,
  );
  expect(took.filter((ms) => ms < presetMs - 1500).length).toBeGreaterThan(6);
});

test('several callers behind one total never end it early', () => {
  const random = seededRandom(12);
  for (let each = 0; each < 200; each += 1) {
    const callers = drawCallers(random, 2);
    const source = { kind: 'total' } as const;
    const one = playDrain(random, { callers, source, watchedMs: 10_000, certainty: 0.999 });
    expect(one.tookMs).toBeGreaterThanOrEqual(presetMs);
    expect(one.verdict.doubts).toHaveLength(1);
  }
});

const sixteen = { address: '10.0.0.1', rate: 0.016, fromMs: -Infinity } as const;

test('while calls arrive it goes on beyond the preset, and ends soon after the last', () => {
  const callers = [{ ...sixteen, toMs: 58_000 }];
  const one = playDrain(seededRandom(1), {
    callers,
    source: { kind: 'callers' },
    pollMs: 250,
    watchedMs: 5000,
    certainty: 0.999,
  });
  expect(one).toMatchObject({ verdict: { kind: 'quiet' }, callsAfter: 0 });
  expect(one.lastCallMs).toBeGreaterThan(57_000);
  expect(one.tookMs - one.lastCallMs).toBeLessThan(2000);
});

test.each([
  ['connections of this machine', { kind: 'ages', tickMs: 4 }, 100],
  ['connections that are read on a busy machine', { kind: 'ages', tickMs: 4 }, 200],
  ['a counter', { kind: 'callers' }, 150],
] as const)(
  'of sixteen calls a second it waits at most two seconds beyond the last: by %s',
  (_name, source, pollMs) => {
    const random = seededRandom(3);
    const beyond = Array.from({ length: 300 }, () => {
      const callers = [{ ...sixteen, toMs: 6000 + 30_000 * random.float() }];
      const one = playDrain(random, { callers, source, pollMs, watchedMs: 5000, certainty: 0.999 });
      expect(one.verdict.kind).toBe('quiet');
      return one.tookMs - one.lastCallMs;
    }).toSorted((one, other) => one - other);
    expect(beyond.at(-1)).toBeLessThan(2000);
  },
);

test('calls that do not end are named at the ceiling', () => {
  const callers = [{ address: '10.0.0.1', rate: 0.001, fromMs: -Infinity, toMs: 400_000 }];
  const one = playDrain(seededRandom(1), {
    callers,
    source: { kind: 'callers' },
    watchedMs: 5000,
    certainty: 0.999,
  });
  expect(one.tookMs).toBeGreaterThanOrEqual(limits.ceilingMs);
  expect(one.tookMs).toBeLessThan(limits.ceilingMs + 1200);
  expect(one.verdict).toMatchObject({ kind: 'still-called', callers: [{ caller: '10.0.0.1' }] });
});
