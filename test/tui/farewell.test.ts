import { PassThrough } from 'node:stream';
import type { ReadStream } from 'node:tty';
import { expect, test } from 'vitest';
import { farewellLines } from '../../src/tui/farewell-lines.ts';
import { wordsIn } from '../../src/tui/words.ts';
import { swallowKeys } from '../../src/wiring/swallow-keys.ts';
import { until } from '../support/until.ts';

const ended = {
  kind: 'ended',
  id: '7f3a',
  isRehearsal: false,
  done: 1,
  count: 3,
  off: ['10.0.0.11:8080 orders'],
  directory: '/state/7f3a',
  isOpen: true,
} as const;

test('says where the journal is and how to carry on, but for a sandbox that is gone', () => {
  const real = farewellLines(wordsIn('en'), ended, false).join('\n');
  expect(real).toContain('nacos-rollout resume 7f3a');
  expect(real).toContain('/state/7f3a');
  const sandbox = farewellLines(wordsIn('en'), ended, true).join('\n');
  expect(sandbox).toContain('10.0.0.11:8080 orders');
  expect(sandbox).not.toMatch(/resume|\/state/);
  expect(farewellLines(wordsIn('en'), { kind: 'goes-on', id: '7f3a' }, true).join()).not.toContain('attach');
});

test('takes what is typed before the console opens without an echo, but for Ctrl-C', async () => {
  const modes: boolean[] = [];
  const setRawMode = (isRaw: boolean): number => modes.push(isRaw);
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode });
  let interrupts = 0;
  const release = swallowKeys(stdin as unknown as ReadStream, () => (interrupts += 1));
  stdin.write('jjq');
  await until(() => stdin.readableLength === 0);
  expect(interrupts).toBe(0);
  stdin.write('\x03');
  await until(() => stdin.readableLength === 0);
  expect(interrupts).toBe(1);
  release();
  expect(modes).toEqual([true, false]);
  expect(stdin.listenerCount('readable')).toBe(0);
});
