import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** A process of our own program. */
export type SelfProcess = {
  readonly pid: number | undefined;
  /** Where it was started with pipes: its standard input and output. */
  readonly stdin: Writable | undefined;
  readonly stdout: Readable | undefined;
  readonly exited: Promise<void>;
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
};

/** Starts this program again with other arguments. */
export type SpawnSelf = (
  args: readonly string[],
  options?: { readonly isPiped?: boolean; readonly isOwnSession?: boolean },
) => SelfProcess;

/** `self` are the words that start this program: node, its options, the script. */
export function selfSpawner(
  self: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): SpawnSelf {
  return (args, options) => {
    const [program = '', ...words] = self;
    const pipe = options?.isPiped ? 'pipe' : 'ignore';
    const child = spawn(program, [...words, ...args], {
      env: { ...env },
      stdio: [pipe, pipe, 'ignore'],
      detached: options?.isOwnSession ?? false,
    });
    const exited = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
    return {
      pid: child.pid,
      stdin: child.stdin ?? undefined,
      stdout: child.stdout ?? undefined,
      exited,
      kill: (signal) => {
        child.kill(signal);
      },
    };
  };
}
