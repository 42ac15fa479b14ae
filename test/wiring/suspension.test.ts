import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { suspensionOf } from '../../src/wiring/console/suspension.ts';
import { virtualClock } from '../support/time/virtual-clock.ts';

/** Whoever continues us so soon after we were to stop is heard. */
const listenedMs = 100;

type Killed = readonly [pid: number, signal: string];

/** The suspension of a process whose signals the test sends. */
function open() {
  const clock = virtualClock();
  const signals = new EventEmitter();
  const killed: Killed[] = [];
  const self = Object.assign(signals, {
    pid: 7,
    kill: (pid: number, signal: string) => killed.push([pid, signal]),
  });
  const suspension = suspensionOf(self, clock);
  suspension.onAsked(() => undefined);
  const stop = async (): Promise<{ isOver: boolean }> => {
    const state = { isOver: false };
    void suspension.stop().then(() => (state.isOver = true));
    await clock.advance(listenedMs);
    return state;
  };
  return { clock, signals, killed, suspension, stop };
}

test('asks everybody who shares the terminal', () => {
  const { suspension, killed } = open();
  suspension.ask();
  expect(killed).toEqual([[0, 'SIGTSTP']]);
});

test('stops until it is continued', async () => {
  const { clock, signals, killed, stop } = open();
  signals.emit('SIGTSTP');
  const stopping = await stop();
  expect(killed).toEqual([[7, 'SIGSTOP']]);
  expect(stopping.isOver).toBe(false);
  signals.emit('SIGCONT');
  await clock.advance(0);
  expect(stopping.isOver).toBe(true);
  // The window may have changed meanwhile.
  expect(killed).toEqual([
    [7, 'SIGSTOP'],
    [7, 'SIGWINCH'],
  ]);
});

test('does not stop once it was continued', async () => {
  const { signals, killed, stop } = open();
  signals.emit('SIGTSTP');
  signals.emit('SIGCONT');
  expect(await stop()).toEqual({ isOver: true });
  expect(killed).toEqual([]);
});

test.each([0, 1, 50, listenedMs - 1])(
  'hears that it was continued %i ms after it gave the terminal back',
  async (afterMs) => {
    const { clock, signals, killed, suspension } = open();
    signals.emit('SIGTSTP');
    const stopped = suspension.stop();
    await clock.advance(afterMs);
    signals.emit('SIGCONT');
    await clock.advance(listenedMs);
    await stopped;
    expect(killed).toEqual([]);
  },
);

test('hears that it was continued where the process is told so after its timer', async () => {
  const { clock, signals, killed, suspension } = open();
  signals.emit('SIGTSTP');
  const stopped = suspension.stop();
  void clock.sleep(listenedMs).then(() => signals.emit('SIGCONT'));
  await clock.advance(listenedMs);
  await clock.advance(1);
  await stopped;
  expect(killed).toEqual([]);
});

test('stops when it is asked again', async () => {
  const { signals, killed, stop } = open();
  signals.emit('SIGTSTP');
  signals.emit('SIGCONT');
  signals.emit('SIGTSTP');
  await stop();
  expect(killed).toEqual([[7, 'SIGSTOP']]);
});
