import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Event, parseEvent } from '../../../src/core/event/event.ts';

const built =
  process.env['PROGRAM'] ?? join(import.meta.dirname, '..', '..', '..', 'dist', 'nacos-rollout.mjs');

export type ProgramOptions = {
  readonly directory: string;
  /** Where it keeps journals and locks: another user, or another machine, has another. */
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called for each event as it comes. */
  readonly heard?: (event: Event) => void;
};

export type Ended = {
  readonly code: number | null;
  readonly events: readonly Event[];
  readonly stderr: string;
};

/** Runs the built program with `--json` to its end. */
export async function runProgram(
  words: readonly string[],
  { directory, home, env = {}, heard }: ProgramOptions,
): Promise<Ended> {
  mkdirSync(home, { recursive: true });
  const places = { XDG_STATE_HOME: home, XDG_CONFIG_HOME: home, HOME: home };
  const child = spawn(process.execPath, [built, ...words, '--json'], {
    cwd: directory,
    env: { ...process.env, ...places, LANG: 'C', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const events: Event[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said: unknown = JSON.parse(line);
    // A plan that the review refuses is answered with one line, before there is any event.
    if (isRefusal(said)) return;
    const parsed = parseEvent(said);
    if (!parsed.ok) throw new Error(`no event: ${line}: ${parsed.problem}`);
    events.push(parsed.event);
    heard?.(parsed.event);
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return { code, events, stderr };
}

function isRefusal(said: unknown): boolean {
  return typeof said === 'object' && said !== null && 'type' in said && said.type === 'refused';
}

/** Runs the built program, in words for people, to its end. */
export async function callProgram(
  words: readonly string[],
  { directory, home }: ProgramOptions,
): Promise<{ readonly code: number | null; readonly text: string }> {
  mkdirSync(home, { recursive: true });
  const places = { XDG_STATE_HOME: home, XDG_CONFIG_HOME: home, HOME: home };
  const child = spawn(process.execPath, [built, ...words], {
    cwd: directory,
    env: { ...process.env, ...places, LANG: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return { code, text };
}

/** The events of some kinds, in short: `disabled 127.0.0.1:8080`. */
export function shortly(events: readonly Event[], types: readonly Event['type'][]): readonly string[] {
  return events
    .filter((event) => types.includes(event.type))
    .map((event) => ('target' in event ? `${event.type} ${event.target}` : event.type));
}
