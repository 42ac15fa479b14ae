import type { WriteStream } from 'node:tty';
import type { ColorChoice, ConsoleRequest } from '../../cli/io/command-ports.ts';
import type { ConnectionSpec } from '../../core/registry/connection-spec.ts';
import { exitCodes } from '../../core/rollout/outcome.ts';
import type { Words } from '../../i18n/words.ts';
import { flagsFrom } from '../../profiles/connection-flags.ts';
import { resolveSpec } from '../../profiles/resolve-spec.ts';
import type { ProfileStore } from '../../profiles/store.ts';
import type { Doctor } from '../../runner/process/doctor-port.ts';
import type { FacePorts } from '../../runner/ports/face-ports.ts';
import { startConsole } from '../../tui/start-console.ts';
import type { TerminalInput } from '../../keyboard/terminal-input.ts';
import type { Suspension } from '../../tui/suspension.ts';
import type { ColorDepth } from '../../tui/draw/colors.ts';
import { ownSettings } from './own-settings.ts';
import { openConsolePorts } from './open-console-ports.ts';

export type ConsoleIo = {
  readonly input: TerminalInput;
  readonly stdout: WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  /** Prints on the main screen, once the terminal is as it was. */
  talk(...lines: readonly string[]): void;
  readonly suspension: Suspension;
  /** Each time that the window may have another size. Returns a way to stop. */
  onWindow(listener: () => void): () => void;
  /** Aborted when the terminal is lost or we are asked to end. */
  readonly signal: AbortSignal;
};

export type OpenConsole = {
  readonly ports: FacePorts;
  readonly store: ProfileStore;
  readonly words: Words;
  readonly request: ConsoleRequest;
  readonly io: ConsoleIo;
  readonly isSandbox: boolean;
  readonly doctor: Doctor;
  readonly stateRoot: string;
};

/** `isToSandbox`: it made room for one on a sandbox. */
export type ConsoleClosed = { readonly exitCode: number; readonly isToSandbox: boolean };

/** The console on this terminal. With a server on the command line, or in the environment, it begins there. */
export async function openConsole(options: OpenConsole): Promise<ConsoleClosed> {
  const { ports, store, words, request, io, isSandbox, doctor, stateRoot } = options;
  const { env, workingDirectory } = io;
  const begin = beginning(options);
  const own = ownSettings(io.env, request.theme, words);
  request.beforeDrawing();
  const obstacle = [begin, own].find((each) => !each.ok);
  if (!begin.ok || !own.ok) {
    io.input.give();
    if (obstacle?.ok === false) io.talk(obstacle.sentence);
    return { exitCode: exitCodes.usage, isToSandbox: false };
  }
  const { exitCode, exitSummary, isToSandbox } = await startConsole({
    ports: openConsolePorts({ ports, store, words, workingDirectory, stateRoot, doctor, env }),
    input: io.input,
    stdout: io.stdout,
    language: request.language,
    isUtf8: isUtf8(io.env),
    look: { hasColor: hasColor(request.color, io.env), theme: own.theme, depth: depthOf(io) },
    keys: own.keys,
    isSandbox,
    isTour: isSandbox && request.isTour,
    signal: io.signal,
    alert: own.alert,
    suspension: io.suspension,
    onWindow: (listener) => io.onWindow(listener),
    start: begin.start,
  });
  io.talk(...exitSummary);
  return { exitCode, isToSandbox };
}

type Beginning =
  | { readonly ok: true; readonly start: { readonly spec: ConnectionSpec } | undefined }
  | { readonly ok: false; readonly sentence: string };

function beginning({ store, words, request, io }: OpenConsole): Beginning {
  const { connection } = request;
  const fromEnv = flagsFrom(io.env);
  const isNamed = [connection, fromEnv].some(
    ({ server, profile }) => server !== undefined || profile !== undefined,
  );
  if (!isNamed) {
    const stored = store.read();
    return stored.ok
      ? { ok: true, start: undefined }
      : { ok: false, sentence: words.profiles.problem(stored.problem) };
  }
  const resolved = resolveSpec(connection, io.env, store);
  return resolved.ok
    ? { ok: true, start: { spec: resolved.spec } }
    : { ok: false, sentence: words.profiles.problem(resolved.problem) };
}

/** By the locale, as the terminal's own programs decide. */
function isUtf8(env: ConsoleIo['env']): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return /utf-?8/i.test(locale);
}

/** As Node reads it of the environment: sixteen colours at least. */
function depthOf({ stdout, env }: ConsoleIo): ColorDepth {
  const depth = stdout.getColorDepth({ ...env });
  return depth === 24 || depth === 8 ? depth : 4;
}

function hasColor(choice: ColorChoice, env: ConsoleIo['env']): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0') return true;
  return !env['NO_COLOR'] && env['CLICOLOR'] !== '0' && env['TERM'] !== 'dumb';
}
