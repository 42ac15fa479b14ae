import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { until } from '../../support/time/until.ts';
import { endWithUs } from './end-with-us.ts';

const program = join(import.meta.dirname, '..', 'apps', 'run');
const graceMs = 40_000;

export type AppName = 'gateway' | 'orders';
export type App = {
  readonly pid: number;
  /** SIGTERM, as a deploy ends a service; what does not heed it is killed after a while. */
  stop(): Promise<void>;
};

export type AppOptions = {
  readonly name: AppName;
  readonly port: number;
  /** As Java says it: `160m`. */
  readonly heap: string;
  /** What it writes lies here. */
  readonly directory: string;
  /** Arguments of Spring. */
  readonly words: readonly string[];
};

/** Builds an application, which takes a while the first time. */
export function buildApp(name: AppName): void {
  execFileSync(program, [name, 'build'], { stdio: ['ignore', 'inherit', 'inherit'] });
}

/** Starts an application and waits until its port is open. */
export async function startApp({ name, port, heap, directory, words }: AppOptions): Promise<App> {
  const logFile = join(directory, `${name}-${port}.log`);
  const log = openSync(logFile, 'a');
  const child = spawn(program, [name, heap, `--server.port=${port}`, ...words], {
    cwd: directory,
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  const forget = endWithUs(child.pid);
  let hasEnded = false;
  const end = new Promise<void>((resolve) => {
    child.once('exit', () => {
      hasEnded = true;
      forget();
      resolve();
    });
  });
  await until(async () => hasEnded || (await isOpen(port)));
  if (hasEnded) throw new Error(`${name} did not start: ${readFileSync(logFile, 'utf8').slice(-2_000)}`);
  return {
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await end;
      clearTimeout(timer);
    },
  };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
