import { homedir, hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StateDirectory } from './runner/state-directory.ts';
import { realClock } from './world/clock.ts';

/** The words that start this program again. */
const self = [process.execPath, ...process.execArgv, process.argv[1] ?? ''];

/** Decides what this process is: one of our own hidden ones, or a face. Each loads only what it needs. */
export async function start(): Promise<void> {
  const [command = '', ...words] = process.argv.slice(2);
  if (command === '__runner') return void (process.exitCode = await startRunner());
  if (command.startsWith('__')) return startHidden(command, words);
}

export function stateDirectory(env: NodeJS.ProcessEnv): StateDirectory {
  const base = env['XDG_STATE_HOME'];
  const root = base !== undefined && base.startsWith('/') ? base : join(homedir(), '.local', 'state');
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

async function startHidden(command: string, argv: readonly string[]): Promise<void> {
  const { hiddenCommands } = await import('./sandbox/hidden-commands.ts');
  const { selfSpawner } = await import('./sandbox/child.ts');
  const run = hiddenCommands.get(command);
  process.exit(
    run === undefined
      ? 2
      : await run({
          argv,
          self,
          stdin: process.stdin,
          say: (line) => process.stdout.write(`${line}\n`),
          spawnSelf: selfSpawner(self, process.env),
          onTerminate: (listener) => process.once('SIGTERM', listener),
          clock: realClock,
        }),
  );
}

export const host = hostname();
