import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getAsset, isSea } from 'node:sea';
import { isatty } from 'node:tty';
import packageJson from '../package.json' with { type: 'json' };
import type { CliInput, CommandPorts, ConsoleRequest } from './cli/io/command-ports.ts';
import { beforeCrashing, end, endCrashed } from './end.ts';
import { exitCodes } from './core/rollout/outcome.ts';
import { chooseLanguage } from './i18n/language.ts';
import { type Words, wordsOf } from './i18n/words.ts';
import type { ConsoleIo } from './wiring/console/open-console.ts';
import type { ProcessEnvironment } from './wiring/open-face-ports.ts';
import { openTerminalInput } from './keyboard/terminal-input.ts';
import { keepLean } from './wiring/keep-lean.ts';
import { hostName, stateDirectory, userName } from './wiring/own-place.ts';
import { suspensionOf } from './wiring/console/suspension.ts';
import { realClock } from './world/clock.ts';

/** The words that start this program again. */
const self = isSea() ? [process.execPath] : [process.execPath, ...process.execArgv, process.argv[1] ?? ''];

/** Decides what this process is: one of our own hidden ones, or a face. Each loads only what it needs. */
export async function start(): Promise<void> {
  keepLean();
  // Whoever reads us may stop reading: then there is nobody left to talk to.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  // A promise that nobody looks after ends here too.
  process.on('uncaughtException', (error) => void endCrashed(error, packageJson.version));
  try {
    await end(await startAs(process.argv.slice(2)));
  } catch (error) {
    await endCrashed(error, packageJson.version);
  }
}

function startAs([command = '', ...words]: readonly string[]): Promise<number> {
  if (command === '__runner') return startRunner();
  if (command === '__complete') return startCompletion(words);
  if (command === '__names') return startNames();
  return command.startsWith('__') ? startHidden(command, words) : startFace();
}

function ownUserId(): number {
  return process.getuid?.() ?? 0;
}

async function startRunner(): Promise<number> {
  const { runnerMain } = await import('./wiring/runner-main.ts');
  // The terminal that started us may go, and take nothing with it.
  process.on('SIGHUP', () => undefined);
  return runnerMain({
    clock: realClock,
    env: process.env,
    state: stateDirectory(process.env, ownUserId()),
    pid: process.pid,
    stdin: process.stdin,
    answer: (line) => {
      // Whoever waited for it may have left.
      process.stdout.on('error', () => undefined);
      process.stdout.write(`${line}\n`);
    },
    onStop: (callback) => {
      process.on('SIGTERM', callback);
      process.on('SIGINT', callback);
    },
    exit: (code) => process.exit(code),
  });
}

/** What a completion script asks at each tab. */
async function startCompletion(argv: readonly string[]): Promise<number> {
  const { namesAsker } = await import('./wiring/commands/ask-names.ts');
  const { completeWords } = await import('./cli/complete-words.ts');
  const language = chooseLanguage(undefined, process.env);
  const ask = namesAsker({ clock: realClock, self, env: process.env, userId: process.getuid?.(), language });
  const lines = await completeWords(await wordsOf(language), argv, ask);
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  return exitCodes.done;
}

/** Finds the names that `startCompletion` wants, and keeps them. */
async function startNames(): Promise<number> {
  const { findNames } = await import('./wiring/commands/find-names.ts');
  return findNames({
    clock: realClock,
    stdin: process.stdin,
    say: (text) => process.stdout.write(text),
    env: process.env,
    openPorts,
    exit: (code) => process.exit(code),
  });
}

async function startHidden(command: string, argv: readonly string[]): Promise<number> {
  const { hiddenCommands } = await import('./sandbox/demo/hidden-commands.ts');
  const { selfSpawner } = await import('./sandbox/demo/child.ts');
  const { PATH, HOME, TMPDIR } = process.env;
  const run = hiddenCommands.get(command);
  if (run === undefined) return 2;
  return run({
    argv,
    self,
    stdin: process.stdin,
    say: (line) => process.stdout.write(`${line}\n`),
    spawnSelf: selfSpawner(self, { PATH, HOME, TMPDIR }),
    onTerminate: (listener) => process.once('SIGTERM', listener),
    clock: realClock,
  });
}

async function startFace(): Promise<number> {
  const { runProgram } = await import('./cli/program.ts');
  return runProgram({
    argv: process.argv.slice(2),
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    isTerminal: isatty(0) && isatty(1),
    version: packageJson.version,
    openPorts,
    licences,
  });
}

/** In the program in one file, or beside it as it is packed. */
function licences(): ReturnType<CliInput['licences']> {
  if (isSea())
    return { ok: true, texts: ['LICENSE', 'THIRD-PARTY.txt'].map((name) => getAsset(name, 'utf8')) };
  const directory = dirname(realpathSync(process.argv[1] ?? '.'));
  const paths = [join(directory, '..', 'LICENSE'), join(directory, 'THIRD-PARTY.txt')];
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined) return { ok: false, missing };
  return { ok: true, texts: paths.map((path) => readFileSync(path, 'utf8')) };
}

async function openPorts(): Promise<CommandPorts> {
  const { openCommandPorts } = await import('./wiring/commands/open-command-ports.ts');
  return openCommandPorts({
    ...(await ownEnvironment()),
    terminalSize,
    onInterrupt,
    onConsole,
  });
}

function terminalSize(): { columns: number; rows: number } | undefined {
  const { columns, rows, isTTY } = process.stdout;
  return isTTY ? { columns, rows } : undefined;
}

async function ownEnvironment(): Promise<ProcessEnvironment> {
  const { words } = await import('./i18n/en/words.ts');
  const host = hostName();
  return {
    clock: realClock,
    self,
    env: process.env,
    state: stateDirectory(process.env, ownUserId()),
    who: `${userName(ownUserId())}@${host}`,
    host,
    pid: process.pid,
    // Where it is gone, whoever wants to run a command there will find that out.
    workingDirectory: workingDirectory() ?? process.env['PWD'] ?? '.',
    secretDetail: words.profiles.secretDetail,
  };
}

/** Undefined where somebody removed it under our feet. */
function workingDirectory(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** What draws the console cannot even be loaded where there is no working directory. */
async function onConsole(
  { language, beforeDrawing }: ConsoleRequest,
  open: (io: ConsoleIo, words: Words) => Promise<number>,
): Promise<number> {
  const words = await wordsOf(language);
  const directory = workingDirectory();
  if (directory === undefined) {
    beforeDrawing();
    process.stderr.write(`${words.cli.noDirectory}\n`);
    return exitCodes.usage;
  }
  const lost = new AbortController();
  const closed = Promise.withResolvers<void>();
  beforeCrashing(async () => {
    lost.abort();
    await Promise.race([closed.promise, realClock.sleep(consoleClosesWithinMs)]);
  });
  try {
    return await open(consoleIo(lost, directory), words);
  } finally {
    closed.resolve();
  }
}

const consoleClosesWithinMs = 3000;

function onInterrupt(listener: () => void): () => void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, listener);
  return () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, listener);
  };
}

function consoleIo(lost: AbortController, workingDirectory: string): ConsoleIo {
  // A lost terminal or a request to end: the console leaves the terminal as it was; the runner lives on.
  for (const signal of ['SIGHUP', 'SIGTERM', 'SIGINT', 'SIGQUIT'] as const)
    process.on(signal, () => lost.abort());
  const input = openTerminalInput(process, realClock, { isDrawing: true });
  // After a crash too.
  process.on('exit', () => input.give());
  return {
    input,
    stdout: process.stdout,
    env: process.env,
    workingDirectory,
    talk: (...lines) => {
      for (const line of lines) process.stdout.write(`${line}\n`);
    },
    signal: lost.signal,
    suspension: suspensionOf(process, realClock),
    onWindow: (listener) => {
      process.on('SIGWINCH', listener);
      return () => void process.off('SIGWINCH', listener);
    },
  };
}
