import { expect, test } from 'vitest';
import {
  type CallReading,
  emptyTally,
  longestGapMs,
  tallyFailed,
  tallyRead,
} from '../../../src/core/drain/call-tally.ts';
import { callsBetween, keptMs } from '../../../src/core/drain/caller-tally.ts';

const total = (value: number): CallReading => ({
  unit: 'calls',
  isPerCaller: false,
  counters: [{ caller: 'all', key: '', value }],
});

type Connection = {
  readonly peer: string;
  readonly port: number;
  readonly bytes: number;
  readonly idleMs: number;
};

const connections = (...list: readonly Connection[]): CallReading => ({
  unit: 'bursts',
  isPerCaller: true,
  counters: list.map(({ peer, port, bytes, idleMs }) => ({
    caller: peer,
    key: String(port),
    value: bytes,
    idleMs,
  })),
});

const played = (readings: readonly (readonly [number, CallReading])[]) =>
  readings.reduce((tally, [atMs, reading]) => tallyRead(tally, reading, atMs), emptyTally);

test('what was counted before the first reading is no call', () => {
  expect(played([[1000, total(900)]])).toMatchObject({ sinceMs: 1000, callers: [] });
});

test('calls lie between two readings, and count by the end of the later one', () => {
  const { callers } = played([
    [0, total(10)],
    [500, total(13)],
    [1000, total(13)],
    [1500, total(14)],
  ]);
  // The pause ended between 1000 and 1500: in the middle.
  expect(callers).toMatchObject([{ caller: 'all', lastMs: 1500, longestPauseMs: 750 }]);
  const arrivals = callers[0]?.arrivals ?? [];
  expect([
    callsBetween(arrivals, 0, 500),
    callsBetween(arrivals, 500, 1500),
    callsBetween(arrivals, 1500, 9000),
  ]).toEqual([3, 1, 0]);
});

test('a connection that received is one call at least, and tells when', () => {
  const { callers } = played([
    [0, connections({ peer: '10.0.0.1', port: 1, bytes: 100, idleMs: 50 })],
    [
      500,
      connections(
        { peer: '10.0.0.1', port: 1, bytes: 900, idleMs: 120 },
        { peer: '10.0.0.1', port: 2, bytes: 80, idleMs: 300 },
        { peer: '10.0.0.2', port: 1, bytes: 0, idleMs: 10 },
      ),
    ],
  ]);
  expect(callers).toMatchObject([{ caller: '10.0.0.1', lastMs: 380, arrivals: [{ calls: 2 }] }]);
});

test('a connection may end', () => {
  const one = { peer: '10.0.0.1', port: 1, bytes: 100, idleMs: 50 };
  expect(
    played([
      [0, connections(one)],
      [500, connections()],
      [1000, connections()],
    ]),
  ).toMatchObject({ sinceMs: 0, brokenMs: undefined });
});

test.each([
  ['a counter that goes back', total(3), 1000],
  ['a counter that is gone', { ...total(0), counters: [] }, 1000],
  ['a reading that comes too late', total(12), 1000 + longestGapMs],
])('%s breaks the watch: nothing is known from before', (_name, reading, atMs) => {
  const before = played([
    [0, total(10)],
    [500, total(11)],
  ]);
  expect(tallyRead(before, reading, atMs)).toMatchObject({ sinceMs: atMs, brokenMs: atMs, callers: [] });
});

test('a reading that fails breaks it until the next one', () => {
  const failed = tallyFailed(
    played([
      [0, total(10)],
      [500, total(11)],
    ]),
    1000,
  );
  expect(failed).toMatchObject({ sinceMs: undefined, brokenMs: 1000, callers: [] });
  expect(tallyRead(failed, total(11), 1500)).toMatchObject({ sinceMs: 1500, brokenMs: 1000 });
});

test('the times to the last call, and those without any, are what a caller was watched for', () => {
  const at = (bytes: number, idleMs: number) => connections({ peer: '10.0.0.1', port: 1, bytes, idleMs });
  const { callers } = played([
    [0, at(0, 900)],
    [1000, at(10, 200)],
    [2000, at(10, 1200)],
    [3000, at(10, 2200)],
    [4500, at(20, 700)],
    // A clock that ticks late tells of an age that cannot be.
    [5000, at(30, 600)],
  ]);
  const arrivals = callers[0]?.arrivals ?? [];
  // With a tick of the system more.
  expect(arrivals.map(({ seen, exposureMs }) => [seen, exposureMs])).toEqual([
    [1, 210],
    [1, 2710],
    [1, 500],
  ]);
});

test('of several connections of one caller the one that received last tells how long ago it called', () => {
  const [one] = played([
    [0, connections({ peer: '10.0.0.1', port: 1, bytes: 1, idleMs: 0 })],
    [
      1000,
      connections(
        { peer: '10.0.0.1', port: 1, bytes: 2, idleMs: 700 },
        { peer: '10.0.0.1', port: 2, bytes: 2, idleMs: 40 },
        { peer: '10.0.0.1', port: 3, bytes: 2, idleMs: 300 },
      ),
    ],
  ]).callers;
  expect(one).toMatchObject({ lastMs: 960, arrivals: [{ calls: 3, seen: 1, exposureMs: 50 }] });
});

test('what is kept of many calls is little, and none is lost', () => {
  let tally = emptyTally;
  for (let atMs = 0; atMs <= 600_000; atMs += 100) tally = tallyRead(tally, total(atMs / 10), atMs);
  const arrivals = tally.callers[0]?.arrivals ?? [];
  expect(arrivals.length).toBeLessThan(80);
  expect(callsBetween(arrivals, 0, Infinity)).toBeGreaterThanOrEqual(keptMs / 10);
  expect(callsBetween(arrivals, 0, Infinity)).toBeLessThan((keptMs + 11_000) / 10);
  const exposureMs = arrivals.reduce((sum, one) => sum + one.exposureMs, 0);
  expect(exposureMs).toBe(callsBetween(arrivals, 0, Infinity) * 10);
  expect(tally.arrivals.length).toBeLessThan(keptMs / 100 + 2);
});

test('calls before and after the beginning of a drain stay apart, however old they are', () => {
  let tally = emptyTally;
  for (let atMs = 0; atMs <= 200_000; atMs += 100)
    tally = tallyRead(tally, total(atMs / 100), atMs, atMs, atMs > 77_300 ? 77_300 : undefined);
  const arrivals = tally.callers[0]?.arrivals ?? [];
  expect(callsBetween(arrivals, 77_300, Infinity)).toBe(1227);
});

test.each([
  // It moves at every reading: what it tells is no older than the reading before.
  ['each reading', (atMs: number) => atMs, 500, 1000],
  ['every three seconds', (atMs: number) => Math.floor(atMs / 3000) * 3000, 3000, 3500],
])('how far a counter lags behind is known from how it moves: %s', (_name, value, least, most) => {
  let tally = emptyTally;
  for (let atMs = 0; atMs <= 20_000; atMs += 500) tally = tallyRead(tally, total(value(atMs)), atMs);
  expect(tally.lag.mostMs).toBeGreaterThanOrEqual(least);
  expect(tally.lag.mostMs).toBeLessThanOrEqual(most);
});

test('an answer that takes long tells of no silence after it was asked for, and may hold calls until its end', () => {
  const first = tallyRead(emptyTally, total(1), 1000, 1000);
  const second = tallyRead(first, total(5), 3200, 1250);
  expect(second.readMs).toBe(1250);
  expect(second.callers).toMatchObject([
    { lastMs: 3200, arrivals: [{ fromMs: 1000, toMs: 3200, calls: 4 }] },
  ]);
  const third = tallyRead(second, total(5), 5400, 3450);
  expect(third.readMs).toBe(3450);
});

test('what was told before it broke is kept beside what counts, together for a caller', () => {
  const broken = tallyFailed(
    played([
      [0, total(0)],
      [1000, total(3)],
    ]),
    2000,
  );
  expect(broken).toMatchObject({ callers: [], earlier: [{ caller: 'all', lastMs: 1000 }] });
  const again = [
    [3000, total(5)],
    [4000, total(7)],
    [5000, total(1)],
  ] as const;
  const gone = again.reduce((tally, [atMs, reading]) => tallyRead(tally, reading, atMs), broken);
  expect(gone.callers).toEqual([]);
  expect(gone.earlier).toMatchObject([
    {
      caller: 'all',
      lastMs: 4000,
      arrivals: [
        { toMs: 1000, calls: 3 },
        { toMs: 4000, calls: 2 },
      ],
    },
  ]);
  expect(tallyFailed(gone, keptMs + 2000).earlier).toMatchObject([{ arrivals: [{ toMs: 4000 }] }]);
  expect(tallyRead(gone, total(1), keptMs + 5000).earlier).toEqual([]);
});
