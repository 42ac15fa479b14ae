import { expect, test } from 'vitest';
import { firstModel } from '../../../src/tui/model/model.ts';
import { pacedStore } from '../../../src/tui/paced-store.ts';
import type { Store } from '../../../src/tui/store.ts';
import type { Message } from '../../../src/tui/model/message.ts';
import { bounds } from '../../bench/terminal/bounds.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';

const now = { monotonicMs: 0, wallMs: 0 };
const model = firstModel(
  { language: 'en', isUtf8: true, hasColor: false, isSandbox: false },
  { columns: 80, rows: 24 },
  now,
  { name: 'profiles', cursor: 0 },
);
const news: Message = { type: 'ticked', now };
const key: Message = { type: 'pasted', text: 'a' };

/** A store that only tells, what was told of it, and how to end it. */
function paced() {
  const clock = virtualClock();
  const listeners = new Set<(message: Message) => void>();
  const closing = new AbortController();
  const store: Store = {
    model: () => model,
    dispatch: () => undefined,
    subscribe: (listener: (message: Message) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const toldAtMs: number[] = [];
  const unsubscribe = pacedStore(store, clock, closing.signal).subscribe(() =>
    toldAtMs.push(clock.monotonic()),
  );
  const tell = (message: Message): void => {
    for (const listener of listeners) listener(message);
  };
  return { clock, toldAtMs, tell, unsubscribe, closing };
}

test('what comes by itself is drawn at once after a rest, and then at most eight times a second', async () => {
  const { clock, toldAtMs, tell } = paced();
  const beganMs = clock.monotonic();
  for (let step = 0; step < 100; step += 1) {
    tell(news);
    await clock.advance(10);
  }
  expect(toldAtMs.length).toBeLessThanOrEqual(bounds.frames.most);
  await clock.advance(1000);
  expect(toldAtMs.map((ms) => ms - beganMs)).toEqual([0, 125, 250, 375, 500, 625, 750, 875, 1000]);
});

test('what a person did is drawn at once, whatever came by itself just before', async () => {
  const { clock, toldAtMs, tell } = paced();
  const beganMs = clock.monotonic();
  tell(news);
  tell(news);
  await clock.advance(5);
  tell(key);
  expect(toldAtMs.map((ms) => ms - beganMs)).toEqual([0, 5]);
});

test('keys that are held down are drawn thirty times a second at most, and the last of them too', async () => {
  const { clock, toldAtMs, tell } = paced();
  const beganMs = clock.monotonic();
  for (let step = 0; step < 10; step += 1) {
    tell(key);
    await clock.advance(10);
  }
  await clock.advance(1000);
  expect(toldAtMs.map((ms) => ms - beganMs)).toEqual([0, 33, 66, 99]);
});

test('what is drawn for a key shows what came by itself as well', async () => {
  const { clock, toldAtMs, tell } = paced();
  const beganMs = clock.monotonic();
  tell(news);
  await clock.advance(50);
  tell(news);
  tell(key);
  await clock.advance(1000);
  expect(toldAtMs.map((ms) => ms - beganMs)).toEqual([0, 50]);
});

test('nothing is drawn once it is closed', async () => {
  const { clock, toldAtMs, tell, closing } = paced();
  tell(news);
  tell(news);
  closing.abort();
  await clock.advance(1000);
  expect(toldAtMs).toHaveLength(1);
});
