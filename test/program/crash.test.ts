import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { breaking } from '../support/servers/breaking.ts';
import {
  type SandboxProcess,
  onlyJournal,
  startSandboxProcess,
} from '../support/processes/sandbox-process.ts';
import { until } from '../support/time/until.ts';
import { type ProgramProcess, built, runProgram, startProgram } from './program-process.ts';
import { runnersOf } from '../support/processes/runners.ts';

let sandbox: SandboxProcess;
beforeEach(async () => {
  sandbox = await startSandboxProcess();
});
afterEach(async () => {
  await sandbox.end();
});

const hasHappened = (type: string): boolean => onlyJournal(sandbox).some((event) => event.type === type);

/** A rollout whose first target drains for long. */
async function inDrain(env: Readonly<Record<string, string>>, ...more: string[]): Promise<ProgramProcess> {
  const words = ['run', '--service', 'shop', '--drain', '10m', '--deploy', 'true', '--yes', ...more];
  const face = startProgram(words, { ...sandbox.env, ...env }, '/tmp');
  await until(() => hasHappened('drain-began'));
  return face;
}

function crashFiles(): readonly string[] {
  return readdirSync(sandbox.stateRoot)
    .filter((name) => name.startsWith('crash-'))
    .map((name) => join(sandbox.stateRoot, name));
}

test.each(['thrown', 'rejected'] as const)(
  'a face that breaks by something %s promises nothing, in one sentence; its runner goes on',
  async (how) => {
    const face = await inDrain(breaking(how));
    face.child.kill('SIGUSR2');
    const { code, stderr } = await face.ended;
    expect(code).toBe(70);
    const [path = ''] = crashFiles();
    expect(stderr.trimEnd().split('\n').at(-1)).toBe(
      `nacos-rollout failed in a way that nobody foresaw (nobody thought of this), so nothing is promised: see what is off with ${process.execPath} ${built} status. The details are in ${path}.`,
    );
    expect(stderr).not.toMatch(/ {4}at /);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toMatch(/nacos-rollout 0\.1\.0, Node v[^]*, run\n[^]* {4}at /);
    await until(() => hasHappened('face-lost'));
    expect(runnersOf(sandbox.env['XDG_STATE_HOME'] ?? '')).toHaveLength(1);
  },
);

test('whoever wants to see where it broke does, in his language', async () => {
  const env = { ...breaking('thrown'), NACOS_ROLLOUT_DEBUG: '1', LANG: 'en_US.UTF-8' };
  const face = await inDrain(env, '--lang', 'zh-CN');
  face.child.kill('SIGUSR2');
  const { code, stderr } = await face.ended;
  expect(code).toBe(70);
  expect(stderr).toMatch(/ {4}at /);
  expect(stderr).toContain('没有预料到的错误（nobody thought of this），因此不作任何保证');
});

test('a runner that breaks leaves its last words in its log, and its face says what is off', async () => {
  const face = await inDrain(breaking('thrown'));
  for (const pid of runnersOf(sandbox.env['XDG_STATE_HOME'] ?? '')) process.kill(pid, 'SIGUSR2');
  const { code, stderr } = await face.ended;
  expect(code).toBe(3);
  expect(stderr).toContain('Still off because of us: 127.0.0.1:');
  const [, log = ''] = /its last words are in (\S+)\)/.exec(stderr) ?? [];
  expect(readFileSync(log, 'utf8')).toMatch(/__runner\nError: nobody thought of this[^]* {4}at /);
  expect((await runProgram(['status'], sandbox.env)).code).toBe(3);
});
