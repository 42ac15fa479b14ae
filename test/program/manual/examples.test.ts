import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { examples } from '../../../src/cli/manual/examples.ts';
import { newDirectory } from '../../support/new-directory.ts';
import {
  type SandboxProcess,
  program,
  startSandboxProcess,
} from '../../support/processes/sandbox-process.ts';
import { whileRunning } from '../../support/processes/while-running.ts';
import { openTerminal } from '../../support/terminal/terminal.ts';
import { until } from '../../support/time/until.ts';
import { type Ended, startCommand } from '../program-process.ts';

let sandbox: SandboxProcess;
const home = newDirectory('examples');
let nacos = '';
let env: Record<string, string> = {};
const ran = new Set<string>();

beforeAll(async () => {
  sandbox = await startSandboxProcess();
  const bin = join(home, 'bin');
  mkdirSync(bin);
  write(join(bin, 'nacos-rollout'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  // Where the file `refuse` is, it fails once.
  write(
    join(home, 'redeploy.sh'),
    `#!/bin/sh\nif rm refuse 2>/dev/null; then exit 1; fi\nexec '${join(sandbox.demo.dir, 'redeploy.sh')}'\n`,
  );
  const { PATH = '' } = process.env;
  env = {
    ...sandbox.env,
    HOME: home,
    PATH: `${bin}:${PATH}`,
    LC_ALL: 'C.UTF-8',
    EDITOR: 'true',
    PAGER: 'cat',
  };
  nacos = sandbox.demo.nacos;
});
afterAll(() => sandbox.end());

function write(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

/** One line as it stands in `--help`, in a shell. */
async function type(line: string): Promise<Ended> {
  ran.add(line);
  return startCommand(
    ['bash', '-o', 'pipefail', '-c', `nacos-rollout ${line}`],
    { ...env, NACOS_ROLLOUT_SERVER: nacos },
    home,
  ).ended;
}

async function typeAll(...paths: readonly string[]): Promise<void> {
  for (const line of paths.flatMap((path) => examples[path] ?? [])) {
    const { code, stderr } = await type(line);
    expect([line, code, stderr]).toEqual([line, 0, stderr]);
  }
}

test('profiles, lists, one instance, and what is printed', async () => {
  const other = await startSandboxProcess();
  const instance = { serviceName: 'orders', ip: '10.0.0.5', port: '8080', ephemeral: 'false' };
  const url = `${other.demo.nacos}/nacos/v1/ns/instance?${new URLSearchParams(instance).toString()}`;
  expect((await fetch(url, { method: 'POST' })).status).toBe(200);
  nacos = other.demo.nacos;
  await typeAll('profile add', 'profile edit', 'profile list', 'profile show', 'profile test', 'profile use');
  await typeAll('services', 'instances', 'disable', 'enable', 'doctor');
  await typeAll('schema', 'completion', 'man', 'profile remove');
  expect(readFileSync(join(home, 'nacos-rollout.1'), 'utf8')).toContain('.TH NACOS');
  nacos = sandbox.demo.nacos;
  await other.end();
});

test('a plan from its making to the report', async () => {
  await typeAll('plan', 'plan check', 'plan diff', 'plan show');
  const [edit = ''] = examples['plan edit'] ?? [];
  ran.add(edit);
  const words = ['-c', `nacos-rollout ${edit}`];
  const at = openTerminal('bash', words, { cwd: home, env: { ...env, NACOS_ROLLOUT_SERVER: nacos } });
  expect([await at.exited, at.screen()]).toEqual([0, at.screen()]);
  await typeAll('run', 'status', 'history', 'report');
  expect(readFileSync(join(home, 'events.ndjson'), 'utf8')).toContain('"rollout-ended"');
  expect(existsSync(join(home, 'proof.html'))).toBe(true);
});

test('a rollout that runs, and one that stands still', async () => {
  const running = type('run --service shop --drain 10m --deploy ./redeploy.sh --yes');
  await until(async () => (await type('status')).stdout.includes(' runs'));
  await typeAll('order');
  // Each of its targets drains for longer than a busy machine takes for all this.
  await whileRunning(typeAll('attach'), async () => void (await type('order skip-drain')));
  expect((await running).code).toBe(0);
  writeFileSync(join(home, 'refuse'), '');
  expect((await type('run --service shop --drain 1s --deploy ./redeploy.sh --yes')).code).toBe(3);
  await typeAll('resume');
});

test('all of them were run', () => {
  expect(
    Object.values(examples)
      .flat()
      .filter((line) => !ran.has(line)),
  ).toEqual([]);
});
