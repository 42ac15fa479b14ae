import { Console } from 'node:console';
import { EventEmitter } from 'node:events';
import type { ReadStream, WriteStream } from 'node:tty';
import { expect, test } from 'vitest';
import { type ConsoleOptions, startConsole } from '../../src/tui/start-console.tsx';
import { until } from '../support/until.ts';
import { virtualClock } from '../support/virtual-clock.ts';
import { fakePorts, profileEntry } from './support/fake-ports.ts';

// Vitest's console has no constructor, which Ink needs to take its methods over.
Object.assign(console, { Console });

/** A terminal as far as Ink looks at one. */
class FakeTerminal extends EventEmitter {
  readonly isTTY = true;
  readonly columns = 80;
  readonly rows = 24;
  written = '';
  isRaw = false;
  input: string[] = [];
  write(text: string, ...rest: readonly unknown[]): boolean {
    this.written += text;
    for (const each of rest) if (typeof each === 'function') each();
    return true;
  }
  setRawMode(isRaw: boolean): this {
    this.isRaw = isRaw;
    return this;
  }
  setEncoding(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  resume(): this {
    return this;
  }
  pause(): this {
    return this;
  }
  read(): string | null {
    return this.input.shift() ?? null;
  }
  press(key: string): void {
    this.input.push(key);
    this.emit('readable');
  }
}

function open(change: Partial<ConsoleOptions> = {}): {
  stdin: FakeTerminal;
  stdout: FakeTerminal;
  clock: ReturnType<typeof virtualClock>;
  ended: ReturnType<typeof startConsole>;
} {
  const clock = virtualClock();
  const [stdin, stdout] = [new FakeTerminal(), new FakeTerminal()];
  const ended = startConsole({
    ports: fakePorts(clock),
    stdin: stdin as unknown as ReadStream,
    stdout: stdout as unknown as WriteStream,
    language: 'en',
    isUtf8: true,
    hasColor: false,
    isSandbox: true,
    ...change,
  });
  return { stdin, stdout, clock, ended };
}

const alternateOn = '\x1b[?1049h';
const alternateOff = '\x1b[?1049l';
const pasteOff = '\x1b[?2004l';

test('opens on the alternate screen, says sandbox, and leaves the terminal as it was', async () => {
  const { stdin, stdout, ended } = open();
  await until(() => stdout.written.includes('staging'), 1);
  expect(stdout.written).toContain(alternateOn);
  expect(stdout.written).toContain('SANDBOX');
  expect(stdin.isRaw).toBe(true);
  stdin.press('q');
  expect(await ended).toEqual({ exitCode: 0, farewell: [] });
  expect(stdout.written.lastIndexOf(alternateOff)).toBeGreaterThan(stdout.written.lastIndexOf(alternateOn));
  expect(stdout.written).toContain(pasteOff);
  expect(stdin.isRaw).toBe(false);
});

test('leaves the terminal as it was when the signal comes', async () => {
  const lost = new AbortController();
  const { stdin, stdout, ended } = open({ signal: lost.signal });
  await until(() => stdout.written.includes('staging'), 1);
  lost.abort();
  await ended;
  expect(stdout.written).toContain(alternateOff);
  expect(stdin.isRaw).toBe(false);
});

test('draws nothing while nothing changes', async () => {
  const { stdin, stdout, clock, ended } = open();
  await until(() => stdout.written.includes('staging'), 1);
  const before = stdout.written;
  await clock.advance(5000);
  expect(stdout.written).toBe(before);
  stdin.press('q');
  await ended;
});

test('asks for the password of a connection that was given on the command line', async () => {
  const { spec } = profileEntry('x', { username: 'nacos' });
  const { stdin, stdout, ended } = open({ start: { spec } });
  await until(() => stdout.written.includes('Password of nacos'), 1);
  stdin.press('\x03');
  await ended;
});
