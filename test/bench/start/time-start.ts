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

export type BesideNode = {
  /** How many times as long as node itself takes. */
  readonly version: number;
  readonly firstByte: number;
  readonly seen: readonly Shown[];
};

const roundsMin = 5;
const roundsMax = 25;

/**
 * A program that prints its version and one that draws before a server which says nothing, beside `node -e 0`. What else
 * the machine does only adds, so the fastest of each is compared; a busy machine gets more rounds to come below the bounds.
 */
export async function besideNode(
  program: Command,
  url: string,
  bounds: { readonly version: number; readonly firstByte: number },
  env: Readonly<Record<string, string>>,
): Promise<BesideNode> {
  const times = { node: Infinity, version: Infinity, firstByte: Infinity };
  const seen: Shown[] = [];
  for (let round = 1; ; round += 1) {
    const shown = await shownMs([...program, '--server', url], env);
    seen.push(shown);
    times.node = Math.min(times.node, await runMs([process.execPath, '-e', '0'], env));
    times.version = Math.min(times.version, await runMs([...program, '--version'], env));
    times.firstByte = Math.min(times.firstByte, shown.firstByteMs);
    const [version, firstByte] = [times.version / times.node, times.firstByte / times.node];
    const isBelow = version < bounds.version && firstByte < bounds.firstByte;
    if (round >= (isBelow ? roundsMin : roundsMax)) return { version, firstByte, seen };
  }
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}
