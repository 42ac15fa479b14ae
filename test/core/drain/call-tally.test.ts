import { expect, test } from 'vitest';
import {
  type CallReading,
  callsBetween,
  emptyTally,
  longestGapMs,
  tallyFailed,
  tallyRead,
  tallySince,
} from '../../../src/core/drain/call-tally.ts';

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
  expect(callers).toMatchObject([{ caller: 'all', lastMs: 1500, longestPauseMs: 1000 }]);
  const [all] = callers;
  expect(
    all && [callsBetween(all, 0, 500), callsBetween(all, 500, 1500), callsBetween(all, 1500, 9000)],
  ).toEqual([3, 1, 0]);
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

test('old arrivals are forgotten, who called last is not', () => {
  const tally = played([
    [0, total(0)],
    [500, total(1)],
    [1000, total(2)],
    [1500, total(2)],
  ]);
  expect(tallySince(tally, 900).callers).toMatchObject([{ lastMs: 1000, arrivals: [{ toMs: 1000 }] }]);
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
  expect(tallySince(gone, 2000).earlier).toMatchObject([{ arrivals: [{ toMs: 4000 }] }]);
});
