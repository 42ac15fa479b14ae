import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../simulation/scenario/random.ts';
import { type SandboxProcess, startSandboxProcess } from '../support/processes/sandbox-process.ts';
import { killAndResume, listedAt } from './kill-place.ts';

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
