import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../simulation/scenario/random.ts';
import { type SandboxProcess, startSandboxProcess } from '../support/processes/sandbox-process.ts';
import { killNow, runnersOf } from '../support/processes/runners.ts';
import { until } from '../support/time/until.ts';
import { killAndResume, listedAt } from './kill-place.ts';
import { runProgram, startProgram } from './program-process.ts';

// KILL_SEED repeats a run; KILL_COUNT makes it longer.
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);
const count = Number(process.env['KILL_COUNT'] ?? 3);
const random = seededRandom(seed);
/** A rollout of two takes about 25 s here, of which the claim of the lease takes 6. */
const momentsMs = Array.from({ length: count }, () => random.int(0, 25_000));

let sandbox: SandboxProcess;
beforeAll(async () => {
  console.log(`KILL_SEED=${seed} KILL_COUNT=${count}`);
  sandbox = await startSandboxProcess();
});
afterAll(() => sandbox.end());

test.each(momentsMs)(
  'runner and face killed after %i ms: resume --yes brings everything on',
  async (afterMs) => {
    const service = 'orders';
    const { nacos, dir } = sandbox.demo;
    const before = await listedAt(nacos, service);
    const place = {
      server: nacos,
      service,
      redeploy: join(dir, 'redeploy.sh'),
      directory: join(sandbox.stateRoot, `killed-${afterMs}`),
      drain: '2s',
      env: {},
    };
    const { end, deployed } = await killAndResume(place, afterMs);
    expect(end.code, end.stderr + end.stdout).toBe(0);
    expect(await listedAt(nacos, service)).toEqual(before);
    expect(new Set(deployed).size, `an attempt ran twice: ${deployed.join(', ')}`).toBe(deployed.length);
    const names = new Set(deployed.map((record) => record.split(' ')[1]));
    expect([...names].sort((a = '', b = '') => a.localeCompare(b))).toEqual(
      before.map(({ ip, port }) => `${ip}:${port}`),
    );
  },
);

test('what ran beside the end of a rollout when its runner was killed is carried on by resume, and runs once', async () => {
  const directory = join(sandbox.stateRoot, 'killed-at-end');
  mkdirSync(directory, { recursive: true });
  const at = (name: string): string => join(directory, name);
  const told = `touch '${at('began')}'; while [ ! -e '${at('go')}' ]; do sleep 0.1; done; echo ran >>'${at('told')}'`;
  const [first] = await listedAt(sandbox.demo.nacos, 'orders');
  const service = {
    service: 'orders',
    instances: [`${first?.ip}:${first?.port}`],
    drain: { floor: '1s' },
    deploy: { run: 'true' },
  };
  const plan = { version: 1, on: { finish: { run: told } }, stages: [{ services: [service] }] };
  writeFileSync(at('plan.json'), JSON.stringify(plan));
  const env = { XDG_STATE_HOME: at('state'), XDG_CONFIG_HOME: at('config') };
  const words = ['run', '-f', at('plan.json'), '--yes', '--server', sandbox.demo.nacos];
  const face = await startProgram(words, env, directory).ended;
  expect(face.code, face.stdout + face.stderr).toBe(0);
  await until(() => existsSync(at('began')));
  for (const pid of runnersOf(env.XDG_STATE_HOME)) killNow(pid);
  await until(() => runnersOf(env.XDG_STATE_HOME).length === 0);
  const [{ rollout = '' } = {}] = JSON.parse(
    (await runProgram(['history', '--json'], env, directory)).stdout,
  ) as { rollout?: string }[];
  writeFileSync(at('go'), '');
  const end = await runProgram(['resume', rollout, '--json'], env, directory);
  expect(end.code, end.stderr).toBe(0);
  expect(JSON.parse(end.stdout.trim())).toMatchObject({
    type: 'occasion-ended',
    on: 'finish',
    result: { code: 0 },
  });
  expect(readFileSync(at('told'), 'utf8')).toBe('ran\n');
  const again = await runProgram(['resume', rollout], env, directory);
  expect(again.stderr).toContain('has ended');
});
