import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Beside, silentServer, slowServer } from '../../bench/start/servers.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { type SandboxProcess, startSandboxProcess } from '../../support/processes/sandbox-process.ts';
import { until } from '../../support/time/until.ts';
import { runProgram } from '../program-process.ts';

let sandbox: SandboxProcess;
let silent: Beside;
let slow: Beside;
beforeAll(async () => {
  sandbox = await startSandboxProcess();
  silent = await silentServer();
  slow = await slowServer(sandbox.demo.nacos, 700);
});
afterAll(async () => {
  silent.close();
  slow.close();
  await sandbox.end();
});

type Tab = { readonly ms: number; readonly lines: readonly string[] };

/** A home of its own, and what a tab in it gives. */
function newHome(server: string): {
  readonly names: string;
  readonly tab: (...words: string[]) => Promise<Tab>;
} {
  const home = newDirectory('names');
  const env = { XDG_CONFIG_HOME: home, XDG_STATE_HOME: home, XDG_CACHE_HOME: home, SECRET: 'hunter2' };
  const connection = ['--server', server, '--username', 'nacos', '--password-from', 'env:SECRET'];
  return {
    names: join(home, 'nacos-rollout', 'names'),
    tab: async (...words) => {
      const began = performance.now();
      const { stdout, code } = await runProgram(['__complete', 'zsh', ...connection, ...words], env);
      expect(code).toBe(0);
      return { ms: performance.now() - began, lines: stdout.trimEnd().split('\n') };
    },
  };
}

/** Without the marks of whoever is still at it. */
function keptIn(names: string): readonly string[] {
  return readdirSync(names)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(names, name));
}

test('a server that says nothing keeps nobody waiting: a second once, then not at all', async () => {
  const firsts: number[] = [];
  const seconds: number[] = [];
  // What else the machine does only adds: the fastest of each tells what we wait for.
  const waitedMs = (): number => Math.min(...firsts) - Math.min(...seconds);
  const isRight = (): boolean => waitedMs() > 500 && waitedMs() < 3000;
  for (let round = 0; round < 8 && !isRight(); round += 1) {
    const { tab } = newHome(silent.url);
    for (const times of [firsts, seconds]) {
      const { ms, lines } = await tab('instances', '');
      expect(lines).toEqual(['words']);
      times.push(ms);
    }
  }
  console.log(
    `tabs before a silent server: ${firsts.map(Math.round).join(' ')} ms, then ${seconds.map(Math.round).join(' ')} ms`,
  );
  expect(isRight(), `${waitedMs()} ms`).toBe(true);
});

test('what a slow server says is there at a later tab, for its owner alone and without a secret', async () => {
  const { tab, names } = newHome(slow.url);
  expect((await tab('instances', 'orders-')).lines).toEqual(['words']);
  await until(async () => (await tab('instances', 'orders-')).lines.length > 1);
  expect((await tab('instances', 'orders-')).lines).toEqual([
    'words',
    expect.stringMatching(/^orders-report\t/),
  ]);
  const files = keptIn(names);
  expect(files).toHaveLength(1);
  for (const file of files) {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toMatch(/hunter2|env:SECRET/);
  }
  // Another Nacos is another question.
  expect((await tab('--server', silent.url, 'instances', 'o')).lines).toEqual(['words']);
});

test('a cache that somebody wrote nonsense into is none', async () => {
  const { tab, names } = newHome(sandbox.demo.nacos);
  await until(async () => (await tab('instances', 'orders-')).lines.length > 1);
  const [file = ''] = keptIn(names);
  for (const text of ['', '{', '[1, null, {"value": 2}]', '{"value":"x"}']) {
    writeFileSync(file, text);
    expect((await tab('instances', 'evil')).lines).toEqual(['words']);
  }
});
