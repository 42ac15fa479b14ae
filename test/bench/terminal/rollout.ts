import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newDirectory } from '../../support/new-directory.ts';
import { killNow, runnersOf } from '../../support/processes/runners.ts';
import { program } from '../../support/processes/sandbox-process.ts';
import { openTerminal } from '../../support/terminal/terminal.ts';
import { until } from '../../support/time/until.ts';
import { serviceAt } from '../scale/crowd.ts';
import type { Crowded } from '../scale/crowded.ts';
import { usualWindow } from './open.ts';
import { trafficOf } from './traffic.ts';

const stretchSeconds = 10;

/** What a console that watches a rollout of all of a service writes a second, in the worst stretch. */
export async function rolloutBytes(nacos: Crowded, seconds: number | undefined): Promise<number> {
  const home = newDirectory('bench-terminal');
  const env = { XDG_STATE_HOME: home, XDG_CONFIG_HOME: home, LANG: 'en_US.UTF-8' };
  const well = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
  await once(well, 'listening');
  const { port } = well.address() as AddressInfo;
  const run = begun(nacos.url, `http://127.0.0.1:${port}/`, env);
  const ended = once(run, 'exit');
  await until(() => journalOf(home).includes('"drain-began"'));
  const at = openTerminal(process.execPath, [program, '--server', nacos.url], { env, ...usualWindow });
  try {
    await at.until(/1 rollout .*/);
    await at.pressUntil('w', /Draining 10\./);
    const traffic = trafficOf(at);
    await (seconds === undefined ? ended : sleep(seconds * 1_000));
    return traffic.mostBytesIn(stretchSeconds) / stretchSeconds;
  } finally {
    at.kill();
    await at.exited;
    run.kill('SIGKILL');
    for (const pid of runnersOf(home)) killNow(pid);
    well.close();
  }
}

function journalOf(home: string): string {
  const rollouts = join(home, 'nacos-rollout', 'rollouts');
  try {
    const [id = ''] = readdirSync(rollouts);
    return readFileSync(join(rollouts, id, 'journal.jsonl'), 'utf8');
  } catch {
    return '';
  }
}

function begun(server: string, check: string, env: Readonly<Record<string, string>>): ChildProcess {
  const what = ['run', '--service', serviceAt(0).service, '--server', server, '--minimum', '1', '--yes'];
  const how = ['--drain', '2s', '--check', check, '--deploy', 'echo deployed'];
  return spawn(process.execPath, [program, ...what, ...how], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
}
