import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type AskNames, type NamesRequest, type Offer, namesOfMachine } from '../../cli/completion/names.ts';
import { configDirectory, profilePath } from '../../profiles/config-place.ts';
import type { Clock } from '../../world/clock.ts';
import { makeDirectory } from '../../world/make-directory.ts';
import { readFileBounded } from '../../world/read-bounded.ts';
import { writeWhole } from '../../world/write-whole.ts';
import { ownCache } from '../keep-compiled.ts';
import { homeDirectory } from '../own-place.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export type NamesHouse = {
  readonly clock: Clock;
  /** The words that start this program again. */
  readonly self: readonly string[];
  readonly env: Environment;
  readonly userId: number | undefined;
  readonly language: string;
};

/** What `__names` is asked, as a line of JSON: also where it keeps what it finds, for the next tab. */
export type NamesErrand = NamesRequest & { readonly keepIn: string | undefined };

/** As long as somebody waits who has pressed tab. */
const answerWithinMs = 1000;
/** As long as a process of its own may ask, to keep what comes too late. */
export const askWithinMs = 10_000;
/** So long a Nacos is taken for what it was. What is on this machine is looked up each time. */
const freshMs = 5000;
const forgottenAfterMs = 7 * 24 * 3600 * 1000;
const cacheMaxBytes = 16_777_216;

/**
 * Asks a process of its own, which is left behind where it is slow: what it finds then is there at the next tab. This one
 * loads nothing that speaks to a Nacos.
 */
export function namesAsker(house: NamesHouse): AskNames {
  return async (request) => {
    const path = cachePath(house, request);
    const kept = path === undefined ? undefined : readKept(path);
    const ageMs = kept === undefined ? Infinity : Math.abs(house.clock.wallClock() - kept.atMs);
    const isFresh = ageMs < freshMs && !namesOfMachine.includes(request.kind);
    if (kept !== undefined && isFresh) return kept.names;
    if (path !== undefined && isAsked(path, house.clock)) return kept?.names ?? [];
    return (await answerOf(house, { ...request, keepIn: path })) ?? kept?.names ?? [];
  };
}

/** One file for each question, as it was asked and of whom. Undefined where there is no place that is ours alone. */
function cachePath({ env, userId, language }: NamesHouse, request: NamesRequest): string | undefined {
  const directory = userId === undefined ? undefined : ownCache(env, userId);
  if (directory === undefined) return undefined;
  const ours = Object.keys(env).filter((name) => /^(NACOS_ROLLOUT_|XDG_|HOME$)/.test(name));
  const said = ours.toSorted().map((name) => [name, env[name]]);
  const asked = JSON.stringify([request, said, profilesStamp(env), language]);
  return join(directory, 'names', `${createHash('sha256').update(asked).digest('hex').slice(0, 32)}.json`);
}

/** Another one after every change: names of one Nacos are never offered for another. */
function profilesStamp(env: Environment): string {
  const directory = configDirectory(env, homeDirectory());
  try {
    const { mtimeMs, size, ino } = statSync(profilePath(directory ?? ''));
    return `${directory} ${mtimeMs} ${size} ${ino}`;
  } catch {
    return `${directory}`;
  }
}

function readKept(path: string): { readonly atMs: number; readonly names: readonly Offer[] } | undefined {
  const read = readFileBounded(path, cacheMaxBytes);
  if (!read.ok) return undefined;
  const names = parseOffers(read.bytes.toString('utf8'));
  return names && { atMs: statSync(path).mtimeMs, names };
}

/** Undefined for what is no list of names. */
function parseOffers(text: string): readonly Offer[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.filter(isOffer) : undefined;
  } catch {
    return undefined;
  }
}

function isOffer(one: unknown): one is Offer {
  const { value, about } = (one ?? {}) as Partial<Offer>;
  return typeof value === 'string' && typeof about === 'string';
}

const markOf = (path: string): string => `${path}.asked`;

/** Whether somebody is still at it: one who holds the tab key down starts no second process. */
function isAsked(path: string, clock: Clock): boolean {
  try {
    return Math.abs(clock.wallClock() - statSync(markOf(path)).mtimeMs) < askWithinMs;
  } catch {
    return false;
  }
}

async function answerOf(
  { clock, self: [program = '', ...words], env }: NamesHouse,
  errand: NamesErrand,
): Promise<readonly Offer[] | undefined> {
  if (errand.keepIn !== undefined) mark(errand.keepIn);
  const child = spawn(program, [...words, '__names'], {
    env: { ...env },
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.stdin.end(`${JSON.stringify(errand)}\n`);
  const over = new AbortController();
  const late = clock.sleep(answerWithinMs, over.signal).then(() => undefined);
  const text = await Promise.race([wholeOf(child.stdout), late]);
  over.abort();
  child.stdout.destroy();
  child.unref();
  return text === undefined ? undefined : parseOffers(text);
}

async function wholeOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk as Buffer);
  } catch {
    return '';
  }
  return Buffer.concat(chunks).toString('utf8');
}

function mark(path: string): void {
  try {
    makeDirectory(join(path, '..'));
    writeFileSync(markOf(path), '', { mode: 0o600 });
  } catch {
    // Then it is asked again at the next tab.
  }
}

/** Keeps what was found, readable by its owner only, and forgets what nobody asked for a week. */
export function keepNames(path: string, names: readonly Offer[] | undefined, clock: Clock): void {
  try {
    if (names !== undefined) writeWhole(path, JSON.stringify(names));
    rmSync(markOf(path), { force: true });
    const directory = join(path, '..');
    for (const name of readdirSync(directory)) {
      const one = join(directory, name);
      if (clock.wallClock() - statSync(one).mtimeMs > forgottenAfterMs) rmSync(one, { force: true });
    }
  } catch {
    // A cache may be missing.
  }
}
