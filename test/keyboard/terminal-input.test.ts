import { expect, test } from 'vitest';
import { escapeWaitMs, heldAfterMs } from '../../src/keyboard/terminal-input.ts';
import { heard, keyboard } from '../support/terminal/keyboard.ts';
import { virtualClock } from '../support/time/virtual-clock.ts';

const click = '\x1b[M G(';
const reportModes = [9, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1015, 1016];

test('switches the reports of mouse and focus off when it takes the terminal, and when it gives it back', () => {
  const keys = keyboard(virtualClock());
  keys.input.take();
  const taken = keys.written();
  for (const mode of reportModes) expect(taken).toContain(`\x1b[?${mode}l`);
  expect(taken).toContain('\x1b[?2004h');
  expect(keys.modes).toEqual([true]);
  keys.input.give();
  const given = keys.written().slice(taken.length);
  for (const mode of [...reportModes, 2004]) expect(given).toContain(`\x1b[?${mode}l`);
  expect(given).not.toContain('h');
  expect(keys.modes).toEqual([true, false]);
});

test('reads only while it has the terminal, and hears again after the shell had it', () => {
  const keys = keyboard(virtualClock());
  const events = heard(keys);
  expect(keys.isFlowing()).toBe(true);
  keys.input.give();
  expect(keys.isFlowing()).toBe(false);
  keys.send('q');
  expect(events).toEqual([]);
  keys.input.take();
  expect(keys.isFlowing()).toBe(true);
  keys.send('j');
  expect(events).toEqual([{ kind: 'text', text: 'j' }]);
});

test('an Esc works within a fraction of a second', async () => {
  const clock = virtualClock();
  const keys = keyboard(clock);
  const events = heard(keys);
  keys.send('\x1b');
  await clock.advance(escapeWaitMs - 1);
  expect(events).toEqual([]);
  await clock.advance(1);
  expect(events).toEqual([{ kind: 'key', name: 'esc' }]);
  expect(escapeWaitMs).toBeLessThan(300);
});

test('a report that comes byte by byte presses nothing', async () => {
  const clock = virtualClock();
  const keys = keyboard(clock);
  const events = heard(keys);
  for (const byte of Buffer.from(click)) {
    keys.send(Uint8Array.of(byte));
    await clock.advance(escapeWaitMs - 1);
  }
  expect(events).toEqual([]);
});

test('a link that stalls after each byte makes at most an Esc of it', async () => {
  const clock = virtualClock();
  const keys = keyboard(clock);
  const events = heard(keys);
  for (const byte of Buffer.from(`${click}\x1b]11;rgb:dd/yy/GG\x1b\\\x1b[I`)) {
    keys.send(Uint8Array.of(byte));
    await clock.advance(5000);
  }
  const pressed = events.filter(({ kind }) => kind === 'key' || kind === 'text' || kind === 'paste');
  expect(pressed).toEqual([1, 2, 3].map(() => ({ kind: 'key', name: 'esc' })));
});

test.each([
  ['report', '\x1bP1$r'],
  ['paste', '\x1b[200~rm -rf'],
] as const)(
  'says that a %s does not end, and Ctrl-C ends it without pressing anything',
  async (by, begun) => {
    const clock = virtualClock();
    const keys = keyboard(clock);
    const events = heard(keys);
    keys.send(begun);
    await clock.advance(heldAfterMs);
    expect(events).toEqual([{ kind: 'held', by }]);
    keys.send('y');
    // Soon after others, or among others, it may be one of the paste.
    keys.send('\x03');
    keys.send('G\x03G');
    await clock.advance(heldAfterMs);
    expect(events).toHaveLength(1);
    keys.send('\x03');
    expect(events.slice(1)).toEqual([{ kind: 'released' }]);
    keys.send('j');
    expect(events.slice(2)).toEqual([{ kind: 'text', text: 'j' }]);
  },
);

test('says nothing of a paste that only stalls, once it has ended', async () => {
  const clock = virtualClock();
  const keys = keyboard(clock);
  const events = heard(keys);
  keys.send('\x1b[200~one ');
  await clock.advance(heldAfterMs);
  keys.send('two\x1b[201~');
  expect(events).toEqual([
    { kind: 'held', by: 'paste' },
    { kind: 'paste', text: 'one two' },
    { kind: 'released' },
  ]);
});
