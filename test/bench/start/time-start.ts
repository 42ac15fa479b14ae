import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openTerminal } from '../../support/terminal/terminal.ts';
import { until } from '../../support/time/until.ts';

/** What is started: a program and its words. */
export type Command = readonly [string, ...string[]];

/** From before it is started until it has ended, in milliseconds. Throws unless it ends with 0. */
export async function runMs(
  [program, ...words]: Command,
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const began = performance.now();
  const child = spawn(program, words, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  const ms = performance.now() - began;
  if (code !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${code}`);
  return ms;
}

export type Shown = {
  /** Until its first byte came out of the pseudo-terminal. */
  readonly firstByteMs: number;
  /** Until it took the whole screen. */
  readonly screenMs: number;
  readonly firstText: string;
};

const alternateScreen = '\x1b[?1049h';

/** From before it is started in a pseudo-terminal of 80 columns until it shows something, in milliseconds. */
export async function shownMs(
  [program, ...words]: Command,
  env: Readonly<Record<string, string>>,
): Promise<Shown> {
  const began = performance.now();
  const at = openTerminal(program, words, { env });
  let firstByteMs: number | undefined;
  let firstText = '';
  let screenMs: number | undefined;
  at.onData((data) => {
    firstByteMs ??= performance.now() - began;
    if (firstText === '') firstText = data;
    if (at.raw().includes(alternateScreen)) screenMs ??= performance.now() - began;
  });
  try {
    await until(() => screenMs !== undefined);
  } finally {
    at.kill();
    await at.exited;
  }
  return { firstByteMs: firstByteMs ?? NaN, screenMs: screenMs ?? NaN, firstText };
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}
