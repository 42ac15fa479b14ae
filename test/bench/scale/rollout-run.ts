import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { endpointText } from '../../../src/core/registry/service.ts';
import { parseJournal } from '../../../src/runner/store/journal.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { runnersOf } from '../../support/processes/runners.ts';
import { medianOf } from '../start/time-start.ts';
import { program } from '../../support/processes/sandbox-process.ts';
import { crowdedSandbox } from './crowded.ts';
import { crowdOf, serviceAt } from './crowd.ts';
import { type Figures, quartersOf } from './figures.ts';
import { computedMs, memoryOf } from './memory.ts';

const readEveryMs = 250;

export type Rolled = { readonly targets: number; readonly instances: number; readonly batch: number };

/** So many targets, the first of one service of so many instances, rolled in batches without drain and deploy, with a check that is always good: what is left is ours. */
export async function rolloutRun({ targets, instances, batch }: Rolled): Promise<Figures> {
  const nacos = await crowdedSandbox('2.x', { services: 1, instances });
  const some = [...crowdOf(nacos.crowd)].slice(0, targets).map(endpointText);
  const home = newDirectory('bench-scale');
  const env = { XDG_STATE_HOME: home, XDG_CONFIG_HOME: home, LANG: 'en_US.UTF-8' };
  const well = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
  await once(well, 'listening');
  const { port } = well.address() as AddressInfo;
  const began = performance.now();
  const words = ['run', '--service', serviceAt(0).service, '--batch', String(batch), '--minimum', '1'];
  const chosen = targets === instances ? [] : some.flatMap((one) => ['--instance', one]);
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
  const child = spawn(process.execPath, [program, ...words, ...chosen, ...more], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-2_000)));
  const readings: number[] = [];
  let [peak, runnerMs] = [0, 0];
  let runner: number | undefined;
  const timer = setInterval(() => {
    runner ??= runnersOf(home)[0];
    const megabytes = runner === undefined ? undefined : memoryOf(runner, 'VmRSS');
    if (runner === undefined || megabytes === undefined) return;
    readings.push(megabytes);
    peak = memoryOf(runner, 'VmHWM') ?? peak;
    runnerMs = computedMs(runner) ?? runnerMs;
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
  const journal = readFileSync(join(rollouts, id, 'journal.jsonl'), 'utf8');
  const beyond = beyondMs(journal);
  return {
    'whole, s': ms / 1_000,
    'a batch, s': ms / Math.ceil(targets / batch) / 1_000,
    'beyond deploy and check, a target, s': medianOf(beyond) / 1_000,
    'the same of the slowest, s': Math.max(...beyond) / 1_000,
    'the runner computes, s': runnerMs / 1_000,
    'requests a target': requests / targets,
    'the sandbox computes, s': sandboxMs / 1_000,
    'journal, kB': Buffer.byteLength(journal) / 1024,
    ...quartersOf('runner, MB', readings),
    'runner, peak MB': peak,
  };
}

/** What each target took from the begin of its disable to the end of its enable, without its drain, deploy and check. */
function beyondMs(journal: string): readonly number[] {
  const read = parseJournal(journal);
  if (!read.ok) throw new Error('the journal cannot be read');
  const beyond = new Map<string, number>();
  for (const event of read.events) {
    if (!('target' in event)) continue;
    const { type, target, at } = event;
    const before = beyond.get(target) ?? 0;
    if (type === 'disable-began') beyond.set(target, before - Date.parse(at));
    if (type === 'enabled') beyond.set(target, before + Date.parse(at));
    if (type === 'drain-ended' || type === 'deploy-ended' || type === 'check-passed')
      beyond.set(target, before - event.ms);
  }
  return [...beyond.values()];
}
