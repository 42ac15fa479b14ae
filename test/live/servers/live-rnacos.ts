import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchText } from '../../support/servers/fetch-text.ts';
import { until } from '../../support/time/until.ts';
import { freePort } from './live-place.ts';

export type LiveRNacos = {
  readonly url: string;
  /** Kills it, and starts it again at the same address with what it had written. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

function program(): string | undefined {
  const named = process.env['RNACOS'];
  if (named !== undefined) return named;
  if (spawnSync('rnacos', ['--version'], { stdio: 'ignore' }).error === undefined) return 'rnacos';
  const built = join(homedir(), '.cache', 'rnacos', 'bin', 'rnacos');
  return existsSync(built) ? built : undefined;
}

/** Why there is no r-nacos to test against; `undefined` where there is one. Said aloud, so that no skip is silent. */
export function whyNoRNacos(): string | undefined {
  if (program() !== undefined) return undefined;
  const why =
    'r-nacos is skipped: neither RNACOS nor the path names it, and test/live/build-rnacos did not run';
  console.log(why);
  return why;
}

/** Starts an r-nacos of its own. It takes little and starts in a second, so several may run at once. */
export async function startRNacos(): Promise<LiveRNacos> {
  const data = mkdtempSync(join(tmpdir(), 'rnacos-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let run = begin(data, port);
  const endWithUs = (): boolean => run.child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const ready = (): Promise<void> =>
    until(async () => {
      if (run.child.exitCode !== null) throw new Error(`r-nacos ended with ${run.child.exitCode}`);
      return (await fetchText(`${url}/nacos/v1/ns/operator/metrics`)).status === 200;
    });
  const end = async (): Promise<void> => {
    run.child.kill('SIGKILL');
    await run.exit;
  };
  await ready();
  return {
    url,
    restart: async () => {
      await end();
      run = begin(data, port);
      await ready();
    },
    stop: async () => {
      process.removeListener('exit', endWithUs);
      await end();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function begin(
  data: string,
  port: number,
): { readonly child: ChildProcess; readonly exit: Promise<unknown> } {
  const child = spawn(program() ?? '', [], {
    stdio: 'ignore',
    env: {
      ...process.env,
      RNACOS_HTTP_PORT: String(port),
      RNACOS_GRPC_PORT: String(port + 1_000),
      RNACOS_HTTP_CONSOLE_PORT: String(port + 10),
      RNACOS_DATA_DIR: data,
      RUST_LOG: 'error',
    },
  });
  return { child, exit: new Promise((resolve) => child.once('exit', resolve)) };
}
