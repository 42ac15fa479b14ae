import type { WriteStream } from 'node:tty';
import type { ConnectionSpec } from '../core/registry/connection-spec.ts';
import type { Language } from '../i18n/language.ts';
import type { TerminalInput } from '../keyboard/terminal-input.ts';
import { alertOn } from './alert.ts';
import { exitSummaryLines } from './screens/exit-summary-lines.ts';
import type { ExitSummary } from './model/exit-summary.ts';
import { heedInput } from './heed-input.ts';
import type { Look } from './draw/colors.ts';
import { type AlertKind, type OwnKeys, firstModel, type Size } from './model/model.ts';
import { endExamining } from './effects/examine.ts';
import { runEffect } from './effects/run-effects.ts';
import { leave, nowOf, type Session } from './effects/session.ts';
import { pacedStore } from './paced-store.ts';
import { type Canvas, openCanvas } from './paint/canvas.ts';
import { quietConsole } from './quiet-console.ts';
import { frame } from './screens/frame.ts';
import { type Store, createStore } from './store.ts';
import type { Suspension } from './suspension.ts';
import type { ConsolePorts } from './model/console-ports.ts';
import { newSession } from './new-session.ts';

export type ConsoleOptions = {
  readonly ports: ConsolePorts;
  /** Taken until the console is closed. */
  readonly input: TerminalInput;
  readonly stdout: WriteStream;
  readonly language: Language;
  readonly isUtf8: boolean;
  readonly look: Look;
  /** Keys that a person has set; they are right. */
  readonly keys?: OwnKeys | undefined;
  /** The built-in demo: said on every screen. */
  readonly isSandbox: boolean;
  /** Begins with the tour of its keys. */
  readonly isTour: boolean;
  /** Connects first, and asks for the password where no reference gives it; the profiles unless given. */
  readonly start?: { readonly spec: ConnectionSpec } | undefined;
  /** Tells each time that the window may have another size; without it, whoever `stdout` is does. */
  readonly onWindow?: ((listener: () => void) => () => void) | undefined;
  /** How it makes room for the shell (Ctrl-Z); absent where it cannot. */
  readonly suspension?: Suspension | undefined;
  /** How it calls for a decision; absent: it does not. */
  readonly alert?: AlertKind | undefined;
  /** Ends it from outside, as a lost terminal does. */
  readonly signal?: AbortSignal;
};

export type ConsoleEnd = {
  readonly exitCode: number;
  /** For the main screen, once the terminal is as it was. */
  readonly exitSummary: readonly string[];
  /** Whoever closed it wants a console on a sandbox now. */
  readonly isToSandbox: boolean;
};

/** Opens the console on the alternate screen; resolves when it is closed and the terminal is as it was found. */
export async function startConsole(options: ConsoleOptions): Promise<ConsoleEnd> {
  const { ports, input, stdout } = options;
  const { ended, exit } = ending();
  const session = newSession(ports, options.language, {
    exit,
    dispatch: (message) => store.dispatch(message),
    copy: (text) => void stdout.write(clipboardSequence(text)),
  });
  const { language, isUtf8, look, keys, isSandbox, alert } = options;
  const setting = { language, isUtf8, hasColor: look.hasColor, keys, isSandbox, alert };
  const first = firstModel(setting, sizeOf(stdout), nowOf(session), { name: 'profiles', cursor: 0 });
  const store = createStore(
    options.isTour ? { ...first, tour: { before: undefined } } : first,
    (effect) => void runEffect(session, effect),
  );
  const closing = new AbortController();
  const canvas = openCanvas(stdout, options.look);
  const drawn = pacedStore(store, ports.clock, closing.signal);
  const resized = (): void => {
    canvas.forget();
    store.dispatch({ type: 'resized', size: sizeOf(stdout) });
  };
  const unlisten = (options.onWindow ?? resizesOf(stdout))(resized);
  const unfollow = ports.demo?.follow((stats) => store.dispatch({ type: 'gateway-seen', stats }));
  const lost = (): void => exit(0, { kind: 'nothing' });
  options.signal?.addEventListener('abort', lost, { once: true });
  if (options.signal?.aborted === true) lost();
  const { suspension } = options;
  const unasked = suspension?.onAsked(() => void givenAway({ suspension, input, canvas, resized }));
  input.take();
  const unheed = heedInput(input, { store, clock: ports.clock, suspension });
  const loud = quietConsole();
  const unalert =
    alert &&
    alertOn(store, alert, {
      say: (what) => session.words.notices.decisionWanted(what),
      write: (bytes) => void stdout.write(bytes),
    });
  canvas.open();
  drawOn(canvas, drawn);
  try {
    begin(session, options);
    void tick(session, closing.signal);
    const { exitCode, exitSummary } = await ended;
    const isToSandbox = exitSummary.kind === 'to-sandbox';
    const said = exitSummaryLines(session.words, exitSummary, options.isSandbox);
    return { exitCode, exitSummary: said, isToSandbox };
  } finally {
    closing.abort();
    unfollow?.();
    unlisten();
    unasked?.();
    unalert?.();
    canvas.close();
    loud();
    unheed();
    input.give();
    leave(session);
    session.untry();
    await endExamining(session);
    const { connected } = session;
    // Whoever still waits asks nothing more.
    session.connected = undefined;
    await connected?.registry.close();
  }
}

/** The first frame, and then each time that there is something new. */
function drawOn(canvas: Canvas, store: Store): void {
  const draw = (): void => {
    const model = store.model();
    canvas.draw(frame(model), model.size.columns);
  };
  store.subscribe(draw);
  draw();
}

function resizesOf(stdout: WriteStream): (listener: () => void) => () => void {
  return (listener) => {
    stdout.on('resize', listener);
    return () => stdout.off('resize', listener);
  };
}

/** The shell wants the terminal as it was, whatever another program makes of it until we come back. */
async function givenAway({
  suspension,
  input,
  canvas,
  resized,
}: {
  readonly suspension: Suspension;
  readonly input: TerminalInput;
  readonly canvas: Canvas;
  readonly resized: () => void;
}): Promise<void> {
  canvas.close();
  input.give();
  await suspension.stop();
  input.take();
  canvas.open();
  resized();
}

type End = { readonly exitCode: number; readonly exitSummary: ExitSummary };

function ending(): { ended: Promise<End>; exit: (exitCode: number, exitSummary: ExitSummary) => void } {
  const { promise, resolve } = Promise.withResolvers<End>();
  return { ended: promise, exit: (exitCode, exitSummary) => resolve({ exitCode, exitSummary }) };
}

/** OSC 52: the terminal keeps it, also at the other end of an SSH connection. */
function clipboardSequence(text: string): string {
  return `\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`;
}

/** A rollout that runs or stands still comes before everything. */
function begin(session: Session, { start }: ConsoleOptions): void {
  session.dispatch({ type: 'began' });
  if (start === undefined) return;
  session.dispatch({ type: 'connection-given', spec: start.spec, now: nowOf(session) });
}

function sizeOf(stdout: WriteStream): Size {
  return { columns: stdout.columns || 80, rows: stdout.rows || 24 };
}

/** Once a second, for whatever counts on the screen. */
async function tick(session: Session, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await session.ports.clock.sleep(1000, signal);
    if (!signal.aborted) session.dispatch({ type: 'ticked', now: nowOf(session) });
  }
}
