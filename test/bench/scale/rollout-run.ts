import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { newDirectory } from '../../support/new-directory.ts';
import { runnersOf } from '../../support/processes/runners.ts';
import { program } from '../../support/processes/sandbox-process.ts';
import { crowdedSandbox } from './crowded.ts';
import { serviceAt } from './crowd.ts';
import { type Figures, quartersOf } from './figures.ts';
import { memoryOf } from './memory.ts';

const readEveryMs = 250;

/** One service of so many targets, rolled in batches without drain and deploy, with a check that is always good: what is left is ours. */
export async function rolloutRun(targets: number, batch: number): Promise<Figures> {
  const nacos = await crowdedSandbox('2.x', { services: 1, instances: targets });
  const home = newDirectory('bench-scale');
  const env = { XDG_STATE_HOME: home, XDG_CONFIG_HOME: home, LANG: 'en_US.UTF-8' };
  const well = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
  await once(well, 'listening');
  const { port } = well.address() as AddressInfo;
  const began = performance.now();
  const words = ['run', '--service', serviceAt(0).service, '--batch', String(batch), '--minimum', '1'];
  const more = [
    '--drain',
    '0s',
    '--check',
    `http://127.0.0.1:${port}/`,
    '--deploy',
    'true',
    '--yes',
    '--server',
    nacos.url,
  ];
  const child = spawn(process.execPath, [program, ...words, ...more], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-2_000)));
  const readings: number[] = [];
  let peak = 0;
  const timer = setInterval(() => {
    const [runner] = runnersOf(home);
    const megabytes = runner === undefined ? undefined : memoryOf(runner, 'VmRSS');
    if (runner === undefined || megabytes === undefined) return;
    readings.push(megabytes);
    peak = memoryOf(runner, 'VmHWM') ?? peak;
  }, readEveryMs);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(timer);
  const ms = performance.now() - began;
  const requests = await nacos.requests();
  const sandboxMs = (await nacos.cpuMs?.()) ?? NaN;
  await nacos.close();
  well.close();
  if (code !== 0) throw new Error(`the rollout ended with ${code}: ${said}`);
  const rollouts = join(home, 'nacos-rollout', 'rollouts');
  const [id = ''] = readdirSync(rollouts);
  return {
    'whole, s': ms / 1_000,
    'a batch, s': ms / Math.ceil(targets / batch) / 1_000,
    'requests a target': requests / targets,
    'the sandbox computes, s': sandboxMs / 1_000,
    'journal, kB': statSync(join(rollouts, id, 'journal.jsonl')).size / 1024,
    ...quartersOf('runner, MB', readings),
    'runner, peak MB': peak,
  };
}
