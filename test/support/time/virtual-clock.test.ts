import { expect, test } from 'vitest';
import { virtualClock } from './virtual-clock.ts';

test('sleeps end in order of their time, and at the time they asked for', async () => {
  const clock = virtualClock();
  const seen: string[] = [];
  const sleeper = async (name: string, ms: number): Promise<void> => {
    await clock.sleep(ms);
    seen.push(`${name} at ${clock.monotonic()}`);
  };
  void sleeper('late', 20);
  void sleeper('early', 10).then(() => sleeper('after early', 5));
  await clock.advance(15);
  expect(seen).toEqual(['early at 10', 'after early at 15']);
  expect(clock.pendingCount).toBe(1);
  await clock.advance(5);
  expect(seen.at(-1)).toBe('late at 20');
});

test('an aborted sleep ends at once and leaves nothing behind', async () => {
  const clock = virtualClock();
  const abort = new AbortController();
  const sleep = clock.sleep(1_000, abort.signal);
  abort.abort();
  await sleep;
  expect(clock.monotonic()).toBe(0);
  expect(clock.pendingCount).toBe(0);
});
