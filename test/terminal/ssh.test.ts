import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest';
import { runProgram, startProgram } from '../program/program-process.ts';
import {
  type SandboxProcess,
  onlyJournal,
  startSandboxProcess,
} from '../support/processes/sandbox-process.ts';
import { newDirectory } from '../support/new-directory.ts';
import { openTerminal } from '../support/terminal/terminal.ts';
import { until } from '../support/time/until.ts';
import { program } from './demo-console.ts';
import { type SshServer, startSshServer, whyNoSshd } from './ssh-server.ts';
import { skipSaying } from '../support/skip-saying.ts';

const why = whyNoSshd();
const isSkipped = skipSaying(why);

let ssh: SshServer;
let sandbox: SandboxProcess;
beforeAll(async () => {
  if (why === undefined) ssh = await startSshServer();
});
afterAll(() => (why === undefined ? ssh.end() : undefined));
beforeEach(async () => {
  if (why === undefined) sandbox = await startSandboxProcess();
});
afterEach(async () => {
  if (why !== undefined) return;
  await sandbox.end();
});

const hasHappened = (type: string): boolean => onlyJournal(sandbox).some((event) => event.type === type);

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** What a person types after logging in, in one line. */
function lineOf(words: readonly string[]): string {
  const env = Object.entries({ ...sandbox.env, LANG: 'en_US.UTF-8' }).map(
    ([name, value]) => `${name}=${quoted(value)}`,
  );
  return ['env', ...env, ...[process.execPath, program, ...words].map(quoted)].join(' ');
}

describe.skipIf(isSkipped)('a rollout over SSH whose connection is cut', () => {
  test.each([
    { step: 'drain', began: 'drain-began', now: '(drain)' },
    { step: 'deploy', began: 'deploy-began', now: '(deploy)' },
    { step: 'check', began: 'check-began', now: '(check)' },
  ])('in $step: it goes on with its target, status tells so, attach shows it', async ({ began, now }) => {
    // Each of the three lasts until it was looked at.
    const directory = newDirectory('ssh');
    const [told, deployed] = [join(directory, 'told'), join(directory, 'deployed')];
    const wait = now === '(deploy)' ? `until test -e ${told}; do sleep 0.1; done` : 'true';
    const deploy = `${wait}; ${sandbox.demo.dir}/redeploy.sh; touch ${deployed}`;
    // Before anything begins the review tries it.
    const check = now === '(check)' ? `test ! -e ${deployed} || test -e ${told}` : 'true';
    const words = [
      'run',
      '--service',
      'orders',
      '--drain',
      now === '(drain)' ? '10m' : '1s',
      '--deploy',
      deploy,
    ];
    const at = openTerminal('/usr/bin/ssh', [...ssh.words, lineOf([...words, '--check', check])]);
    await at.until(/Type yes/);
    at.press('yes', 'enter');
    await until(() => hasHappened(began));
    at.kill('SIGKILL');
    await at.exited;
    await until(() => hasHappened('face-lost'));
    const status = await runProgram(['status'], sandbox.env);
    expect(status.code).toBe(0);
    expect(status.stdout).toContain(now);
    expect(status.stdout).toMatch(/: runs/);
    expect(status.stdout).toMatch(/off {4}127/);
    const attached = startProgram(['attach', '--json'], sandbox.env, '/tmp');
    let seen = '';
    attached.child.stdout?.on('data', (text: string) => (seen += text));
    await until(() => seen.includes('"face-lost"'));
    writeFileSync(told, '');
    if (now === '(drain)')
      expect(await runProgram(['order', 'skip-drain'], sandbox.env)).toMatchObject({ code: 0 });
    await until(() => seen.includes('"type":"enable-began"'));
    await until(() => hasHappened('enabled'));
    attached.child.kill('SIGINT');
    await attached.ended;
  });
});
