import { setTimeout as sleep } from 'node:timers/promises';
import { program } from '../../support/processes/sandbox-process.ts';
import { openTerminal } from '../../support/terminal/terminal.ts';
import { wholeList } from './console-run.ts';
import { crowdOf } from './crowd.ts';
import { crowdedSandbox } from './crowded.ts';
import { type Figures, quartersOf } from './figures.ts';
import { memoryOf } from './memory.ts';
import { rolloutRun } from './rollout-run.ts';

const crowd = { services: 10_000, instances: 100_000 };
const changeEveryMs = 1_000;
const changesPerReading = 20;
/** About what a target takes: its check, and what is ours. */
const targetMs = 5_000;

/** A console before a long list that changes and is read again and again, beside a rollout target by target. */
export async function longRun(minutes: number, env: Readonly<Record<string, string>>): Promise<Figures> {
  const targets = Math.ceil((minutes * 60_000) / targetMs);
  const rolled = rolloutRun({ targets, instances: targets, batch: 1 });
  const console = await consoleUnderLoad(minutes, env);
  const runner = await rolled;
  return { ...console, ...runner };
}

async function consoleUnderLoad(minutes: number, env: Readonly<Record<string, string>>): Promise<Figures> {
  const nacos = await crowdedSandbox('2.x', crowd);
  const at = openTerminal(process.execPath, [program, '--server', nacos.url], { env });
  const readings: number[] = [];
  try {
    await at.until(wholeList(nacos));
    const endMs = performance.now() + minutes * 60_000;
    let changes = 0;
    for (const instance of crowdOf(crowd)) {
      if (performance.now() >= endMs) break;
      await nacos.put(instance, false);
      changes += 1;
      if (changes % changesPerReading === 0) {
        at.press('r');
        readings.push(memoryOf(at.pid, 'VmRSS') ?? NaN);
        process.stderr.write(`${new Date().toISOString()} console ${readings.at(-1)?.toFixed(0)} MB\n`);
      }
      await sleep(changeEveryMs);
    }
  } finally {
    at.kill();
    await at.exited;
    await nacos.close();
  }
  return {
    ...quartersOf('console, MB', readings),
    'console, times that all was read': readings.length,
  };
}
