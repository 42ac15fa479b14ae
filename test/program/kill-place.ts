import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instance } from '../../src/core/registry/service.ts';
import { until } from '../support/time/until.ts';
import { type Ended, runProgram, startProgram } from './program-process.ts';
import { killNow, runnersOf } from '../support/processes/runners.ts';

/** Where a rollout of one service is killed and carried on. */
export type KillPlace = {
  readonly server: string;
  readonly service: string;
  /** Does the deploy itself; it finds what it is for in its environment. */
  readonly redeploy: string;
  /** A directory of its own. */
  readonly directory: string;
  readonly drain: string;
  readonly env: Readonly<Record<string, string>>;
};

export type KilledAndResumed = {
  readonly end: Ended;
  /** One `ROLLOUT INSTANCE ATTEMPT` for each time that the deploy command ran. */
  readonly deployed: readonly string[];
};

/** Everything but what a new version is for: its number. */
export type Listed = Pick<Instance, 'ip' | 'port' | 'enabled' | 'weight' | 'metadata'>;

/** Kills runner and face at a moment of a rollout, and carries on until nothing is left to carry on. */
export async function killAndResume(place: KillPlace, afterMs: number): Promise<KilledAndResumed> {
  const { directory } = place;
  mkdirSync(directory, { recursive: true });
  const records = join(directory, 'deployed');
  const plan = join(directory, 'plan.json');
  writeFileSync(plan, JSON.stringify(planOf(place, records)));
  const env = {
    ...place.env,
    XDG_STATE_HOME: join(directory, 'state'),
    XDG_CONFIG_HOME: join(directory, 'config'),
  };
  const words = ['run', '-f', plan, '--yes', '--server', place.server];
  const before = linesOf(records).length;
  const face = startProgram(words, env, directory);
  await Promise.race([face.ended, new Promise((resolve) => setTimeout(resolve, afterMs))]);
  killNow(face.child.pid);
  for (const pid of runnersOf(env.XDG_STATE_HOME)) killNow(pid);
  await until(() => runnersOf(env.XDG_STATE_HOME).length === 0);
  const end = await carryOn(words, env, directory);
  return { end, deployed: linesOf(records).slice(before) };
}

/** A rollout that had ended by itself, or had not begun, has nothing to carry on. */
async function carryOn(
  words: readonly string[],
  env: Record<string, string>,
  directory: string,
): Promise<Ended> {
  const open = JSON.parse((await runProgram(['status', '--json'], env, directory)).stdout) as {
    rollout: string;
  }[];
  if (open.length > 0) return runProgram(['resume', '--yes'], env, directory);
  const all = JSON.parse((await runProgram(['history', '--json'], env, directory)).stdout) as {
    exitCode: number;
  }[];
  const [last] = all;
  if (last !== undefined) return { code: last.exitCode, stdout: '', stderr: '' };
  // The lease of one that was killed before it began ends by itself.
  for (let tries = 0; ; tries += 1) {
    const end = await runProgram(words, env, directory);
    if (end.code !== 5 || tries > 60) return end;
  }
}

function planOf({ service, redeploy, drain }: KillPlace, records: string): object {
  const record = `echo "$NACOS_ROLLOUT_ID $NACOS_ROLLOUT_INSTANCE $NACOS_ROLLOUT_ATTEMPT" >>'${records}'`;
  return {
    version: 1,
    onUnknown: 'again',
    defaults: {
      drain: { floor: drain },
      deploy: { run: `${record}; ${redeploy}`, timeout: '1m' },
      check: { tcp: true, successes: 2, within: '1m' },
      minimum: 1,
    },
    stages: [{ services: [{ service }] }],
  };
}

function linesOf(path: string): readonly string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [];
}

/** The registry's list of a service, sorted, its versions left out. */
export async function listedAt(server: string, service: string): Promise<readonly Listed[]> {
  const answer = await fetch(
    `${server}/nacos/v1/ns/catalog/instances?serviceName=${service}&clusterName=DEFAULT&groupName=DEFAULT_GROUP&pageSize=100&pageNo=1&namespaceId=`,
  );
  const { list } = (await answer.json()) as { list: Listed[] };
  return list
    .map(({ ip, port, enabled, weight, metadata: { version: _version, ...metadata } }) => ({
      ip,
      port,
      enabled,
      weight,
      metadata,
    }))
    .sort((a, b) => a.port - b.port);
}
