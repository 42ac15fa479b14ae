import { EventEmitter } from 'node:events';
import type { WriteStream } from 'node:tty';
import { expect, test } from 'vitest';
import { type ConsoleOptions, startConsole } from '../../src/tui/start-console.ts';
import { emulator } from '../support/terminal/emulator.ts';
import { type Keyboard, keyboard } from '../support/terminal/keyboard.ts';
import { until } from '../support/time/until.ts';
import { virtualClock } from '../support/time/virtual-clock.ts';
import { fakePorts, profileEntry } from './support/fake-ports.ts';

/** A screen as far as it is looked at, and what an emulator makes of it. */
class FakeScreen extends EventEmitter {
  readonly isTTY = true;
  readonly columns = 80;
  readonly rows = 24;
  written = '';
  readonly emulated = emulator(this.columns, this.rows);
  write(text: string, ...rest: readonly unknown[]): boolean {
    this.written += text;
    void this.emulated.write(text);
    for (const each of rest) if (typeof each === 'function') each();
    return true;
  }
}

function open(change: Partial<ConsoleOptions> = {}): {
  keys: Keyboard;
  stdout: FakeScreen;
  clock: ReturnType<typeof virtualClock>;
  ended: ReturnType<typeof startConsole>;
} {
  const clock = virtualClock();
  const [keys, stdout] = [keyboard(clock), new FakeScreen()];
  const ended = startConsole({
    ports: fakePorts(clock),
    input: keys.input,
    stdout: stdout as unknown as WriteStream,
    language: 'en',
    isUtf8: true,
    look: { hasColor: false, theme: 'terminal', depth: 4 },
    isSandbox: true,
    isTour: false,
    ...change,
  });
  return { keys, stdout, clock, ended };
}

/** What comes by itself is drawn in its time. */
async function drawn(
  { stdout, clock }: Pick<ReturnType<typeof open>, 'stdout' | 'clock'>,
  text: string,
): Promise<void> {
  await until(async () => {
    await clock.advance(10);
    return stdout.emulated.screen().includes(text);
  }, 1);
}

const alternateOn = '\x1b[?1049h';
const alternateOff = '\x1b[?1049l';
const pasteOff = '\x1b[?2004l';

test('opens on the alternate screen, says sandbox, and leaves the terminal as it was', async () => {
  const { keys, stdout, clock, ended } = open();
  await drawn({ stdout, clock }, 'staging');
  expect(stdout.written).toContain(alternateOn);
  expect(stdout.written).toContain('SANDBOX');
  expect(keys.modes).toEqual([true]);
  keys.send('q');
  expect(await ended).toEqual({ exitCode: 0, exitSummary: [], isToSandbox: false });
  expect(stdout.written.lastIndexOf(alternateOff)).toBeGreaterThan(stdout.written.lastIndexOf(alternateOn));
  expect(keys.written()).toContain(pasteOff);
  expect(keys.modes).toEqual([true, false]);
});

test('leaves the terminal as it was when the signal comes', async () => {
  const lost = new AbortController();
  const { keys, stdout, clock, ended } = open({ signal: lost.signal });
  await drawn({ stdout, clock }, 'staging');
  lost.abort();
  await ended;
  expect(stdout.written).toContain(alternateOff);
  expect(keys.modes).toEqual([true, false]);
});

test('draws nothing while nothing changes', async () => {
  const { keys, stdout, clock, ended } = open();
  await drawn({ stdout, clock }, 'staging');
  const before = stdout.written;
  await clock.advance(5000);
  expect(stdout.written).toBe(before);
  keys.send('q');
  await ended;
});

test('asks for the password of a connection that was given on the command line', async () => {
  const { spec } = profileEntry('x', { username: 'nacos' });
  const { keys, stdout, clock, ended } = open({ start: { spec } });
  await drawn({ stdout, clock }, 'Password of nacos');
  keys.send('\x03');
  await ended;
});

test('a connection that fails at once ends it with the sentence and 6, and the terminal as it was', async () => {
  const ports = fakePorts(virtualClock());
  const error = { kind: 'unreachable', addresses: ['http://10.0.0.1:8848'], detail: 'ECONNREFUSED' } as const;
  Object.assign(ports, { connect: () => Promise.resolve({ ok: false, error }) });
  const { keys, stdout, ended } = open({ ports, start: { spec: profileEntry('x').spec } });
  const { exitCode, exitSummary } = await ended;
  expect(exitCode).toBe(6);
  expect(exitSummary.join()).toContain('Nacos cannot be reached at http://10.0.0.1:8848 (ECONNREFUSED)');
  expect(stdout.written).toContain(alternateOff);
  expect(keys.modes).toEqual([true, false]);
});

test('a missing secret ends it with 2', async () => {
  const ports = fakePorts(virtualClock());
  const error = { kind: 'secret', detail: 'env:NO_SUCH is not set' } as const;
  Object.assign(ports, { connect: () => Promise.resolve({ ok: false, error }) });
  const { exitCode, exitSummary } = await open({ ports, start: { spec: profileEntry('x').spec } }).ended;
  expect([exitCode, exitSummary.join()]).toEqual([2, expect.stringContaining('env:NO_SUCH')]);
});

test('ends at once where the terminal was lost before it began', async () => {
  const lost = new AbortController();
  lost.abort();
  expect(await open({ signal: lost.signal }).ended).toEqual({
    exitCode: 0,
    exitSummary: [],
    isToSandbox: false,
  });
});

test('what a library prints does not stand on the screen, and prints again once it is closed', async () => {
  const { keys, stdout, clock, ended } = open();
  await drawn({ stdout, clock }, 'staging');
  const { error } = console;
  console.error('a warning of a library');
  keys.send('q');
  await ended;
  expect(console.error).not.toBe(error);
  expect(stdout.written).not.toContain('a warning');
});

test('a window that has changed is drawn whole, whatever it held', async () => {
  const { keys, stdout, clock, ended } = open();
  await drawn({ stdout, clock }, 'staging');
  const screen = stdout.emulated.screen();
  stdout.write('\x1b[5;10Hrubbish\x1b[20;1H\x1b[41mmore of it');
  stdout.emit('resize');
  await until(() => stdout.emulated.screen() === screen, 1);
  keys.send('q');
  await ended;
});
