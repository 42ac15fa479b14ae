import { expect, test } from 'vitest';
import { modesOf } from '../../src/keyboard/terminal-modes.ts';
import { keyboard } from '../support/terminal/keyboard.ts';
import { virtualClock } from '../support/time/virtual-clock.ts';

test('a wheel sends arrows while the console draws, and what it did before comes back after it', () => {
  const keys = keyboard(virtualClock());
  keys.input.take();
  const taken = keys.written();
  expect(taken).toContain('\x1b[?1007s\x1b[?1007h');
  keys.input.give();
  expect(keys.written().slice(taken.length)).toContain('\x1b[?1007r');
});

test('who only reads a line leaves the wheel alone, as it scrolls back there', () => {
  const { taken, given } = modesOf(false);
  expect(taken + given).not.toContain('1007');
});
