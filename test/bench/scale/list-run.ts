import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { program } from '../../support/processes/sandbox-process.ts';
import type { Crowded } from './crowded.ts';
import type { Figures } from './figures.ts';
import { watchCost } from './memory.ts';

/** `services --json`, from its start to its end. Throws where it does not list them all. */
export async function listRun(nacos: Crowded, env: Readonly<Record<string, string>>): Promise<Figures> {
  const before = await nacos.cpuMs?.();
  const began = performance.now();
  const words = [program, 'services', '--json', '--server', nacos.url];
  const child = spawn(process.execPath, words, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const cost = watchCost(child.pid ?? 0);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, 'exit')) as [number | null];
  const ms = performance.now() - began;
  const { megabytes, computedMs } = cost.end();
  const listed = Buffer.concat(chunks).toString().split('"service"').length - 1;
  if (code !== 0 || listed !== nacos.crowd.services) throw new Error(`${listed} listed, ended with ${code}`);
  const after = await nacos.cpuMs?.();
  return {
    '`services --json`, ms': ms,
    '`services --json`, computes, ms': computedMs,
    '`services --json`, peak MB': megabytes,
    ...(before !== undefined &&
      after !== undefined && { 'the sandbox computes meanwhile, ms': after - before }),
  };
}
