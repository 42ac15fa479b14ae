import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import about from '../../package.json' with { type: 'json' };
import { selfSpawner } from '../../src/sandbox/demo/child.ts';
import { type Demo, openDemo } from '../../src/sandbox/demo/open-demo.ts';
import { silentServer } from '../bench/start/servers.ts';
import { besideNode } from '../bench/start/time-start.ts';
import { type BareRoot, bareRoot } from '../support/bare-root.ts';
import { newDirectory } from '../support/new-directory.ts';
import { killNow, runnersOf } from '../support/processes/runners.ts';
import { openTerminal } from '../support/terminal/terminal.ts';
import { until } from '../support/time/until.ts';
import { listedAt } from './kill-place.ts';
import { type Ended, startCommand } from './program-process.ts';

/** Why, in its own words, `bareRoot` prints. */
const noRoot = 'no other root can be entered here';

const root = resolve(import.meta.dirname, '../..');
const name = 'nacos-rollout';
let single = '';
let bare: BareRoot | undefined;
let demo: Demo | undefined;

/** Of what enters the root, and of what runs in it. */
const { PATH = '' } = process.env;
const state = `/state-${process.pid}`;
const env = {
  PATH: `${PATH}:/usr/sbin:/bin`,
  HOME: '/',
  LANG: 'C',
  XDG_STATE_HOME: state,
  // As on a machine whose Node is another one.
  NODE_OPTIONS: '--no-such-option',
};

function built(): { path: string; said: string; sum: string } {
  const directory = newDirectory('single');
  const words = ['build/single.ts', 'x64', directory];
  const said = execFileSync(process.execPath, words, { cwd: root, encoding: 'utf8' });
  const path = join(directory, `${about.name}-linux-x64`);
  return { path, said, sum: createHash('sha256').update(readFileSync(path)).digest('hex') };
}

beforeAll(async () => {
  const first = built();
  console.log(first.said.replace(`${first.path}: `, ''));
  expect(built().sum, 'the same sources give the same bytes').toBe(first.sum);
  single = first.path;
  bare = bareRoot(single, name);
  if (bare === undefined) return;
  const opened = await openDemo(selfSpawner(bare.within(`/${name}`), env), { bootMs: 500 });
  if (!opened.ok) throw new Error(opened.error);
  demo = opened.demo;
});
afterAll(async () => {
  for (const pid of runnersOf(state)) killNow(pid);
  await demo?.end();
});

function inRoot(...words: readonly string[]): Promise<Ended> {
  return startCommand(bare?.within(...words) ?? [], env, '/').ended;
}

test('it is one file with what was compiled, and says nothing else', () => {
  const { stdout, stderr, status } = spawnSync(single, ['--version'], {
    encoding: 'utf8',
    env: { NODE_DEBUG_NATIVE: 'SEA' },
  });
  expect({ stdout, status }).toEqual({ stdout: `${about.version}\n`, status: 0 });
  expect(stderr.trim().split('\n').at(-1)).toBe('SEA module code cache accepted');
  expect(stderr).not.toContain('rejected');
  expect(statSync(single).size).toBeLessThan(130e6);
});

test('it leaves at once with a code of its choice, in place of `node -e`', () => {
  expect(spawnSync(single, ['__exit', '7']).status).toBe(7);
});

test('beside node itself: the version, and the first byte of a console whose server says nothing', async () => {
  const silent = await silentServer();
  const home = newDirectory('home');
  const own = { XDG_CONFIG_HOME: home, XDG_STATE_HOME: home, XDG_CACHE_HOME: home, LANG: 'en_US.UTF-8' };
  const bounds = { version: 3, firstByte: 8 };
  const { version, firstByte } = await besideNode([single], silent.url, bounds, own);
  silent.close();
  console.log(`--version ${version.toFixed(1)} ×, first byte ${firstByte.toFixed(1)} ×`);
  expect(version).toBeLessThan(bounds.version);
  expect(firstByte).toBeLessThan(bounds.firstByte);
  // What was compiled is in the file.
  expect(readdirSync(home)).toEqual([]);
});

test('in a root without Node everything is in it: help, Chinese, schema, completions, licences', async (context) => {
  if (bare === undefined) return context.skip(noRoot);
  expect((await inRoot('/bin/sh', '-c', 'node')).code).toBe(127);
  const said = async (...words: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await inRoot(`/${name}`, ...words);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
  };
  expect(await said('--help')).toContain('Usage: nacos-rollout');
  expect(await said('--lang', 'zh-CN', 'run', '--help')).toContain('用法');
  expect(JSON.parse(await said('schema', 'plan'))).toHaveProperty('$schema');
  expect(await said('completion', 'bash')).toContain('__complete');
  expect(await said('__complete', 'bash', 'nacos-rollout lic', ' ')).toContain('licenses');
  const licences = await said('licenses');
  for (const each of ['Apache License', 'nacos-rollout contains', 'undici 8', 'node 26', 'V8', 'OpenSSL'])
    expect(licences).toContain(each);
});

test('a rollout there, its runner and face killed in the middle, carries on to its end', async (context) => {
  if (bare === undefined || demo === undefined) return context.skip(noRoot);
  const { nacos, dir } = demo;
  const before = await listedAt(nacos, 'orders');
  const words = ['run', '--server', nacos, '--service', 'orders', '--drain', '2s', '--yes', '--json'];
  const command = bare.within(`/${name}`, ...words, '--deploy', `${dir}/redeploy.sh`);
  const face = startCommand(command, env, '/');
  let told = '';
  face.child.stdout?.on('data', (text: string) => (told += text));
  await Promise.race([until(() => told.includes('"deploy-began"')), face.ended]);
  // What it starts looks like the runner for a moment, so it is known by what it says of itself.
  const runner = Number(/"type":"runner-started","pid":(\d+)/.exec(told)?.[1]);
  // It is this file too.
  expect(readFileSync(`/proc/${runner}/cmdline`, 'utf8')).toBe(`/${name}\0__runner\0`);
  for (const pid of [runner, face.child.pid]) killNow(pid);
  await until(() => runnersOf(state).length === 0);
  expect((await inRoot(`/${name}`, 'status')).code).toBe(3);
  const resumed = await inRoot(`/${name}`, 'resume', '--yes');
  expect(resumed.code, resumed.stderr + resumed.stdout).toBe(0);
  expect(await listedAt(nacos, 'orders')).toEqual(before);
  expect((await inRoot(`/${name}`, 'status')).code).toBe(0);
});

test('the console there draws the services', async (context) => {
  if (bare === undefined || demo === undefined) return context.skip(noRoot);
  const [file = '', ...words] = bare.within(`/${name}`, '--server', demo.nacos);
  const at = openTerminal(file, words, { env: { ...env, LANG: 'en_US.UTF-8' } });
  try {
    await at.until('orders');
    at.press('ctrl-c');
    expect([0, 130]).toContain(await at.exited);
  } finally {
    at.kill();
  }
});
