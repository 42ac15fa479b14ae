import { chmodSync, chownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { selfSpawner } from '../../src/sandbox/demo/child.ts';
import { openDemo } from '../../src/sandbox/demo/open-demo.ts';
import { newDirectory } from '../support/new-directory.ts';
import {
  type SandboxProcess,
  onlyJournal,
  program,
  startSandboxProcess,
} from '../support/processes/sandbox-process.ts';
import { runBare } from './program-process.ts';

let sandbox: SandboxProcess;
beforeAll(async () => {
  sandbox = await startSandboxProcess();
});
afterAll(() => sandbox.end());

/** Nobody's: it has no entry in passwd, so neither a name nor a home. */
const stranger = process.getuid?.() === 0 ? 12_345 : undefined;
if (stranger === undefined) console.log('not root: all is run as this user, who has a name');
const as = { uid: stranger };
const server = (): readonly string[] => ['--server', sandbox.demo.nacos];

function ownedByStranger(path: string): string {
  if (stranger !== undefined) chownSync(path, stranger, stranger);
  return path;
}

/** Of another user, closed to everybody else; for the user whom nobody may stop, a file stands in its place. */
function closed(name: string): string {
  const path = join(newDirectory('closed'), name);
  if (stranger === undefined) writeFileSync(path, '');
  else mkdirSync(path, { mode: 0o700 });
  return path;
}

const homes: Readonly<Record<string, () => Record<string, string>>> = {
  'a home in /tmp': () => ({ HOME: ownedByStranger(newDirectory('home')) }),
  'no home': () => ({}),
  'an empty HOME': () => ({ HOME: '' }),
  'a relative HOME': () => ({ HOME: '.' }),
  'a home that is not there': () => ({ HOME: '/nonexistent' }),
  'a home that is a file': () => ({ HOME: '/etc/hostname' }),
  'the home of another user': () => ({ HOME: closed('home') }),
  'a configuration that may not be read': () => ({ XDG_CONFIG_HOME: closed('config') }),
  'a temporary directory that is not there': () => ({ TMPDIR: '/nonexistent' }),
};

test.each(Object.keys(homes))('with %s services are listed', async (which) => {
  const { code, stdout, stderr } = await runBare(['services', ...server()], homes[which]?.() ?? {}, as);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('orders');
});

const unwritable = Object.keys(homes).filter((which) => which !== 'a home in /tmp');
test.each(unwritable)('with %s nothing begins, in one sentence', async (which) => {
  const words = ['run', ...server(), '--service', 'orders', '--deploy', 'true', '--dry-run'];
  const env = { ...homes[which]?.(), XDG_CONFIG_HOME: '' };
  const { code, stderr } = await runBare(words, env, as);
  const rightHome = stranger === undefined && !('HOME' in env);
  if (rightHome) return;
  expect(code, stderr).toBe(2);
  // Before the review, and before Nacos is asked for anything.
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(/XDG_STATE_HOME/);
  expect(stderr).not.toMatch(/ {4}at |uv_os/);
});

test('a user without a name rolls by number, and the journal says so', async () => {
  const state = ownedByStranger(newDirectory('state'));
  const env = { XDG_STATE_HOME: state };
  const words = ['--service', 'shop', '--drain', '1s', '--deploy', 'true'];
  const { code, stderr } = await runBare(['run', ...server(), ...words, '--yes'], env, as);
  expect(code, stderr).toBe(0);
  const [planned] = onlyJournal({ ...sandbox, stateRoot: join(state, 'nacos-rollout') });
  if (stranger !== undefined)
    expect(planned).toMatchObject({ by: expect.stringMatching(/^uid-12345@/) as string });
  expect((await runBare(['history'], env, as)).stdout).toContain('shop');
});

test('no place for a socket: one sentence before anything begins', async () => {
  const state = join(ownedByStranger(newDirectory('state')), 'x'.repeat(100));
  mkdirSync(state);
  ownedByStranger(state);
  const words = ['run', ...server(), '--service', 'shop', '--deploy', 'true', '--yes'];
  const { code, stderr } = await runBare(words, { XDG_STATE_HOME: state, TMPDIR: '/etc/hostname' }, as);
  expect(code, stderr).toBe(2);
  expect(stderr.trimEnd().split('\n').at(-1)).toContain('cannot be written (');
  expect(readdirSync(state)).toEqual([]);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('no place for the demo: one sentence', async () => {
  const { PATH } = process.env;
  const spawner = selfSpawner([process.execPath, program], { PATH, TMPDIR: '/nonexistent' });
  const error: unknown = expect.stringMatching(/^no directory for the demo: ENOENT/);
  expect(await openDemo(spawner)).toEqual({ ok: false, error });
});

test.each(unwritable)('with %s doctor and status say what is known', async (which) => {
  const env = homes[which]?.() ?? {};
  for (const said of await Promise.all(['doctor', 'status'].map((verb) => runBare([verb], env, as)))) {
    expect(said.stdout + said.stderr).not.toMatch(/ {4}at |uv_os/);
    expect(said.stdout + said.stderr).not.toBe('');
  }
});

test('doctor tries to write where journals are kept, and leaves nothing there', async () => {
  const state = ownedByStranger(newDirectory('state'));
  const good = await runBare(['doctor'], { XDG_STATE_HOME: state }, as);
  expect(good.code).toBe(0);
  expect(good.stdout).toContain(`✓ Journals are kept in ${state}/nacos-rollout.`);
  expect(readdirSync(state)).toEqual([]);
  const bad = await runBare(['doctor'], { XDG_STATE_HOME: closed('state') }, as);
  expect(bad.code).toBeGreaterThan(0);
  expect(bad.stdout).toMatch(/✗ \S+nacos-rollout cannot be written \((EACCES|ENOTDIR)\)/);
  // Somebody who rolled as root left a directory that only root may write to.
  const mixed = ownedByStranger(newDirectory('state'));
  mkdirSync(join(mixed, 'nacos-rollout', 'rollouts'), { recursive: true });
  if (stranger === undefined) return;
  chmodSync(join(mixed, 'nacos-rollout', 'rollouts'), 0o755);
  const other = await runBare(['doctor'], { XDG_STATE_HOME: mixed }, as);
  expect(other.stdout).toContain('cannot be written (EACCES)');
});

test('what another user keeps to himself is not taken for nothing', async (context) => {
  if (stranger === undefined) {
    console.log('skipped: root is needed to be two users');
    return context.skip('root is needed to be two users');
  }
  const state = ownedByStranger(newDirectory('state'));
  const rollout = join(state, 'nacos-rollout', 'rollouts', '0123abcd');
  mkdirSync(rollout, { recursive: true, mode: 0o700 });
  writeFileSync(join(rollout, 'journal.jsonl'), '', { mode: 0o600 });
  for (const [path, mode] of [
    [join(state, 'nacos-rollout'), 0o755],
    [join(state, 'nacos-rollout', 'rollouts'), 0o755],
  ] as const)
    chmodSync(path, mode);
  const env = { XDG_STATE_HOME: state };
  for (const words of [['status'], ['history'], ['resume', '--yes'], ['report'], ['status', '0123abcd']]) {
    const { code, stderr } = await runBare(words, env, as);
    expect({ words, code }).toEqual({ words, code: 2 });
    expect(stderr).toContain('0123abcd/journal.jsonl cannot be read (EACCES)');
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  }
  const doctor = await runBare(['doctor'], env, as);
  expect(doctor.code).toBe(2);
  expect(doctor.stdout).not.toContain('Nothing is off');
});

test('a directory that was removed under our feet stops nothing that needs none', async () => {
  const line = 'gone=$(mktemp -d) && cd "$gone" && rmdir "$gone" && "$@"';
  const listed = await runBare(['services', ...server()], { HOME: newDirectory('home') }, { line });
  expect(listed).toMatchObject({ code: 0, stderr: '' });
  const words = ['run', ...server(), '--service', 'shop', '--deploy', 'true', '--yes'];
  const refused = await runBare(words, { HOME: newDirectory('home') }, { line });
  expect(refused.code, refused.stderr).toBe(2);
  expect(refused.stderr).toMatch(/✗ No command can be started in \S+ \(ENOENT/);
  // The console needs a terminal, which `script` gives it.
  const quoted = line.replace('"$@"', 'script -qec "$*" /dev/null');
  const opened = await runBare(['demo'], { HOME: newDirectory('home') }, { line: quoted });
  expect(opened.stdout).toContain('The directory that you are in is gone');
  expect(opened.code).toBe(2);
});

test('a full standard output is said, and a reader that leaves is not', async () => {
  const env = { HOME: newDirectory('home') };
  const full = await runBare(['services', ...server()], env, { line: '"$@" >/dev/full' });
  expect(full.code).toBe(2);
  expect(full.stderr).toBe('Standard output could not be written (ENOSPC): what was printed is not whole.\n');
  const left = await runBare(['schema', 'plan'], env, { line: '{ "$@"; echo "$?" >&2; } | head -c 1' });
  expect(left).toMatchObject({ stdout: '{', stderr: '0\n' });
});
