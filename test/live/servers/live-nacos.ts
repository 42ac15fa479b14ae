import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fetchText } from '../../support/servers/fetch-text.ts';
import { until } from '../../support/time/until.ts';
import { freePort, onlyServer } from './live-place.ts';

export type LiveVersion = '2.2.4' | '3.1.0';

export type LiveOptions = {
  readonly version: LiveVersion;
  /** With the user `nacos`, whose password is `nacos`. */
  readonly hasAuth?: boolean;
  readonly tokenTtlSeconds?: number;
  /** Such as `-Dnacos.naming.push.pushTaskDelay=500`. */
  readonly properties?: readonly string[];
  /** Without a Raft leader: it lists and takes registrations, and refuses every update. */
  readonly isLeaderless?: boolean;
};

export type LiveNacos = {
  readonly version: LiveVersion;
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Kills it, and starts it again with the same data. */
  restart(): Promise<void>;
  /** Ends it without ceremony; its data goes with it. */
  stop(): Promise<void>;
};

const start = join(import.meta.dirname, '..', 'start');
const data = join(homedir(), '.cache', 'nacos-rollout-live', 'data');
const startTimeoutMs = 240_000;

/** Why no real Nacos can be started on this machine; `undefined` where one can. Said aloud, so that no skip is silent. */
export function whyNoLiveNacos(): string | undefined {
  const java = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const major = Number(/version "(\d+)/.exec(java.stderr ?? '')?.[1] ?? 0);
  const isMavenMissing = spawnSync('mvn', ['-v'], { stdio: 'ignore' }).error !== undefined;
  const missing = major < 17 ? 'Java 17 or newer is' : isMavenMissing ? 'Maven is' : undefined;
  if (missing === undefined) return undefined;
  const why = `real Nacos servers are skipped: ${missing} not installed here`;
  console.log(why);
  return why;
}

/** Starts a real Nacos and waits until it can be used. It ends with this process, however that ends. */
export async function startLiveNacos(options: LiveOptions): Promise<LiveNacos> {
  const { version, isLeaderless = false } = options;
  const release = await onlyServer();
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  execFileSync(start, [version, 'build'], { stdio: ['ignore', 'inherit', 'inherit'] });
  const directory = join(data, 'nacos');
  const giveUp = (): void => {
    rmSync(data, { recursive: true, force: true });
    release();
  };
  try {
    // Raft remembers the address that a data directory was first used at, and finds nobody there any more.
    if (isLeaderless) await ended((await startServer({ ...options, isLeaderless: false }, directory)).child);
    const { child: first, port, url } = await startPatiently(options, directory);
    let child = first;
    const restart = async (): Promise<void> => {
      await ended(child);
      ({ child } = await startServer(options, directory, port));
    };
    const stop = async (): Promise<void> => {
      await ended(child);
      giveUp();
    };
    return { version, url, port, pid: child.pid ?? 0, restart, stop };
  } catch (error) {
    giveUp();
    throw error;
  }
}

/** On a busy machine a first start may give up over its database, and the next one finds half of it. */
async function startPatiently(options: LiveOptions, directory: string): Promise<Started> {
  if (options.isLeaderless === true) return await startServer(options, directory);
  try {
    return await startServer(options, directory);
  } catch {
    rmSync(directory, { recursive: true, force: true });
    return await startServer(options, directory);
  }
}

type Started = { readonly child: ChildProcess; readonly port: number; readonly url: string };

async function startServer(options: LiveOptions, directory: string, portBefore?: number): Promise<Started> {
  const {
    version,
    hasAuth = false,
    tokenTtlSeconds = 18_000,
    isLeaderless = false,
    properties = [],
  } = options;
  const port = portBefore ?? (await freePort());
  const logFile = join(data, 'stdout.log');
  const log = openSync(logFile, 'w');
  const child = spawn(
    start,
    [version, String(port), directory, ...(hasAuth ? ['auth'] : []), ...properties],
    {
      stdio: ['pipe', log, log],
      env: { ...process.env, TOKEN_TTL: String(tokenTtlSeconds) },
    },
  );
  const url = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + startTimeoutMs;
  const isOver = (): boolean => isEnded(child) || performance.now() > deadline;
  await until(async () => isOver() || (await (isLeaderless ? isUp(url) : isReady(version, url))));
  if (hasAuth) await until(async () => isOver() || (await hasLogin(version, url)));
  if (!isOver()) return { child, port, url };
  const words = readFileSync(logFile, 'utf8').slice(-2_000);
  await ended(child);
  throw new Error(`Nacos ${version} did not start: ${words}`);
}

const isEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function ended(child: ChildProcess): Promise<void> {
  if (isEnded(child)) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exit;
}

async function isUp(url: string): Promise<boolean> {
  return (await fetchText(`${url}/nacos/v1/ns/operator/metrics`)).status === 200;
}

async function isReady(version: LiveVersion, url: string): Promise<boolean> {
  if (version === '2.2.4') return await isUp(url);
  const { status, text } = await fetchText(`${url}/nacos/v3/admin/core/state/readiness`);
  return status === 200 && text.includes('"code":0');
}

async function hasLogin(version: LiveVersion, url: string): Promise<boolean> {
  if (version === '3.1.0') {
    await fetchText(`${url}/nacos/v3/auth/user/admin`, { method: 'POST', form: { password: 'nacos' } });
  }
  const path = version === '3.1.0' ? '/nacos/v3/auth/user/login' : '/nacos/v1/auth/login';
  const form = { username: 'nacos', password: 'nacos' };
  return (await fetchText(`${url}${path}`, { method: 'POST', form })).status === 200;
}
