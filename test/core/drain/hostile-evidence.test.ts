import { expect, test } from 'vitest';
import {
  type CallReading,
  type CallTally,
  emptyTally,
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
