import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parseReference } from '../../src/core/registry/secret-reference.ts';
import { secretVariables } from '../../src/profiles/secret-reference.ts';
import type { TextObstacle } from '../../src/core/text/text-obstacle.ts';
import { type SecretProblem, isThere, readSecret } from '../../src/profiles/secret.ts';
import { realClock } from '../../src/world/clock.ts';
import { isAlive, markOf } from '../../src/world/process-mark.ts';
import { namedPipe } from '../support/named-pipe.ts';
import { newDirectory } from '../support/new-directory.ts';
import { until } from '../support/time/until.ts';
import { virtualClock } from '../support/time/virtual-clock.ts';

const env = { PATH: process.env['PATH'], NACOS_PASSWORD: 's3cret', EMPTY: '' };
const sources = { env, clock: realClock };

function fileOf(text: string, mode: number): string {
  const path = join(newDirectory('secret'), 'password');
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

test.each([
  ['env:NACOS_PASSWORD', 's3cret'],
  ['command:printf "%s\\n" "$NACOS_PASSWORD"', 's3cret'],
])('%s', async (reference, secret) => {
  expect(await readSecret(reference, sources)).toEqual({ ok: true, secret });
});

test('one newline at the end of a file is not part of the secret, spaces and further ones are', async () => {
  expect(await readSecret(`file:${fileOf(' a b \n\n', 0o600)}`, sources)).toEqual({
    ok: true,
    secret: ' a b \n',
  });
});

test('a file that others can read is used and warned about', async () => {
  const path = fileOf('x\n', 0o640);
  expect(await readSecret(`file:${path}`, sources)).toEqual({
    ok: true,
    secret: 'x',
    warning: { kind: 'open-to-others', path, mode: '0640' },
  });
});

const unreadable = (path: string, obstacle: TextObstacle): SecretProblem => ({
  kind: 'unreadable',
  path,
  obstacle,
});

test.each<[string, SecretProblem]>([
  ['env:NOT_SET', { kind: 'not-set', name: 'NOT_SET' }],
  ['env:EMPTY', { kind: 'empty', reference: 'env:EMPTY' }],
  ['file:/nowhere/x', unreadable('/nowhere/x', { kind: 'unreadable', detail: 'ENOENT' })],
  ['file:/tmp', unreadable('/tmp', { kind: 'no-file', found: 'directory' })],
  ['file:/dev/zero', unreadable('/dev/zero', { kind: 'no-file', found: 'device' })],
  ['command:echo s3cret; exit 3', { kind: 'failed', exit: '3' }],
  ['command:true', { kind: 'empty', reference: 'command:true' }],
  ['command:echo a\0b', { kind: 'failed', exit: 'ERR_INVALID_ARG_VALUE' }],
  [`command:echo ${'x'.repeat(140_000)}`, { kind: 'failed', exit: 'E2BIG' }],
  ['hunter2', { kind: 'literal' }],
])('%s is a problem that names no secret', async (reference, problem) => {
  const answer = await readSecret(reference, sources);
  expect(answer).toEqual({ ok: false, problem });
  expect(JSON.stringify(answer)).not.toContain('hunter2');
});

test('a pipe gives a secret once, and is not waited for', async () => {
  const path = namedPipe();
  const problem = unreadable(path, { kind: 'no-file', found: 'pipe' });
  expect(await readSecret(`file:${path}`, sources)).toEqual({ ok: false, problem });
});

test('of a file that is too long no more is read than a secret may have', async () => {
  const path = fileOf('x'.repeat(65_537), 0o600);
  const problem = unreadable(path, { kind: 'too-large', maxBytes: 65_536 });
  expect(await readSecret(`file:${path}`, sources)).toEqual({ ok: false, problem });
});

test('a command that hangs is given up after ten seconds, even when a child of it keeps the pipe', async () => {
  const clock = virtualClock();
  const reading = readSecret('command:sleep 5 & wait', { env, clock });
  expect(clock.nextDueMs).toBe(10_000);
  await clock.advance(10_000);
  expect(await reading).toEqual({ ok: false, problem: { kind: 'timed-out', afterMs: 10_000 } });
});

const leftRunning: readonly string[] = [
  'sleep 1000 & echo $! >FILE; wait',
  "sh -c 'echo $$ >FILE; exec sleep 1000' | cat",
  'sh -c \'trap "" TERM HUP; echo $$ >FILE; while :; do sleep 1; done\'; true',
];

/** What the command started, once it has. */
async function startedIn(path: string): Promise<() => boolean> {
  await until(() => existsSync(path) && readFileSync(path, 'utf8').endsWith('\n'));
  const mark = markOf(Number(readFileSync(path, 'utf8')));
  expect(isAlive(mark)).toBe(true);
  return () => !isAlive(mark);
}

test.each(leftRunning)('a command that is given up ends with everything it started: %s', async (line) => {
  const path = join(newDirectory('secret'), 'pid');
  const clock = virtualClock();
  const reading = readSecret(`command:${line.replace('FILE', path)}`, { env, clock });
  const isGone = await startedIn(path);
  await clock.advance(10_000);
  expect(await reading).toMatchObject({ problem: { kind: 'timed-out' } });
  await until(isGone);
});

test('a command that hangs ends with the process that asked it', async () => {
  const path = join(newDirectory('secret'), 'pid');
  const program = `
    const { readSecret } = await import(${JSON.stringify(resolve('src/profiles/secret.ts'))});
    const { realClock: clock } = await import(${JSON.stringify(resolve('src/world/clock.ts'))});
    const command = ${JSON.stringify(`command:${leftRunning[0]?.replace('FILE', path)}`)};
    await readSecret(command, { env: process.env, clock });`;
  const asks = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
  const isGone = await startedIn(path);
  asks.kill('SIGKILL');
  await until(isGone);
});

test('a command that is done leaves alone what it left running, an agent for one', async () => {
  const path = join(newDirectory('secret'), 'pid');
  const agent = `command:sleep 1000 >/dev/null & echo $! >${path}; echo s3cret`;
  expect(await readSecret(agent, sources)).toEqual({ ok: true, secret: 's3cret' });
  const isGone = await startedIn(path);
  expect(isGone()).toBe(false);
  process.kill(Number(readFileSync(path, 'utf8')), 'SIGKILL');
});

test.each([
  ['env:A_1', { kind: 'env', name: 'A_1' }],
  ['env:1A', undefined],
  ['env:', undefined],
  ['file:/a:b', { kind: 'file', path: '/a:b' }],
  ['command:pass show nacos', { kind: 'command', command: 'pass show nacos' }],
  ['ENV:A', undefined],
])('reference %j', (text, expected) => {
  expect(parseReference(text)).toEqual(expected);
});

test.each([
  ['env:NACOS_PASSWORD', ['NACOS_PASSWORD']],
  ['command:vault -t "$VAULT_TOKEN" ${VAULT_TOKEN} $HOME/x', ['VAULT_TOKEN']],
  ['file:/x', []],
  [undefined, []],
])('a deploy command does not get the variables of %j', (passwordFrom, expected) => {
  expect(secretVariables({ passwordFrom })).toEqual(expected);
});

test('nor those of an access key', () => {
  const references = { accessKeyFrom: 'env:A', secretKeyFrom: 'env:B', securityTokenFrom: 'command:echo $C' };
  expect(secretVariables(references)).toEqual(['A', 'B', 'C']);
});

test('what can be read is known without running a command', () => {
  const path = join(newDirectory('secret'), 'url');
  expect(isThere(`file:${path}`, {})).toBe(false);
  writeFileSync(path, 'https://host/\n', { mode: 0o600 });
  expect(isThere(`file:${path}`, {})).toBe(true);
  expect(isThere('env:A', { A: 'x' })).toBe(true);
  expect([isThere('env:A', {}), isThere('env:A', { A: '' })]).toEqual([false, false]);
  expect([isThere('command:exit 1', {}), isThere('https://host/', {})]).toEqual([true, true]);
});
