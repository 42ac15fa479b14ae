import { expect, test } from 'vitest';
import { ServiceBook } from '../../../src/nacos/wire/service-book.ts';
import type { Answer } from '../../../src/world/registry.ts';
import type { ServiceDetail } from '../../../src/core/registry/service.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';

const id = { namespace: 'public', group: 'DEFAULT_GROUP', service: 'orders' };
const node = 'http://node-0';

function opened(clusters: readonly string[], isHeard: () => boolean) {
  const clock = virtualClock();
  const book = new ServiceBook(clock, isHeard);
  const state = { asked: 0 };
  const ask = async (): Promise<Answer<ServiceDetail>> => {
    state.asked += 1;
    return { ok: true, value: { ...id, protectThreshold: 0, selector: 'none', clusters } };
  };
  const recall = async (options = { node }): Promise<number> => {
    await book.recall(id, options, ask);
    return state.asked;
  };
  return { clock, book, recall };
}

test('clusters are asked for once a minute where consumers are told of every other one', async () => {
  const { clock, book, recall } = opened(['DEFAULT'], () => true);
  book.told(node, id, ['DEFAULT']);
  expect([await recall(), await recall()]).toEqual([1, 1]);
  await clock.advance(59_000);
  expect(await recall()).toBe(1);
  await clock.advance(1_000);
  expect(await recall()).toBe(2);
  book.told(node, id, ['DEFAULT', 'C1']);
  expect([await recall(), await recall()]).toEqual([3, 4]);
});

test('they are asked for each time where nobody tells, before the first list was told, and where there are none', async () => {
  const state = { isHeard: false };
  const { book, recall } = opened(['DEFAULT'], () => state.isHeard);
  expect([await recall(), await recall()]).toEqual([1, 2]);
  state.isHeard = true;
  expect(await recall()).toBe(3);
  book.told(node, id, []);
  expect(await recall()).toBe(3);
  const none = opened([], () => true);
  none.book.told(node, id, []);
  expect([await none.recall(), await none.recall()]).toEqual([1, 2]);
});

test('two lists that are asked for together ask once', async () => {
  const { recall } = opened(['DEFAULT'], () => false);
  expect(await Promise.all([recall(), recall()])).toEqual([1, 1]);
});
