import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import about from '../../package.json' with { type: 'json' };
import { newDirectory } from '../support/new-directory.ts';
import { type SandboxProcess, startSandboxProcess } from '../support/processes/sandbox-process.ts';

const root = resolve(import.meta.dirname, '../..');
const handedOn = join(root, 'dist', 'package');
const packed = join(handedOn, `${about.name}-${about.version}.tgz`);
const prefix = newDirectory('prefix');
const installed = join(prefix, 'lib', 'node_modules');
const program = join(prefix, 'bin', about.name);

let sandbox: SandboxProcess;

beforeAll(async () => {
  pack();
  const words = ['install', '--global', '--offline', '--no-audit', '--no-fund', '--prefix', prefix, packed];
  execFileSync('npm', words, { stdio: 'ignore' });
  sandbox = await startSandboxProcess();
});
afterAll(() => sandbox.end());

function pack(): string {
  execFileSync(process.execPath, ['build/pack.ts'], { cwd: root, stdio: 'ignore' });
  return readFileSync(join(handedOn, 'SHA256SUMS'), 'utf8');
}

function run(node: string, ...words: readonly string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(node, [program, ...words], {
    encoding: 'utf8',
    env: { ...sandbox.env, HOME: prefix, LANG: 'C' },
  });
  return { code: status, out: stdout, err: stderr };
}

test('the packed file holds the program, licences and README, and nothing else', () => {
  const listed = execFileSync('tar', ['tzf', packed], { encoding: 'utf8' }).trim().split('\n');
  const inside = listed.map((path) => path.replace(/^package\//, '')).toSorted();
  const [chunks, others] = [true, false].map((isChunk) =>
    inside.filter((path) => path.startsWith('dist/chunks/') === isChunk),
  );
  expect(chunks?.every((path) => /^dist\/chunks\/[\w-]+\.mjs$/.test(path))).toBe(true);
  expect(others).toEqual([
    'LICENSE',
    ...['README', 'README.zh-CN'].map((name) => `${name}.md`),
    'dist/THIRD-PARTY.txt',
    'dist/nacos-rollout.1',
    'dist/nacos-rollout.mjs',
    'package.json',
  ]);
  const manifest = execFileSync('tar', ['xzOf', packed, 'package/package.json'], { encoding: 'utf8' });
  expect(Object.keys(JSON.parse(manifest) as object)).toEqual(
    Object.keys(about).filter((key) => !['scripts', 'allowScripts', 'devDependencies'].includes(key)),
  );
});

test('installed without a network it brings no other package, and works', () => {
  expect(readdirSync(installed).filter((name) => !name.startsWith('.'))).toEqual([about.name]);
  expect(existsSync(join(installed, about.name, 'node_modules'))).toBe(false);
  expect(run(process.execPath, '--version')).toEqual({ code: 0, out: `${about.version}\n`, err: '' });
  const { code, out } = run(process.execPath, 'services', '--json');
  expect(code).toBe(0);
  expect(out).toContain('"orders"');
  const licences = run(process.execPath, 'licenses').out;
  expect(licences).toContain('Apache License');
  expect(licences).toMatch(/^undici \d/m);
});

test('an older Node says what is needed, first of all', ({ skip }) => {
  const older = ['/usr/bin/node', '/usr/local/bin/node'].find((node) => {
    const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
    return stdout !== null && /^v(1[6-9]|2[01])\./.test(stdout);
  });
  if (older === undefined) {
    console.log('skipped: no Node from 16 to 21 in /usr/bin or /usr/local/bin');
    return skip();
  }
  const { code, out, err } = run(older, 'services');
  expect(err.split('\n')[0]).toMatch(/^nacos-rollout needs Node 22\.19 or newer, this is /);
  expect({ code, out }).toEqual({ code: 2, out: '' });
});

test('its checksums hold, and packing it again gives the same bytes', () => {
  const sums = readFileSync(join(handedOn, 'SHA256SUMS'), 'utf8');
  const lines = sums.trim().split('\n');
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    const [sum = '', name = ''] = line.split('  ');
    expect(
      createHash('sha256')
        .update(readFileSync(join(handedOn, name)))
        .digest('hex'),
    ).toBe(sum);
  }
  expect(pack()).toBe(sums);
});
