import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseReference, secretVariables } from '../../src/profiles/secret-reference.ts';
import { readSecret } from '../../src/profiles/secret.ts';
import { realClock } from '../../src/world/clock.ts';
import { newDirectory } from '../support/new-directory.ts';
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

test.each([
  ['env:NOT_SET', { kind: 'not-set', name: 'NOT_SET' }],
  ['env:EMPTY', { kind: 'empty', reference: 'env:EMPTY' }],
  ['file:/nowhere/x', { kind: 'unreadable', path: '/nowhere/x', detail: 'ENOENT' }],
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

test('a command that hangs is given up after ten seconds, even when a child of it keeps the pipe', async () => {
  const clock = virtualClock();
  const reading = readSecret('command:sleep 5 & wait', { env, clock });
  expect(clock.nextDueMs).toBe(10_000);
  await clock.advance(10_000);
  expect(await reading).toEqual({ ok: false, problem: { kind: 'timed-out', afterMs: 10_000 } });
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
