import { expect, test } from 'vitest';
import { measure, type Observed } from './measure.ts';

const began = 1_000_000;
const call = (second: number, more: Partial<Observed['calls'][number]> = {}): Observed['calls'][number] => ({
  at: began + second * 1_000,
  ms: 5,
  outcome: 'ok',
  pid: 10,
  servedAt: began + second * 1_000 + 2,
  ...more,
});
const observed: Observed = {
  calls: [],
  marks: [
    { port: 81, at: began + 1_000, isOn: false },
    { port: 81, at: began + 60_000, isOn: true },
  ],
  deploys: [{ port: 81, oldPid: 10, began: began + 41_000, ended: began + 48_000 }],
  began,
  ended: began + 61_000,
  floorMs: 0,
};

test('counts requests by outcome and by second, and takes times of those that were answered', () => {
  const calls = [
    ...Array.from({ length: 99 }, (_, at) => call(0.5, { ms: at + 1 })),
    call(0.7, { ms: 500 }),
    call(2, { outcome: 'status 500', ms: 9_000 }),
    call(2.9, { outcome: 'time-out', ms: 9_000 }),
  ];
  expect(measure({ ...observed, calls })).toMatchObject({
    requests: 102,
    failed: 2,
    outcomes: { ok: 100, 'status 500': 1, 'time-out': 1 },
    perSecond: [
      [100, 0],
      [0, 0],
      [2, 2],
    ],
    p50Ms: 50,
    p99Ms: 99,
    totalSeconds: 61,
  });
});

test('says what was waited beyond the last call to the old process', () => {
  const calls = [call(0.5), call(23), call(50, { pid: 11 }), call(24, { outcome: 'status 500' })];
  const [target] = measure({ ...observed, calls: calls.map(unanswered) }).targets;
  expect(target).toEqual({
    instance: '127.0.0.1:81',
    beganSeconds: 1,
    lastCallSeconds: 22,
    waitedSeconds: 40,
    beyondSeconds: 18,
    deploySeconds: 7,
    endedSeconds: 60,
  });
});

test('counts from the floor where the last call came before it, and below 0 where calls came until the end', () => {
  const beyond = (lastSecond: number, floorMs: number): number | undefined =>
    measure({ ...observed, calls: [call(lastSecond)], floorMs }).targets[0]?.beyondSeconds;
  expect(beyond(0.5, 0)).toBe(40);
  expect(beyond(3, 5_000)).toBe(35);
  expect(beyond(41.5, 5_000)).toBe(-0.5);
});

test('says nothing of a wait where nothing was disabled', () => {
  const [target] = measure({ ...observed, calls: [call(3)], marks: [] }).targets;
  expect(target).toEqual({ instance: '127.0.0.1:81', beganSeconds: 41, deploySeconds: 7, endedSeconds: 48 });
});

/** A call that failed says of no process that it answered. */
function unanswered(one: Observed['calls'][number]): Observed['calls'][number] {
  const { at, ms, outcome } = one;
  return outcome === 'ok' ? one : { at, ms, outcome };
}
