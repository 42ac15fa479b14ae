import { expect, test } from 'vitest';
import type { CallBook } from '../../../src/runner/context/call-book.ts';
import { readCalls } from '../../../src/runner/context/read-calls.ts';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';

const watch = {
  evidence: [{ kind: 'connections' as const }],
  floorMs: 1000,
  ceilingMs: 60_000,
  certainty: 0.999,
};

function watched() {
  const { place } = plainPlace(plainScenario(1));
  const [target] = plainScenario(1).plan.targets;
  if (target === undefined) throw new Error('there is no target');
  const read: number[] = [];
  const world = {
    ...place.world,
    evidence: async () => {
      read.push(place.clock.monotonic());
      return { kind: 'failed', why: { kind: 'not-run' } } as const;
    },
  };
  const book: CallBook = new Map();
  const stop = new AbortController();
  const drained = { ...target, drain: { ms: 5000, watch } };
  readCalls(world, book, drained, () => place.views.nodes, stop.signal);
  return { place, book, read, stop, name: target.name };
}

test('our own sockets are looked at five times a second, and ten times while the target drains', async () => {
  const { place, book, read, name } = watched();
  await place.clock.advance(1000);
  expect(read.length).toBe(6);
  const one = book.get(name);
  if (one === undefined) throw new Error('it is not in the book');
  one.drain = { beganMs: 0, atMs: 0, verdict: { kind: 'over', callers: [], doubts: [] } };
  await place.clock.advance(1000);
  expect(read.length).toBeGreaterThanOrEqual(15);
  expect(one.consumers).toEqual([[]]);
});

test.each(['taken out of the book', 'aborted'])('it ends when it is %s', async (how) => {
  const { place, book, read, stop, name } = watched();
  await place.clock.advance(1000);
  if (how === 'aborted') stop.abort();
  else book.delete(name);
  const before = read.length;
  await place.clock.advance(5000);
  expect(read.length).toBe(before);
});
