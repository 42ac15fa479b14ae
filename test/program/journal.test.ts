import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { newDirectory } from '../support/new-directory.ts';
import {
  type SandboxProcess,
  onlyJournal,
  startSandboxProcess,
} from '../support/processes/sandbox-process.ts';
import { until } from '../support/time/until.ts';
import { runProgram, startProgram } from './program-process.ts';
import { killNow, runnersOf } from '../support/processes/runners.ts';

let sandbox: SandboxProcess;
beforeAll(async () => {
  sandbox = await startSandboxProcess();
});
afterAll(() => sandbox.end());

const words = (): readonly string[] => {
  const deploy = `${sandbox.demo.dir}/redeploy.sh`;
  return ['run', '--service', 'orders', '--drain', '6s', '--yes', '--deploy', deploy];
};

/** Leases are registered disabled: only the catalogue shows them. */
async function leaseCount(): Promise<number> {
  const query =
    'serviceName=nacos-rollout-lease&groupName=NACOS_ROLLOUT&clusterName=DEFAULT&pageSize=10&pageNo=1';
  const answer = await fetch(`${sandbox.demo.nacos}/nacos/v1/ns/catalog/instances?namespaceId=&${query}`);
  // Without a lease there is no such service.
  return answer.ok ? ((await answer.json()) as { list: unknown[] }).list.length : 0;
}

test('a state directory that cannot be written: one sentence, exit 2, no lease', async () => {
  const place = join(newDirectory('journal'), 'file');
  // A file where the directory should be stops root too.
  writeFileSync(place, '');
  const { code, stderr } = await runProgram(words(), { ...sandbox.env, XDG_STATE_HOME: place });
  expect(code).toBe(2);
  expect(stderr).toContain('cannot be written (');
  expect(stderr).toContain('nothing begins without a journal');
  expect(await leaseCount()).toBe(0);
});

test('a full disk: one sentence, exit 2, no lease', async (context) => {
  const directory = newDirectory('journal');
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32k', 'tmpfs', directory], { stdio: 'pipe' });
  } catch {
    console.log('skipped: no small disk can be mounted here');
    return context.skip('no small disk can be mounted here');
  }
  // Also from under a process that still has something open there.
  onTestFinished(() => void execFileSync('umount', ['-l', directory]));
  const { code, stderr } = await runProgram(words(), { ...sandbox.env, XDG_STATE_HOME: directory });
  expect(code).toBe(2);
  expect(stderr).toContain('cannot be written (ENOSPC');
  expect(await leaseCount()).toBe(0);
});

test('a torn line is set aside, a newer journal is left alone, each said in a sentence', async () => {
  const face = startProgram(words(), sandbox.env, '/tmp');
  await until(() => onlyJournal(sandbox).some(({ type }) => type === 'drain-began'));
  killNow(face.child.pid);
  for (const pid of runnersOf(sandbox.env['XDG_STATE_HOME'] ?? '')) killNow(pid);
  await face.ended;
  const rollouts = join(sandbox.stateRoot, 'rollouts');
  const [id = ''] = readdirSync(rollouts);
  const journal = join(rollouts, id, 'journal.jsonl');
  appendFileSync(journal, '{"v":1,"seq":99,"at":"20');
  const count = onlyJournal(sandbox).length;
  expect((await runProgram(['status'], sandbox.env)).stdout).toContain('off    127.0.0.1');
  expect(onlyJournal(sandbox)).toHaveLength(count);
  const other = join(rollouts, 'ffffffff');
  mkdirSync(other);
  writeFileSync(join(other, 'journal.jsonl'), '{"v":2,"seq":0,"type":"rollout-planned"}\n');
  chmodSync(other, 0o700);
  const newer = await runProgram(['resume', 'ffffffff', '--yes'], sandbox.env);
  expect(newer.code).toBe(2);
  expect(newer.stderr).toContain(
    'The journal of rollout ffffffff has version 2, which is newer than this program',
  );
  const { code, stderr } = await runProgram(['resume', id, '--yes'], sandbox.env);
  expect(code, stderr).toBe(0);
  expect(readdirSync(join(rollouts, id))).toContain('journal.torn');
});

test('a face that is killed while its runner claims the lease leaves nothing behind', async () => {
  let left: readonly string[] = [];
  // On a busy machine the rollout has begun by the time that the face is killed, and goes on as it should.
  for (let times = 1; times <= 5; times += 1) {
    const home = newDirectory('journal');
    const face = startProgram(words(), { ...sandbox.env, XDG_STATE_HOME: home }, '/tmp');
    await until(() => runnersOf(home).length === 1);
    await until(async () => (await leaseCount()) > 0);
    killNow(face.child.pid);
    await until(() => runnersOf(home).length === 0);
    left = ['rollouts', 'locks'].flatMap((name) => readdirSync(join(home, 'nacos-rollout', name)));
    await until(async () => (await leaseCount()) === 0);
    if (left.length === 0) break;
  }
  expect(left).toEqual([]);
});
