import type { Socket } from 'node:net';
import { spawn, type IPty } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { screenOf } from './emulator.ts';

const { Terminal } = xterm;

export type Keys = keyof typeof keys | (string & {});
const keys = {
  enter: '\r',
  escape: '\x1b',
  up: '\x1b[A',
  down: '\x1b[B',
  tab: '\t',
  space: ' ',
  backspace: '\x7f',
  'ctrl-c': '\x03',
  'ctrl-t': '\x14',
} as const;

/** A text of the screen, a pattern, or whatever else can tell; its `toString` says what was wished. */
export type ScreenWish = string | { test(screen: string): boolean; toString(): string };

export type TerminalOptions = {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
};

/** A program in a real pseudo-terminal, its screen kept by a terminal emulator. */
export type TerminalSession = {
  readonly pid: number;
  /** The screen as a person sees it, lines without trailing blanks. */
  screen(): string;
  /** Types keys by name, or text. */
  press(...typed: Keys[]): void;
  /** What the terminal itself would send; need not be UTF-8. */
  send(bytes: Uint8Array): void;
  resize(columns: number, rows: number): void;
  /** Resolves with the screen once it contains the text or matches; fails with the screen after the patience. */
  until(wish: ScreenWish, patienceMs?: number): Promise<string>;
  /**
   * Types keys again and again until the screen shows it: for what takes none in its first moment, or takes two that
   * come fast for one.
   */
  pressUntil(typed: Keys, wish: ScreenWish): Promise<string>;
  /** Stops reading: what the program writes stays in the kernel, as on a stalled link. */
  stopReading(): void;
  readOn(): void;
  /** Everything that was written, escape sequences included. */
  raw(): string;
  /** Each time that something was written. */
  onData(listener: (data: string) => void): void;
  readonly terminal: InstanceType<typeof Terminal>;
  /** The exit code. */
  readonly exited: Promise<number>;
  kill(signal?: string): void;
};

/** A machine may be busy: this only ends what would wait for ever. */
const patienceMax = 180_000;

/** Longer than what takes two presses for one, and short against a person's patience. */
const pressEveryMs = 700;

export function openTerminal(
  file: string,
  args: readonly string[],
  options: TerminalOptions = {},
): TerminalSession {
  const { columns = 80, rows = 24, env = {}, cwd = process.cwd() } = options;
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
  const pty: IPty = spawn(file, [...args], {
    cols: columns,
    rows,
    cwd,
    name: env['TERM'] ?? 'xterm-256color',
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', LANG: 'en_US.UTF-8', ...env },
  });
  readToTheEnd(pty);
  let raw = '';
  const watchers = new Set<() => void>();
  pty.onData((data) => {
    raw += data;
    terminal.write(data, () => {
      for (const watcher of watchers) watcher();
    });
  });
  const exited = new Promise<number>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      // The screen takes what was written later than `raw` does.
      terminal.write('', () => {
        resolve(signal ? 128 + signal : exitCode);
        for (const watcher of watchers) watcher();
      });
    });
  });
  const screen = (): string => screenOf(terminal);
  const press: TerminalSession['press'] = (...typed) => {
    for (const key of typed) pty.write(key in keys ? keys[key as keyof typeof keys] : key);
  };
  const until: TerminalSession['until'] = (wish, patienceMs = patienceMax) =>
    new Promise((resolve, reject) => {
      const isThere = (): boolean =>
        typeof wish === 'string' ? screen().includes(wish) : wish.test(screen());
      const settle = (): void => {
        if (!isThere()) return;
        clearTimeout(timer);
        watchers.delete(settle);
        resolve(screen());
      };
      const timer = setTimeout(() => {
        watchers.delete(settle);
        reject(new Error(`the screen never showed ${String(wish)} within ${patienceMs} ms:\n${screen()}`));
      }, patienceMs);
      watchers.add(settle);
      settle();
    });
  return {
    pid: pty.pid,
    screen,
    terminal,
    exited,
    raw: () => raw,
    onData: (listener) => void pty.onData(listener),
    press,
    // Its types know texts only.
    send: (bytes) => pty.write(Buffer.from(bytes) as unknown as string),
    resize: (newColumns, newRows) => {
      pty.resize(newColumns, newRows);
      terminal.resize(newColumns, newRows);
    },
    stopReading: () => pty.pause(),
    readOn: () => pty.resume(),
    kill: (signal = 'SIGKILL') => pty.kill(signal),
    until,
    pressUntil: async (typed, wish) => {
      press(typed);
      const again = setInterval(() => press(typed), pressEveryMs);
      try {
        return await until(wish);
      } finally {
        clearInterval(again);
      }
    },
  };
}

/**
 * A while after the exit node-pty lets go of what it has not read by then. Where we had no turn for as long as that, there
 * is something left: it is read in the next one.
 */
function readToTheEnd(pty: IPty): void {
  const { _socket: socket } = pty as unknown as { readonly _socket: Socket };
  const destroy = socket.destroy.bind(socket);
  socket.destroy = () => {
    setImmediate(() => setImmediate(destroy));
    return socket;
  };
}
