import { EventEmitter } from 'node:events';
import type { ReadStream } from 'node:tty';
import { expect, test } from 'vitest';
import { farewellLines } from '../../src/tui/farewell-lines.ts';
import { wordsIn } from '../../src/tui/words.ts';
import { swallowKeys } from '../../src/wiring/swallow-keys.ts';

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

test('takes what is typed before the console opens without an echo, but for Ctrl-C', () => {
  const modes: boolean[] = [];
  const stdin = Object.assign(new EventEmitter(), {
    isTTY: true,
    setRawMode: (isRaw: boolean) => modes.push(isRaw),
    pause: () => undefined,
  });
  let interrupts = 0;
  const release = swallowKeys(stdin as unknown as ReadStream, () => (interrupts += 1));
  stdin.emit('data', Buffer.from('jjq'));
  expect(interrupts).toBe(0);
  stdin.emit('data', Buffer.from('\x03'));
  expect(interrupts).toBe(1);
  release();
  expect(modes).toEqual([true, false]);
  expect(stdin.listenerCount('data')).toBe(0);
});
