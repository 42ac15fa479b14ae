import { type ChildProcess, spawn } from 'node:child_process';
import { program } from '../support/processes/sandbox-process.ts';

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };
export type ProgramProcess = { readonly child: ChildProcess; readonly ended: Promise<Ended> };

export const built = process.env['PROGRAM'] ?? program;

/** The built program without a terminal. */
export function startProgram(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
  uid?: number,
): ProgramProcess {
  const { PATH = '', HOME = '' } = process.env;
  return startCommand([process.execPath, built, ...words], { PATH, HOME, LANG: 'C', ...env }, cwd, uid);
}

/** With nothing in its environment but these and a path. A shell's line may stand around its words, as `$@`. */
export function runBare(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  { uid, line = '"$@"' }: { readonly uid?: number | undefined; readonly line?: string } = {},
): Promise<Ended> {
  const { PATH = '' } = process.env;
  const command = ['/bin/sh', '-c', line, 'sh', process.execPath, built, ...words];
  return startCommand(command, { PATH, ...env }, '/', uid).ended;
}

/** Any command, with nothing on its standard input. */
export function startCommand(
  [command = '', ...words]: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
  uid?: number,
): ProgramProcess {
  const child = spawn(command, words, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid, gid: uid }),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

export function runProgram(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd = '/tmp',
  uid?: number,
): Promise<Ended> {
  return startProgram(words, env, cwd, uid).ended;
}
