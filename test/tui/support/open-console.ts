import type { RolloutLink } from '../../../src/runner/ports/protocol.ts';
import { escapeWaitMs } from '../../../src/keyboard/terminal-input.ts';
import type { ExitSummary } from '../../../src/tui/model/exit-summary.ts';
import { openCanvas } from '../../../src/tui/paint/canvas.ts';
import { frame } from '../../../src/tui/screens/frame.ts';
import { lineText } from '../../../src/tui/draw/line.ts';
import { heedInput } from '../../../src/tui/heed-input.ts';
import { type Setting, type Size, firstModel } from '../../../src/tui/model/model.ts';
import { runEffect } from '../../../src/tui/effects/run-effects.ts';
import { type Session, join, nowOf } from '../../../src/tui/effects/session.ts';
import { newSession } from '../../../src/tui/new-session.ts';
import { type Store, createStore } from '../../../src/tui/store.ts';
import { keyboard } from '../../support/terminal/keyboard.ts';
import { until } from '../../support/time/until.ts';
import { type VirtualClock, virtualClock } from '../../support/time/virtual-clock.ts';
import { type FakePorts, fakePorts } from './fake-ports.ts';

export type Opened = {
  readonly ports: FakePorts;
  readonly clock: VirtualClock;
  readonly store: Store;
  readonly session: Session;
  readonly ends: { readonly exitCode: number; readonly exitSummary: ExitSummary }[];
  /** What went into the clipboard. */
  readonly copies: readonly string[];
  /** What stands on the screen. */
  screen(): string;
  sees(text: string | RegExp): Promise<void>;
  /** One key after the other; each has arrived before the next is pressed. */
  press(...keys: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** What the terminal sends with one read, whether it is a key or not. */
  send(bytes: string): void;
  paste(text: string): Promise<void>;
  resize(columns: number, rows: number): void;
  /** Follows a rollout, as starting or attaching does. */
  join(link: RolloutLink, mayDecide: boolean): void;
  /** Lets a second pass, with its tick. */
  second(): Promise<void>;
};

const bytes: Readonly<Record<string, string>> = {
  enter: '\r',
  esc: '\x1b',
  up: '\x1b[A',
  down: '\x1b[B',
  tab: '\t',
  'shift-tab': '\x1b[Z',
  space: ' ',
  backspace: '\x7f',
  'ctrl-c': '\x03',
  'page-up': '\x1b[5~',
  'page-down': '\x1b[6~',
  end: '\x1b[F',
};

export type OpenOptions = Partial<Setting> & {
  readonly size?: Size;
  readonly prepare?: (ports: FakePorts, clock: VirtualClock) => void;
};

/** The console over fake ports and a clock that stands still. */
export function openConsole({ size, prepare, ...change }: OpenOptions = {}): Opened {
  const clock = virtualClock();
  const ports = fakePorts(clock);
  prepare?.(ports, clock);
  const setting = { language: 'en', isUtf8: true, hasColor: false, isSandbox: false, ...change } as const;
  const ends: Opened['ends'] = [];
  const copies: string[] = [];
  const session = newSession(ports, setting.language, {
    dispatch: (message) => store.dispatch(message),
    exit: (exitCode, exitSummary) => void ends.push({ exitCode, exitSummary }),
    copy: (text) => void copies.push(text),
  });
  const first = firstModel(setting, size ?? { columns: 80, rows: 24 }, nowOf(session), {
    name: 'profiles',
    cursor: 0,
  });
  const store = createStore(first, (effect) => void runEffect(session, effect));
  let pressed = 0;
  store.subscribe(() => (pressed += 1));
  const canvas = openCanvas(
    { write: (bytes) => bytes },
    {
      hasColor: setting.hasColor,
      theme: 'terminal',
      depth: 4,
    },
  );
  canvas.open();
  store.subscribe(() => canvas.draw(frame(store.model()), store.model().size.columns));
  const keys = keyboard(clock);
  heedInput(keys.input, { store, clock, suspension: undefined });
  keys.input.take();
  const screen = (): string => frame(store.model()).map(lineText).join('\n');
  const send = async (data: string): Promise<void> => {
    const before = pressed;
    keys.send(data);
    // Nothing follows it, so it is the key.
    if (data === bytes['esc']) await clock.advance(escapeWaitMs);
    await until(() => pressed > before, 1);
    await clock.advance(0);
  };
  store.dispatch({ type: 'began' });
  return {
    ports,
    clock,
    store,
    session,
    ends,
    copies,
    screen,
    sees: (text) =>
      until(() => (typeof text === 'string' ? screen().includes(text) : text.test(screen())), 1),
    press: async (...keys) => {
      for (const key of keys) await send(bytes[key] ?? key);
    },
    type: async (text) => {
      for (const character of text) await send(character);
    },
    send: (data) => keys.send(data),
    paste: (text) => send(`\x1b[200~${text}\x1b[201~`),
    resize: (columns, rows) => store.dispatch({ type: 'resized', size: { columns, rows } }),
    join: (link, mayDecide) => join(session, { ok: true, link }, { mayDecide, firstOrder: undefined }),
    second: async () => {
      await clock.advance(1000);
      store.dispatch({ type: 'ticked', now: nowOf(session) });
      await clock.advance(0);
    },
  };
}
