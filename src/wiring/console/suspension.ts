import type { Suspension } from '../../tui/suspension.ts';
import type { Clock } from '../../world/clock.ts';

/** What of a process its signals go through. */
export type SignalledProcess = {
  readonly pid: number;
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  off(signal: NodeJS.Signals, listener: () => void): unknown;
  kill(pid: number, signal: NodeJS.Signals): unknown;
};

/**
 * How long is listened whether we are continued already, before we stop. Whoever types `fg` at once does it within this;
 * whoever takes longer finds us stopped.
 */
const hearMs = 100;

/**
 * By job control. The shell may continue us before we have stopped: it waits only for who it started, such as npx, and
 * we first give the terminal back. Stopping after that would leave nobody who continues us.
 */
export function suspensionOf(self: SignalledProcess, clock: Clock): Suspension {
  let continued = Promise.withResolvers<undefined>();
  let isContinued = false;
  self.on('SIGCONT', () => {
    isContinued = true;
    continued.resolve(undefined);
  });
  return {
    onAsked: (listener) => {
      const asked = (): void => {
        isContinued = false;
        continued = Promise.withResolvers<undefined>();
        listener();
      };
      self.on('SIGTSTP', asked);
      return () => self.off('SIGTSTP', asked);
    },
    ask: () => self.kill(0, 'SIGTSTP'),
    stop: async () => {
      await clock.sleep(hearMs);
      // On a busy machine a timer is heard before a signal that came earlier: that one is heard in the next turn.
      await clock.sleep(0);
      if (isContinued) return;
      self.kill(self.pid, 'SIGSTOP');
      await continued.promise;
      // Who had the terminal meanwhile was told of its size, and we were not.
      self.kill(self.pid, 'SIGWINCH');
    },
  };
}
