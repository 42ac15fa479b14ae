import { beforeEach, expect, test } from 'vitest';
import { cachedList, type CachedList, type Offered } from '../../src/sandbox/gateway/cached-list.ts';
import { virtualClock, type VirtualClock } from '../support/time/virtual-clock.ts';

let clock: VirtualClock;
let fetches: number[];
let answer: readonly Offered[] | undefined;
let ttlMs: number;
let list: CachedList;

const listOf = (...instances: readonly string[]): readonly Offered[] =>
  instances.map((instance) => ({ instance, weight: 1 }));

beforeEach(() => {
  clock = virtualClock();
  fetches = [];
  answer = listOf('a', 'b');
  ttlMs = 12_000;
  const fetch = async (): Promise<readonly Offered[] | undefined> => {
    fetches.push(clock.monotonic());
    const now = answer;
    await clock.sleep(40);
    return now;
  };
  list = cachedList({ fetch, clock, ttlMs: () => ttlMs });
});

/** What a call gets that is made now. */
async function call(): Promise<readonly string[]> {
  const read = list.read();
  await clock.advance(40);
  return (await read).map(({ instance }) => instance);
}

async function callAt(ms: number): Promise<readonly string[]> {
  await clock.advance(ms - clock.monotonic());
  return call();
}

test('a list serves until its time is over, counted from the fetch and not from the last call', async () => {
  expect(await callAt(1_000)).toEqual(['a', 'b']);
  answer = listOf('b');
  for (const ms of [5_000, 9_000, 12_999]) expect(await callAt(ms)).toEqual(['a', 'b']);
  expect(await callAt(13_040)).toEqual(['b']);
  expect(fetches).toEqual([1_000, 13_040]);
});

test('nothing is fetched while nobody calls: a rare caller has no list that is older', async () => {
  await callAt(0);
  answer = listOf('b');
  expect(await callAt(60_000)).toEqual(['b']);
  expect(fetches).toEqual([0, 60_000]);
});

test('calls that come while it is fetched wait for the one fetch', async () => {
  const reads = Promise.all([list.read(), list.read(), list.read()]);
  await clock.advance(40);
  expect(await reads).toEqual([answer, answer, answer]);
  expect(fetches).toEqual([0]);
});

test('an empty list is not kept', async () => {
  answer = [];
  expect(await callAt(0)).toEqual([]);
  answer = listOf('a');
  expect(await callAt(100)).toEqual(['a']);
});

test('the old list serves where a fetch fails, and the next call tries again', async () => {
  await callAt(0);
  answer = undefined;
  expect(await callAt(12_000)).toEqual(['a', 'b']);
  answer = listOf('b');
  expect(await callAt(12_100)).toEqual(['b']);
});

test('its time may be changed, and none keeps nothing', async () => {
  await callAt(0);
  ttlMs = 60_000;
  await callAt(50_000);
  expect(fetches).toEqual([0]);
  ttlMs = 0;
  await callAt(50_100);
  await callAt(50_200);
  expect(fetches).toEqual([0, 50_100, 50_200]);
});
