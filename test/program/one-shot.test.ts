import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../simulation/scenario/random.ts';
import { newDirectory } from '../support/new-directory.ts';
import { type SandboxProcess, startSandboxProcess } from '../support/processes/sandbox-process.ts';
import { until } from '../support/time/until.ts';
import { killNow } from '../support/processes/runners.ts';
import { listedAt } from './kill-place.ts';
import { type Ended, runProgram, startProgram } from './program-process.ts';

// KILL_SEED repeats a run; KILL_COUNT makes it longer.
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);
const count = Number(process.env['KILL_COUNT'] ?? 4);
const random = seededRandom(seed);
/** A `disable` takes about a second and a half here, of which half is its start. */
const momentsMs = Array.from({ length: count }, () => random.int(200, 2000));

let sandbox: SandboxProcess;
beforeAll(async () => {
  console.log(`KILL_SEED=${seed} KILL_COUNT=${count}`);
  sandbox = await startSandboxProcess();
});
afterAll(() => sandbox.end());

/** The only journal; empty where there is none. */
const journalIn = (state: string): string => {
  const rollouts = join(state, 'nacos-rollout', 'rollouts');
  try {
    return readFileSync(join(rollouts, readdirSync(rollouts)[0] ?? '', 'journal.jsonl'), 'utf8');
  } catch {
    return '';
  }
};

test.each(momentsMs)(
  'a disable killed after %i ms: doctor names what Nacos shows off, and enable settles it',
  async (afterMs) => {
    const state = join(newDirectory('one-shot'), 'state');
    const env = { ...sandbox.env, XDG_STATE_HOME: state };
    const [first] = await listedAt(sandbox.demo.nacos, 'orders');
    const instance = `${first?.ip}:${first?.port}`;
    const words = ['orders', '--instance', instance];
    const disable = startProgram(['disable', ...words], env, '/tmp');
    await Promise.race([disable.ended, new Promise((resolve) => setTimeout(resolve, afterMs))]);
    killNow(disable.child.pid);
    await disable.ended;
    const isShownOff = async (): Promise<boolean> =>
      (await listedAt(sandbox.demo.nacos, 'orders'))[0]?.enabled === false;
    // What was accepted shows a moment later.
    if (journalIn(state).includes('"write-ended"')) await until(isShownOff);
    let doctor: Ended;
    let wasOff: boolean;
    let isOff = await isShownOff();
    do {
      wasOff = isOff;
      doctor = await runProgram(['doctor'], env);
      isOff = await isShownOff();
      // Also what nobody knew to be accepted may have come to show meanwhile.
    } while (isOff !== wasOff);
    expect(doctor.stdout.includes(`with: nacos-rollout disable ${words.join(' ')}`)).toBe(isOff);
    expect(doctor.stdout).not.toContain('that this machine knows of');
    const enable = await runProgram(['enable', ...words], env);
    expect(enable.code, enable.stderr).toBe(0);
    expect((await runProgram(['status'], env)).code).toBe(0);
  },
);

test('where no journal can be written nothing is touched, and the sentence says so', async () => {
  const before = await listedAt(sandbox.demo.nacos, 'orders');
  const words = ['disable', 'orders', '--instance', `${before[0]?.ip}:${before[0]?.port}`];
  const refused = await runProgram(words, { ...sandbox.env, XDG_STATE_HOME: '/dev/null/state' });
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('XDG_STATE_HOME') as string });
  expect(await listedAt(sandbox.demo.nacos, 'orders')).toEqual(before);
});

test('a rollout that stood still says which disable took its next target off, and puts that on when told to', async () => {
  const env = { ...sandbox.env, XDG_STATE_HOME: join(newDirectory('stood-still'), 'state') };
  const listed = await listedAt(sandbox.demo.nacos, 'orders');
  const [first, second] = listed.map(({ ip, port }) => `${ip}:${port}`);
  const run = ['run', '--service', 'orders', '--drain', '1s', '--deploy', 'false', '--minimum', '1', '--yes'];
  expect(await runProgram(run, env)).toMatchObject({ code: 3 });
  const words = ['disable', 'orders', '--instance', `${second}`, '--minimum', '1'];
  expect(await runProgram(words, env)).toMatchObject({ code: 0 });
  const carriedOn = await runProgram(['resume', '--yes', '--decide', `${first}=leave-off`], env);
  expect(carriedOn).toMatchObject({ code: 3 });
  expect(carriedOn.stdout).toContain(`and \`nacos-rollout ${words.join(' ')}\` (`);
  const isOn = async (): Promise<boolean | undefined> =>
    (await listedAt(sandbox.demo.nacos, 'orders'))[1]?.enabled;
  expect(await isOn()).toBe(false);
  await runProgram(['resume', '--yes', '--decide', `${second}=put-on`], env);
  expect(await isOn()).toBe(true);
});
