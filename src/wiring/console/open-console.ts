import type { WriteStream } from 'node:tty';
import type { ColorChoice, ConsoleRequest } from '../../cli/io/command-ports.ts';
import { exitCodes } from '../../core/rollout/outcome.ts';
import type { Words } from '../../i18n/words.ts';
import { flagsFrom, resolveSpec } from '../../profiles/resolve-spec.ts';
import type { ProfileStore } from '../../profiles/store.ts';
import type { FacePorts } from '../../runner/ports/face-ports.ts';
import { startConsole } from '../../tui/start-console.tsx';
import type { TerminalInput } from '../../keyboard/terminal-input.ts';
import type { Suspension } from '../../tui/suspension.ts';
import { swallowKeys } from './swallow-keys.ts';
import { tuiPorts } from './open-console-ports.ts';

export type ConsoleIo = {
  readonly input: TerminalInput;
  readonly stdout: WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  /** Prints on the main screen, once the terminal is as it was. */
  talk(...lines: readonly string[]): void;
  readonly suspension: Suspension;
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
  readonly stateRoot: string;
};

/** The console on this terminal. With a server on the command line, or in the environment, it begins there. */
export async function openConsole(options: OpenConsole): Promise<number> {
  const { ports, store, words, request, io, isSandbox, stateRoot } = options;
  const interrupted = Promise.withResolvers<undefined>();
  const release = swallowKeys(io.input, () => interrupted.resolve(undefined));
  const begin = await Promise.race([beginning(options), interrupted.promise]);
  release();
  if (begin?.ok !== true) io.input.give();
  if (begin === undefined) return exitCodes.interrupted;
  if (!begin.ok) {
    io.talk(begin.sentence);
    return begin.exitCode;
  }
  const { exitCode, farewell } = await startConsole({
    ports: tuiPorts({ ports, store, words, workingDirectory: io.workingDirectory, stateRoot }),
    input: io.input,
    stdout: io.stdout,
    language: request.language,
    isUtf8: isUtf8(io.env),
    hasColor: hasColor(request.color, io.env),
    isSandbox,
    signal: io.signal,
    suspension: io.suspension,
    ...(begin.connected && { start: { connected: begin.connected } }),
  });
  io.talk(...farewell);
  return exitCode;
}

type Connected = Extract<Awaited<ReturnType<FacePorts['connect']>>, { ok: true }>['value'];
type Beginning =
  | { readonly ok: true; readonly connected: Connected | undefined }
  | { readonly ok: false; readonly sentence: string; readonly exitCode: number };

async function beginning({ ports, store, words, request, io }: OpenConsole): Promise<Beginning> {
  const { connection } = request;
  const fromEnv = flagsFrom(io.env);
  const isNamed = [connection, fromEnv].some(
    ({ server, profile }) => server !== undefined || profile !== undefined,
  );
  if (!isNamed) {
    const stored = store.read();
    if (!stored.ok)
      return { ok: false, sentence: words.profiles.problem(stored.problem), exitCode: exitCodes.usage };
    return { ok: true, connected: undefined };
  }
  const resolved = resolveSpec(connection, io.env, store);
  if (!resolved.ok)
    return { ok: false, sentence: words.profiles.problem(resolved.problem), exitCode: exitCodes.usage };
  const { spec } = resolved;
  // The profile screen knows how to ask for a password.
  if (spec.username !== undefined && spec.passwordFrom === undefined)
    return { ok: true, connected: undefined };
  const answer = await ports.connect(spec, undefined);
  if (answer.ok) return { ok: true, connected: answer.value };
  const { error } = answer;
  return error.kind === 'secret'
    ? { ok: false, sentence: words.failures.secret(error.detail), exitCode: exitCodes.usage }
    : { ok: false, sentence: words.failures.registryError(error), exitCode: exitCodes.unreachable };
}

/** By the locale, as the terminal's own programs decide. */
function isUtf8(env: ConsoleIo['env']): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return /utf-?8/i.test(locale);
}

function hasColor(choice: ColorChoice, env: ConsoleIo['env']): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0') return true;
  return !env['NO_COLOR'] && env['CLICOLOR'] !== '0' && env['TERM'] !== 'dumb';
}
