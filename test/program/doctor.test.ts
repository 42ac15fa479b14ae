import { chownSync, cpSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Diagnosis } from '../../src/runner/ports/diagnosis.ts';
import { newDirectory } from '../support/new-directory.ts';
import {
  type SandboxProcess,
  onlyJournal,
  startSandboxProcess,
} from '../support/processes/sandbox-process.ts';
import { until } from '../support/time/until.ts';
import { listedAt } from './kill-place.ts';
import { runProgram, startProgram } from './program-process.ts';
import { killNow, runnersOf } from '../support/processes/runners.ts';

let sandbox: SandboxProcess;
let env: Record<string, string>;
beforeEach(async () => {
  sandbox = await startSandboxProcess();
  env = { ...sandbox.env };
});
afterEach(() => sandbox.end());

/** Ends with the first of three instances off and nobody at it. */
async function killInDrain(): Promise<void> {
  const words = [
    'run',
    '--service',
    'orders',
    '--drain',
    '10m',
    '--deploy',
    `${sandbox.demo.dir}/redeploy.sh`,
  ];
  const face = startProgram([...words, '--yes'], env, '/tmp');
  await until(() => onlyJournal(sandbox).some(({ type }) => type === 'drain-began'));
  killNow(face.child.pid);
  for (const pid of runnersOf(env['XDG_STATE_HOME'] ?? '')) killNow(pid);
  await face.ended;
}

function ailmentsOf(stdout: string): readonly Diagnosis[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Diagnosis);
}

async function offCount(): Promise<number> {
  return (await listedAt(sandbox.demo.nacos, 'orders')).filter(({ enabled }) => !enabled).length;
}

test('names what a killed rollout left off, mends it, and the journal agrees', async () => {
  await killInDrain();
  expect(await offCount()).toBe(1);
  const first = await runProgram(['doctor', '--json'], env);
  expect(first).toMatchObject({ code: 3 });
  const off = ailmentsOf(first.stdout).filter(({ kind }) => kind === 'off-by-us');
  expect(off).toMatchObject([{ shown: 'off', isRunning: false, left: { mark: 'off', step: 'drain' } }]);
  const mended = await runProgram(['doctor', '--yes'], env);
  expect(mended).toMatchObject({ code: 0 });
  expect(mended.stdout).toContain('is on again, and read back.');
  expect(await offCount()).toBe(0);
  expect(onlyJournal(sandbox).at(-1)).toMatchObject({ type: 'rollout-ended', outcome: 'aborted' });
  const after = await runProgram(['doctor'], env);
  expect(after).toMatchObject({ code: 0 });
  expect(after.stdout).toContain('Nothing is off because of a rollout or a command of this machine.');
});

test('another user, with a copy of the state directory and no server, learns what is off and why', async () => {
  await killInDrain();
  await sandbox.demo.end();
  const other = newDirectory('other');
  const own = env['XDG_STATE_HOME'] ?? '';
  cpSync(own, other, { recursive: true, filter: (path) => !statSync(path).isSocket() });
  const uid = process.getuid?.() === 0 ? 65_534 : undefined;
  if (uid === undefined) console.log('not root: the copy is read by the same user');
  else
    for (const path of ['', ...readdirSync(other, { recursive: true, encoding: 'utf8' })])
      chownSync(join(other, path), uid, uid);
  const places = { XDG_STATE_HOME: other, XDG_CONFIG_HOME: other, HOME: other };
  const seen = await runProgram(['doctor'], places, '/', uid);
  expect(seen).toMatchObject({ code: 3 });
  expect(seen.stdout).toMatch(
    /✗ 127\.0\.0\.1:\d+ \(orders\) is off because of us: rollout [0-9a-f]{8} of \S+ took it off/,
  );
  expect(seen.stdout).toContain('its rollout stood at the drain');
});
