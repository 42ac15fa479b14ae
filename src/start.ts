import { readFile } from 'node:fs/promises';
import { homedir, hostname, networkInterfaces, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { isatty } from 'node:tty';
import packageJson from '../package.json' with { type: 'json' };
import type { CliPorts, ConsoleRequest } from './cli/cli-ports.ts';
import type { StateDirectory } from './runner/state-directory.ts';
import type { ConsoleIo } from './wiring/open-console.ts';
import type { House } from './wiring/face-ports.ts';
import { openTerminalInput } from './keyboard/terminal-input.ts';
import { suspensionOf } from './wiring/suspension.ts';
import { realClock } from './world/clock.ts';

/** The words that start this program again. */
const self = [process.execPath, ...process.execArgv, process.argv[1] ?? ''];

/** Decides what this process is: one of our own hidden ones, or a face. Each loads only what it needs. */
export async function start(): Promise<void> {
  // Whoever reads us may stop reading: then there is nobody left to talk to.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const [command = '', ...words] = process.argv.slice(2);
  if (command === '__runner') return end(await startRunner());
  if (command.startsWith('__')) return end(await startHidden(command, words));
  return end(await startFace());
}

/** What is still to be written is written first: a pipe may be slow. */
async function end(exitCode: number): Promise<void> {
  process.exitCode = exitCode;
  await Promise.all(
    [process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))),
  );
  process.exit();
}

function stateDirectory(env: NodeJS.ProcessEnv): StateDirectory {
  const base = env['XDG_STATE_HOME'];
  const root = base?.startsWith('/') ? base : join(homedir(), '.local', 'state');
  return { root: join(root, 'nacos-rollout'), temporary: tmpdir(), userId: process.getuid?.() ?? 0 };
}

async function startRunner(): Promise<number> {
  const { runnerMain } = await import('./wiring/runner-main.ts');
  // The terminal that started us may go, and take nothing with it.
  process.on('SIGHUP', () => undefined);
  return runnerMain({
    clock: realClock,
    env: process.env,
    state: stateDirectory(process.env),
    pid: process.pid,
    stdin: process.stdin,
    answer: (line) => process.stdout.write(`${line}\n`),
    onStop: (callback) => {
      process.on('SIGTERM', callback);
      process.on('SIGINT', callback);
    },
    exit: (code) => process.exit(code),
  });
}

async function startHidden(command: string, argv: readonly string[]): Promise<number> {
  const { hiddenCommands } = await import('./sandbox/hidden-commands.ts');
  const { selfSpawner } = await import('./sandbox/child.ts');
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
  });
}

async function openPorts(): Promise<CliPorts> {
  const [
    { facePorts, holderFor, probeFor },
    { openProfileStore, configDirectory },
    { toCurl },
    { realDoctor },
  ] = await Promise.all([
    import('./wiring/face-ports.ts'),
    import('./profiles/store.ts'),
    import('./nacos/curl.ts'),
    import('./wiring/doctor.ts'),
  ]);
  const house = await ownHouse();
  const ports = facePorts(house);
  const profiles = openProfileStore(configDirectory(process.env, homedir()));
  return {
    ...ports,
    profiles,
    curlOf: toCurl,
    onInterrupt,
    doctor: realDoctor({ ...house, pid: process.pid, terminalSize }),
    ownAddresses,
    holderOf: (spec, services) => holderFor(house, spec, services),
    probeFor: (spec) => probeFor(house, spec),
    readText: async (path) => {
      try {
        return { ok: true, text: await readFile(path, 'utf8') };
      } catch (error) {
        return { ok: false, detail: (error as NodeJS.ErrnoException).code ?? (error as Error).message };
      }
    },
    openConsole: async (request) => {
      const { openConsole } = await import('./wiring/open-console.ts');
      const words = await wordsFor(request);
      const { root: stateRoot } = house.state;
      const io = consoleIo();
      return openConsole({ ports, store: profiles, words, request, io, isSandbox: false, stateRoot });
    },
    openDemo: async (request) => {
      const { openDemoConsole } = await import('./wiring/open-demo-console.ts');
      const words = await wordsFor(request);
      return openDemoConsole({ house, words, request, io: consoleIo() });
    },
  };
}

/** An address that is valid on one link only is registered without the link, with its name, or with its number. */
function ownAddresses(): readonly string[] {
  return Object.entries(networkInterfaces())
    .flatMap(([name, addresses]) => (addresses ?? []).map((one) => ({ ...one, name })))
    .filter(({ internal }) => !internal)
    .flatMap(({ address, name, ...one }) => {
      const link = one.family === 'IPv6' ? one.scopeid : 0;
      return link === 0 ? [address] : [address, `${address}%${name}`, `${address}%${link}`];
    });
}

function terminalSize(): { columns: number; rows: number } | undefined {
  const { columns, rows, isTTY } = process.stdout;
  return isTTY ? { columns, rows } : undefined;
}

async function ownHouse(): Promise<House> {
  const { wordsOf } = await import('./i18n/words.ts');
  const host = hostname();
  return {
    clock: realClock,
    self,
    env: process.env,
    state: stateDirectory(process.env),
    who: `${userInfo().username}@${host}`,
    host,
    workingDirectory: process.cwd(),
    secretDetail: wordsOf('en').profiles.secretDetail,
  };
}

async function wordsFor({ language }: ConsoleRequest): Promise<import('./i18n/words.ts').Words> {
  const { wordsOf } = await import('./i18n/words.ts');
  return wordsOf(language);
}

function onInterrupt(listener: () => void): () => void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, listener);
  return () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, listener);
  };
}

function consoleIo(): ConsoleIo {
  const lost = new AbortController();
  // A lost terminal or a request to end: the console leaves the terminal as it was; the runner lives on.
  for (const signal of ['SIGHUP', 'SIGTERM', 'SIGINT', 'SIGQUIT'] as const)
    process.on(signal, () => lost.abort());
  const input = openTerminalInput(process, realClock, { hasPasteMarks: true });
  // After a crash too.
  process.on('exit', () => input.give());
  return {
    input,
    stdout: process.stdout,
    env: process.env,
    workingDirectory: process.cwd(),
    talk: (...lines) => {
      for (const line of lines) process.stdout.write(`${line}\n`);
    },
    signal: lost.signal,
    suspension: suspensionOf(process, realClock),
  };
}
