import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchText } from '../../support/servers/fetch-text.ts';
import { until } from '../../support/time/until.ts';
import { freePort } from './live-place.ts';

export type LiveRNacos = { readonly url: string; stop(): Promise<void> };

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
  const exit = new Promise((resolve) => child.once('exit', resolve));
  const endWithUs = (): boolean => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const url = `http://127.0.0.1:${port}`;
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`r-nacos ended with ${child.exitCode}`);
    return (await fetchText(`${url}/nacos/v1/ns/operator/metrics`)).status === 200;
  });
  return {
    url,
    stop: async () => {
      process.removeListener('exit', endWithUs);
      child.kill('SIGKILL');
      await exit;
      rmSync(data, { recursive: true, force: true });
    },
  };
}
