import { type ChildProcess, spawn } from 'node:child_process';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { CommandResult } from '../core/event/failure.ts';
import { type Fitted, fitStart, obstacleText } from '../core/command/fit-start.ts';
import type { Clock } from './clock.ts';
import { type ProcessMark, isAlive, markFromStat } from './process-mark.ts';
import { readStartLimits } from './start-limits.ts';
import type { CommandOrder, Commands } from './world.ts';
import { makeDirectory } from './make-directory.ts';

/**
 * Runs the command's words ($1 …) for the directory $0. Making `claim` is the one thing that only one can do: the
 * wrapper, which then runs the command, or a recovering runner, which then knows that it never will. Asked to end, it
 * waits for the command, which was asked too, and may tidy up.
 */
const wrapper = `
mkdir "$0/claim" 2>/dev/null || exit 0
trap : TERM
{ cat "/proc/$$/stat" 2>/dev/null || echo $$; } >"$0/began.new" && mv "$0/began.new" "$0/began"
"$@"
code=$?
echo $code >"$0/ended.new" && mv "$0/ended.new" "$0/ended"
exit $code
`;

const pollMs = 200;
/** Between asking a group to end and ending it. */
const graceMs = 10_000;

/** Real processes, each in a session of its own: they outlive a killed runner and a closed terminal. */
export function realCommands(clock: Clock, environment: Readonly<Record<string, string>>): Commands {
  return {
    obstacle: (order) => {
      const fitted = fitOrder(order, environment);
      return fitted.ok ? directoryObstacle(order.workingDirectory) : obstacleText(fitted.obstacle);
    },
    run: async (order, signal) => {
      const started = await startOrSay(order, environment);
      return started.ok
        ? watch(clock, order, started.pid, started.exited, signal)
        : { kind: 'not-started', detail: started.detail };
    },
    recover: async (order, signal) => {
      if (claim(order.directory)) return { kind: 'never-began' };
      const mark = await readMark(clock, order.directory, signal);
      if (mark === undefined) return { kind: 'lost' };
      return watch(clock, order, mark.pid, () => !isAlive(mark), signal);
    },
    ranMs: ({ directory }) => {
      const began = writtenMs(join(directory, 'began'));
      const ended = writtenMs(join(directory, 'ended'));
      return began === undefined || ended === undefined ? undefined : ended - began;
    },
  };
}

type Started =
  | { readonly ok: true; readonly pid: number; readonly exited: () => boolean }
  | { readonly ok: false; readonly detail: string };

/** Whatever the disk or the system has against it is a word about this command, and no end of ours. */
async function startOrSay(
  order: CommandOrder,
  environment: Readonly<Record<string, string>>,
): Promise<Started> {
  try {
    return await start(order, environment);
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

async function start(order: CommandOrder, own: Readonly<Record<string, string>>): Promise<Started> {
  const { directory, workingDirectory: cwd } = order;
  const [program, ...words] = wordsOf(order);
  const fitted = fitOrder(order, own);
  if (!fitted.ok) return { ok: false, detail: obstacleText(fitted.obstacle) };
  makeDirectory(directory);
  for (const { path, text } of fitted.files) writeFileSync(path, text, { mode: 0o600 });
  const output = openSync(join(directory, 'output.log'), 'a', 0o600);
  try {
    const env = fitted.environment;
    const child = spawn(program, words, { cwd, env, stdio: ['ignore', output, output], detached: true });
    return await following(child, cwd);
  } finally {
    closeSync(output);
  }
}

/** What the order comes to on this system. */
export function fitOrder(
  order: Omit<CommandOrder, 'workingDirectory'>,
  own: Readonly<Record<string, string>>,
): Fitted {
  const { directory, environment: told } = order;
  return fitStart({ words: wordsOf(order), own, told, directory }, readStartLimits());
}

/** Why nothing can be started there, in the words of the system. */
export function directoryObstacle(path: string): string | undefined {
  try {
    if (!statSync(path).isDirectory()) return `ENOTDIR: ${path}`;
    accessSync(path, constants.X_OK);
    // Whatever runs, a shell of ours runs it.
    accessSync('/bin/sh', constants.X_OK);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** What is really started for a command. */
function wordsOf({ command, directory }: Pick<CommandOrder, 'command' | 'directory'>): Words {
  const words = 'run' in command ? ['/bin/sh', '-c', command.run] : command.argv;
  return ['/bin/sh', '-c', wrapper, directory, ...words];
}

type Words = readonly [program: string, ...words: string[]];

async function following(child: ChildProcess, cwd: string): Promise<Started> {
  let isOver = child.pid === undefined;
  child.once('exit', () => {
    isOver = true;
  });
  const failed = new Promise<NodeJS.ErrnoException>((resolve) => {
    child.once('error', (error) => {
      isOver = true;
      resolve(error);
    });
  });
  child.unref();
  if (child.pid !== undefined) return { ok: true, pid: child.pid, exited: () => isOver };
  const { code, message } = await failed;
  return { ok: false, detail: code === 'ENOENT' ? `ENOENT: ${cwd} or /bin/sh is missing` : message };
}

/** Waits for the outcome file, the time-out, or the signal. A time-out and a signal end the whole group. */
async function watch(
  clock: Clock,
  order: CommandOrder,
  pid: number,
  exited: () => boolean,
  signal: AbortSignal,
): Promise<CommandResult> {
  const began = clock.monotonic();
  const { timeoutMs } = order.command;
  for (;;) {
    const wasOver = exited();
    const code = outcomeOf(order.directory);
    if (code !== undefined) return { kind: 'exited', code };
    if (wasOver) return { kind: 'lost' };
    const isLate = clock.monotonic() - began >= timeoutMs;
    if (isLate || signal.aborted) {
      await endGroup(clock, pid, exited);
      return isLate ? { kind: 'timed-out', afterMs: timeoutMs } : { kind: 'killed' };
    }
    await clock.sleep(pollMs, signal);
  }
}

async function endGroup(clock: Clock, pid: number, exited: () => boolean): Promise<void> {
  const began = clock.monotonic();
  signalGroup(pid, 'SIGTERM');
  while (!exited() && clock.monotonic() - began < graceMs) await clock.sleep(pollMs);
  // Also when the wrapper went: what it started may have stayed.
  signalGroup(pid, 'SIGKILL');
}

function signalGroup(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(-pid, name);
  } catch {
    // The group is gone: that is what was wanted.
  }
}

function outcomeOf(directory: string): number | undefined {
  const text = readIfThere(join(directory, 'ended'));
  return text === undefined ? undefined : Number.parseInt(text, 10);
}

/** True when the command has not begun; from now on it never will. */
function claim(directory: string): boolean {
  try {
    makeDirectory(directory);
    mkdirSync(join(directory, 'claim'));
    return true;
  } catch {
    return false;
  }
}

/** The wrapper writes its mark right after its claim; a crash of the machine can come between the two. */
async function readMark(
  clock: Clock,
  directory: string,
  signal: AbortSignal,
): Promise<ProcessMark | undefined> {
  const began = clock.monotonic();
  while (!existsSync(join(directory, 'began'))) {
    if (clock.monotonic() - began > 2000 || signal.aborted) return undefined;
    await clock.sleep(50, signal);
  }
  return markFromStat(readIfThere(join(directory, 'began')) ?? '');
}

function writtenMs(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
