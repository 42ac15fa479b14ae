import { expect, test } from 'vitest';
import {
  type CallReading,
  type CallTally,
  emptyTally,
  tallyFailed,
  tallyRead,
} from '../../../src/core/drain/call-tally.ts';
import {
  type Consumers,
  type DrainVerdict,
  type WatchedSource,
  drainVerdict,
} from '../../../src/core/drain/drain-verdict.ts';

const total = (value: number): CallReading => ({
  unit: 'calls',
  isPerCaller: false,
  counters: [{ caller: 'all', key: '', value }],
});

const each = (values: Readonly<Record<string, number>>): CallReading => ({
  unit: 'calls',
  isPerCaller: true,
  counters: Object.entries(values).map(([caller, value]) => ({ caller, key: '', value })),
});

/** A reading every `everyMs`, from `fromMs` to `toMs`. */
function read(
  tally: CallTally,
  [fromMs, toMs, everyMs]: readonly [number, number, number],
  reading: (atMs: number) => CallReading,
): CallTally {
  let next = tally;
  for (let atMs = fromMs; atMs <= toMs; atMs += everyMs) next = tallyRead(next, reading(atMs), atMs, atMs, 0);
  return next;
}

const one: Consumers = [{ address: '10.0.0.1' }];

/** The disable was at 0. */
function judged(
  nowMs: number,
  tallies: readonly CallTally[],
  consumers: readonly Consumers[] = [one],
  limits: { readonly certainty?: number; readonly presetMs?: number } = {},
): DrainVerdict {
  const sources = tallies.map((tally, index): WatchedSource => {
    const registration = consumers.length === tallies.length ? index : 0;
    return { source: `source ${index}`, registration, tally };
  });
  const usual = { floorMs: 1000, presetMs: 40_000, ceilingMs: 180_000, certainty: 0.999 };
  return drainVerdict({ nowMs, beganMs: 0, ...usual, ...limits, sources, consumers });
}

test.each([0.999, 0.9, 0.5])(
  'what grows by less than a call at a time is no proof that anybody is silent (%s)',
  (certainty) => {
    // A sum of seconds, taken for a count: 4 ms for each of two calls a second, then a pause of a second.
    const seconds = read(emptyTally, [-5000, 2000, 500], (atMs) => total(Math.min(atMs + 5000, 5000) * 8e-6));
    expect(judged(2000, [seconds], [one], { certainty })).toMatchObject({ kind: 'wait', for: 'preset' });
  },
);

test('a counter that appears is one call, whatever it has counted', () => {
  // The command lists who called most, and a second caller gets among them.
  const top = read(emptyTally, [-5000, 2000, 500], (atMs) =>
    each({ '10.0.0.1': 100, ...(atMs >= -4000 && { '10.0.0.2': atMs === -4000 ? 5000 : 5001 }) }),
  );
  const { callers, kind } = judged(2000, [top], [[{ address: '10.0.0.2' }]]);
  expect(callers).toMatchObject([{ caller: '10.0.0.2' }]);
  expect(callers[0]?.neededMs).toBeGreaterThan(40_000);
  expect(kind).toBe('wait');
});

const busyUntil = (lastMs: number, everyMs = 100) =>
  read(emptyTally, [-20_000, lastMs, everyMs], (atMs) => total(Math.floor((atMs + 20_000) / everyMs)));
const bursts = (atMs: number, lastMs: number): CallReading => ({
  unit: 'bursts',
  isPerCaller: true,
  counters: [
    {
      caller: '10.0.0.1',
      key: '1',
      value: Math.floor(Math.min(atMs, lastMs) + 30_000),
      idleMs: Math.max(atMs - lastMs, 0),
    },
  ],
});

test('a source that fails while calls arrive does not end a drain by that', () => {
  const lost = tallyFailed(busyUntil(39_900), 39_950);
  // Nor does one that is back and has only begun to count.
  const back = tallyRead(lost, total(700), 40_100, 40_100, 0);
  for (const [nowMs, tally] of [
    [40_000, lost],
    [40_100, back],
    [59_000, lost],
  ] as const)
    expect(judged(nowMs, [tally])).toMatchObject({ kind: 'wait', for: 'calls', doubts: ['not-watched'] });
  // Its last call was in time, and half the preset's time has passed since.
  expect(judged(60_000, [lost])).toMatchObject({ kind: 'over' });
});

test('who was silent for long before the source failed has the preset on its side', () => {
  const silent = read(busyUntil(15_000), [15_100, 39_900, 100], () => total(350));
  expect(judged(40_000, [tallyFailed(silent, 39_950)])).toMatchObject({ kind: 'over' });
});

test('a source that is back shows whether those who called before are silent now', () => {
  const before = read(emptyTally, [-20_000, 39_900, 100], (atMs) => bursts(atMs, 39_900));
  const lost = tallyFailed(before, 39_950);
  const back = (toMs: number) => read(lost, [41_000, toMs, 100], (atMs) => bursts(atMs, 39_900));
  expect(judged(41_500, [back(41_500)])).toMatchObject({ kind: 'wait', for: 'calls' });
  expect(judged(43_000, [back(43_000)])).toMatchObject({ kind: 'over' });
  const calling = read(lost, [41_000, 43_000, 100], (atMs) => bursts(atMs, 60_000));
  expect(judged(43_000, [calling])).toMatchObject({ kind: 'wait', for: 'calls' });
});

test('who called after the preset, and can be watched no longer, is not known to have let go', () => {
  const lost = tallyFailed(busyUntil(45_000), 45_100);
  expect(judged(100_000, [lost])).toMatchObject({ kind: 'wait', for: 'calls' });
  expect(judged(180_000, [lost])).toMatchObject({ kind: 'still-called' });
  const back = read(lost, [50_000, 71_000, 500], () => total(1));
  expect(judged(65_000, [read(lost, [50_000, 65_000, 500], () => total(1))]).kind).toBe('wait');
  expect(judged(71_000, [back])).toMatchObject({ kind: 'over' });
});

test('of as many callers as a command can print the rule still says something', () => {
  const callers = Array.from({ length: 150_000 }, (_, index) => index.toString(36));
  const reading = (value: number) => each(Object.fromEntries(callers.map((caller) => [caller, value])));
  const crowd = read(emptyTally, [-1000, 0, 500], (atMs) => reading(atMs + 1000));
  const consumers = callers.map((address) => ({ address }));
  expect(judged(1000, [crowd], [consumers])).toMatchObject({ kind: 'wait', for: 'silence', doubts: [] });
});

test('where one source fails that saw calls, another that sees none is no proof', () => {
  const silent = (toMs: number) =>
    read(emptyTally, [-20_000, toMs, 100], (atMs) => bursts(atMs, Math.min(atMs, 500)));
  const lost = tallyFailed(
    read(emptyTally, [-20_000, 9500, 100], (atMs) => bursts(atMs, atMs)),
    9600,
  );
  expect(judged(10_000, [silent(10_000)])).toMatchObject({ kind: 'quiet' });
  const both = (toMs: number, second: CallTally) => judged(toMs, [silent(toMs), second], [one]);
  expect(both(10_000, lost)).toMatchObject({ kind: 'wait', for: 'preset', doubts: ['not-watched'] });
  const back = (toMs: number) => read(lost, [10_000, toMs, 100], (atMs) => bursts(atMs, 9500));
  expect(both(10_500, back(10_500))).toMatchObject({ kind: 'wait', doubts: ['not-watched'] });
  expect(both(12_000, back(12_000))).toMatchObject({ kind: 'quiet' });
});
