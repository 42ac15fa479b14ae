import { expect, test } from 'vitest';
import { drainOver, drainProblem, partsOf } from '../../../src/core/plan/drain-settings.ts';
import { type FileDrain } from '../../../src/core/plan/drain-file.ts';

test.each<[FileDrain | undefined, FileDrain, FileDrain | undefined]>([
  [undefined, {}, undefined],
  [undefined, { time: '10s' }, { time: '10s' }],
  [{ floor: '10s' }, {}, { time: '10s' }],
  [{ floor: '10s' }, { consumers: 'grpc' }, { consumers: 'grpc' }],
  // What was all that was waited becomes the longest, and no floor.
  [{ floor: '10s' }, { evidence: 'connections' }, { time: '10s', evidence: 'connections' }],
  [
    { evidence: 'connections', floor: '3s' },
    { time: '20s' },
    { time: '20s', floor: '3s', evidence: 'connections' },
  ],
  [
    { consumers: 'grpc', evidence: 'connections' },
    { floor: '2s' },
    { consumers: 'grpc', floor: '2s', evidence: 'connections' },
  ],
  [{ consumers: 'grpc', evidence: 'connections', floor: '2s' }, { evidence: 'none' }, { consumers: 'grpc' }],
  [{ evidence: 'connections' }, { evidence: 'none' }, { consumers: 'spring-cloud' }],
  [{ evidence: 'connections' }, { evidence: 'none', time: '9s' }, { time: '9s' }],
])('over %j flags that say %j make %j', (below, above, expected) => {
  expect(drainOver(below, above)).toEqual(expected);
});

test.each<[FileDrain | undefined, FileDrain]>([
  [undefined, { floor: '2s' }],
  [{ floor: '10s' }, { floor: '2s' }],
  [{ consumers: 'grpc' }, { floor: '2s' }],
  [{ evidence: 'connections' }, { evidence: 'none', floor: '2s' }],
])('over %j the floor of %j is told to need evidence, and never taken for the time', (below, above) => {
  const drain = drainOver(below, above) ?? {};
  expect(drainProblem(drain)).toEqual({ kind: 'needs-evidence', setting: 'floor' });
});

test('parts that were put together come apart again', () => {
  for (const parts of [
    { time: '10s' },
    { consumers: 'grpc' },
    { time: '9s', evidence: 'connections', floor: '1s' },
  ])
    expect(partsOf(drainOver(undefined, parts as FileDrain))).toEqual(parts);
});
