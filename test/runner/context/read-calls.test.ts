import { expect, test } from 'vitest';
import { CallBook, judgeDrain } from '../../../src/runner/context/call-book.ts';
import type { Consumer } from '../../../src/core/drain/consumers.ts';
import { readCalls } from '../../../src/runner/context/read-calls.ts';
import type { ServiceId } from '../../../src/core/registry/service.ts';
import type { EvidenceReading } from '../../../src/world/world.ts';
import type { ReadOptions } from '../../../src/world/registry.ts';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';

const gone = { kind: 'timeout', address: '', afterMs: 100, wasSent: true } as const;

const watch = {
  evidence: [{ kind: 'connections' as const }],
  floorMs: 1000,
  ceilingMs: 60_000,
  certainty: 0.999,
};

function watched(consumers: () => readonly Consumer[] | undefined = () => [], targets = 1) {
  const { place } = plainPlace(plainScenario(1));
  const [first] = plainScenario(1).plan.targets;
  if (first === undefined) throw new Error('there is no target');
  const read: number[] = [];
  const asked: number[] = [];
  const slept = { ms: 0 };
  const told: { now: EvidenceReading } = { now: { kind: 'failed', why: { kind: 'not-run' } } };
  const world = {
    ...place.world,
    clock: { ...place.clock, wallClock: () => place.clock.wallClock() + slept.ms },
    registry: {
      ...place.world.registry,
      consumers: async (_service: ServiceId, _nodes: readonly string[], options?: ReadOptions) => {
        asked.push(place.clock.monotonic());
        await place.clock.sleep(100, options?.signal);
        if (options?.signal?.aborted === true) return { ok: false, error: gone } as const;
        return { ok: true, value: consumers() } as const;
      },
    },
    evidence: async () => {
      read.push(place.clock.monotonic());
      return told.now;
    },
  };
  const book = new CallBook();
  const all = Array.from({ length: targets }, (_, index) => {
    const stop = new AbortController();
    const name = index === 0 ? first.name : `${first.name} ${index}`;
    const drained = { ...first, name, drain: { ms: 5000, watch } };
    readCalls(world, book, drained, () => place.views.nodes, stop.signal);
    return { name, stop };
  });
  const [one] = all;
  if (one === undefined) throw new Error('nobody is watched');
  return { place, book, read, asked, slept, told, all, stop: one.stop, name: one.name };
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

test('of registrations at one address and port the connections are read once, and told of each', async () => {
  const { place } = plainPlace(plainScenario(1));
  const [target] = plainScenario(1).plan.targets;
  const [own] = target?.registrations ?? [];
  if (target === undefined || own === undefined) throw new Error('there is no target');
  const others = ['providers:a', 'providers:b'].map((service) => ({ ...own, service }));
  const registrations = [own, ...others, { ...own, service: 'apart', port: 20_880 }];
  const asked: number[] = [];
  const world = {
    ...place.world,
    evidence: async (_source: unknown, { port }: { readonly port: number }): Promise<EvidenceReading> => {
      asked.push(port);
      const counters = [{ caller: '10.9.0.1', key: '1', value: port + asked.length, idleMs: 10 }];
      return { kind: 'read', reading: { unit: 'bursts', isPerCaller: true, counters } };
    },
  };
  const book = new CallBook();
  const stop = new AbortController();
  readCalls(world, book, { ...target, registrations, drain: { ms: 5000, watch } }, () => [], stop.signal);
  await place.clock.advance(100);
  expect(asked).toEqual([8080, 20_880]);
  await place.clock.advance(1000);
  const { sources = [] } = book.get(target.name) ?? {};
  expect(sources.map(({ registration }) => registration)).toEqual([0, 1, 2, 3]);
  expect(sources.map(({ tally }) => tally.callers.length)).toEqual([1, 1, 1, 1]);
  stop.abort();
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

const consumer = (address: string): Consumer => ({ address, agent: '', app: '' });

test('who came just before the disable is known before a drain ends early', async () => {
  let list = [consumer('10.0.0.1')];
  const { place, book, name } = watched(() => list);
  await place.clock.advance(1000);
  list = [consumer('10.0.0.1'), consumer('10.0.0.2')];
  const beganMs = place.clock.monotonic();
  const judge = () =>
    judgeDrain(book, name, 1, {
      ...watch,
      nowMs: place.clock.monotonic(),
      beganMs,
      presetMs: 40_000,
    });
  judge();
  expect(book.get(name)?.consumersMs).toBeLessThan(beganMs);
  await place.clock.advance(500);
  judge();
  expect(book.get(name)?.consumers).toEqual([[{ address: '10.0.0.1' }, { address: '10.0.0.2' }]]);
  expect(book.get(name)?.consumersMs).toBeGreaterThanOrEqual(beganMs);
});

test('who left the list of consumers while we watched still counts; where the list is closed nobody is known', async () => {
  const both = [consumer('10.0.0.1'), consumer('10.0.0.2'), consumer('10.0.0.2')];
  let list: readonly Consumer[] | undefined = both;
  const { place, book, name } = watched(() => list);
  await place.clock.advance(1000);
  list = [consumer('10.0.0.1'), consumer('10.0.0.1')];
  await place.clock.advance(10_000);
  const [found] = book.get(name)?.consumers ?? [];
  expect(found?.map(({ address }) => address)).toEqual(['10.0.0.1', '10.0.0.1', '10.0.0.2', '10.0.0.2']);
  list = undefined;
  await place.clock.advance(10_000);
  expect(book.get(name)?.consumers).toEqual([undefined]);
});

test.each(['2001:DB8:0:0:0:0:0:9', '[2001:db8::9]:0', '2001:db8::9%eth0'])(
  'a consumer is known by its address, however %s is written',
  async (spelled) => {
    const { place, book, name } = watched(() => [consumer(spelled)]);
    await place.clock.advance(500);
    expect(book.get(name)?.consumers).toEqual([[{ address: '2001:db8::9' }]]);
  },
);

test('twenty targets of one service are one question to Nacos', async () => {
  const { place, book, asked, all } = watched(() => [consumer('10.0.0.1')], 20);
  await place.clock.advance(35_000);
  expect(asked).toHaveLength(4);
  for (const { name } of all) expect(book.get(name)?.consumers).toEqual([[{ address: '10.0.0.1' }]]);
});

test('where who asked for all is gone before the answer, the others ask anew', async () => {
  const { place, book, asked, all } = watched(() => [consumer('10.0.0.1')], 3);
  await place.clock.advance(50);
  all[0]?.stop.abort();
  await place.clock.advance(500);
  expect(asked).toHaveLength(2);
  for (const { name } of all.slice(1)) expect(book.get(name)?.consumers).toEqual([[{ address: '10.0.0.1' }]]);
});

const total = (value: number): EvidenceReading => ({
  kind: 'read',
  reading: { unit: 'calls', isPerCaller: false, counters: [{ caller: 'all', key: '', value }] },
});

test('since a reading failed nothing is known, until one succeeds', async () => {
  const { place, book, told, name } = watched();
  const tally = () => book.get(name)?.sources[0]?.tally;
  told.now = total(7);
  await place.clock.advance(1000);
  expect(tally()?.sinceMs).toBeLessThan(1000);
  told.now = { kind: 'failed', why: { kind: 'not-run' } };
  await place.clock.advance(1000);
  expect(tally()).toMatchObject({ sinceMs: undefined, readMs: undefined });
  expect(tally()?.brokenMs).toBeGreaterThan(1000);
  told.now = total(7);
  await place.clock.advance(1000);
  expect(tally()?.sinceMs).toBeGreaterThan(2000);
});

test.each([
  ['longer than a moment', 3_600_000, []],
  ['not at all', 20, [{ caller: 'all' }]],
])('calls of the time in which the machine slept prove nothing: %s', async (_name, ms, callers) => {
  const { place, book, slept, told, name } = watched();
  const tally = () => book.get(name)?.sources[0]?.tally;
  told.now = total(7);
  await place.clock.advance(1000);
  told.now = total(90_000);
  slept.ms = ms;
  await place.clock.advance(1000);
  expect(tally()?.callers).toMatchObject(callers);
  expect(tally()?.callers).toHaveLength(callers.length);
  if (ms > 1000) expect(tally()?.sinceMs).toBeGreaterThan(1000);
});
