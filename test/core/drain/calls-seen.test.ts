import { expect, test } from 'vitest';
import { callsSeen } from '../../../src/core/drain/calls-seen.ts';
import type { CallerView } from '../../../src/core/drain/drain-verdict.ts';

const view = (index: number): CallerView => ({
  source: 'connections',
  registration: 0,
  caller: `10.0.0.${index}`,
  perSecond: 1,
  callsSince: 1,
  lastMs: index,
  silentMs: 0,
  neededMs: undefined,
});

test('of many callers those are told of who called last, and how many more there were', () => {
  const callers = Array.from({ length: 120 }, (_, index) => view(index));
  const seen = callsSeen({ callers, doubts: [] }, [], 0, 5000);
  expect(seen.callers.map(({ lastMs }) => lastMs)).toEqual(
    Array.from({ length: 50 }, (_, index) => 119 - index),
  );
  expect(seen.otherCallers).toBe(70);
  expect(callsSeen({ callers: [view(1)], doubts: [] }, [], 0, 5000).otherCallers).toBeUndefined();
});
