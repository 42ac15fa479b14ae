import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDirectory } from '../support/new-directory.ts';
import {
  type SandboxProcess,
  onlyJournal,
  startSandboxProcess,
} from '../support/processes/sandbox-process.ts';
import { listedAt } from './kill-place.ts';
import { runBare, runProgram } from './program-process.ts';

let sandbox: SandboxProcess;
let beats: NodeJS.Timeout;
const service = 'large';
const ports = [17_301, 17_302];
const metadata = { big: 'x'.repeat(140_000), version: '1' };

async function call(method: string, path: string, form: Record<string, string>): Promise<void> {
  const naming = { serviceName: service, ip: '127.0.0.1', ...form };
  const answer = await fetch(`${sandbox.demo.nacos}/nacos/v1/ns/${path}`, {
    method,
    body: new URLSearchParams(naming),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
}

beforeAll(async () => {
  sandbox = await startSandboxProcess();
  for (const [index, port] of ports.entries()) {
    const its = index === 0 ? metadata : { version: '1' };
    await call('POST', 'instance', { port: String(port), metadata: JSON.stringify(its) });
  }
  beats = setInterval(() => {
    for (const port of ports)
      void call('PUT', 'instance/beat', { port: String(port) }).catch(() => undefined);
  }, 2000);
});
afterAll(async () => {
  clearInterval(beats);
  await sandbox.end();
});

const words = (deploy: string): readonly string[] => [
  'run',
  '--service',
  service,
  '--drain',
  '1s',
  '--check',
  'true',
  '--deploy',
  deploy,
  '--yes',
];

test('metadata that no environment takes: the review says so, and the command finds it in a file', async () => {
  const cwd = newDirectory('large');
  const line =
    'printf "%s\\n" "$NACOS_ROLLOUT_PORT ${NACOS_ROLLOUT_METADATA-none}" >>told; cat "${NACOS_ROLLOUT_METADATA_FILE:-/dev/null}" >>large';
  const { code, stderr } = await runProgram(words(line), sandbox.env, cwd);
  expect(code, stderr).toBe(0);
  expect(stderr).toContain(
    '! NACOS_ROLLOUT_METADATA of 127.0.0.1:17301 is too long for an environment: the command finds it in the file that NACOS_ROLLOUT_METADATA_FILE names',
  );
  expect(readFileSync(join(cwd, 'told'), 'utf8')).toBe('17301 none\n17302 {"version":"1"}\n');
  expect(JSON.parse(readFileSync(join(cwd, 'large'), 'utf8'))).toEqual(metadata);
  expect((await listedAt(sandbox.demo.nacos, service)).map(({ enabled }) => enabled)).toEqual([true, true]);
  const ended = onlyJournal(sandbox).filter((event) => event.type === 'deploy-ended');
  expect(ended).toMatchObject([{ result: { code: 0 } }, { result: { code: 0 } }]);
});

test('a command that no system starts is refused before anything is written, in a rehearsal too', async () => {
  const plan = join(newDirectory('large'), 'plan.json');
  const deploy = { run: `true ${'x'.repeat(140_000)}` };
  const stages = [{ services: [{ service, deploy }] }];
  writeFileSync(plan, JSON.stringify({ version: 1, stages }));
  const before = await listedAt(sandbox.demo.nacos, service);
  for (const how of ['--yes', '--dry-run']) {
    const { code, stderr } = await runProgram(['run', '-f', plan, how], sandbox.env);
    expect(code, stderr).toBe(2);
    expect(stderr).toContain(
      '✗ The deploy command of 127.0.0.1:17301, 127.0.0.1:17302 cannot be started: a word of it is 140006 bytes long, and the system takes at most 131072: put it into a script.',
    );
  }
  expect(await listedAt(sandbox.demo.nacos, service)).toEqual(before);
});

test('an environment that is nearly full already is said before anything is written', async () => {
  // A quarter of the stack is what the system takes; with this there is room for us, and not for what we would tell.
  const room = (2048 * 1024) / 4;
  const full = Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [`FULL_${index}`, 'x'.repeat((room - 5000) / 10)]),
  );
  const line = 'ulimit -s 2048 && "$@"';
  const { code, stderr } = await runBare(words('true'), { ...sandbox.env, ...full }, { line });
  expect(code, stderr).toBe(2);
  expect(stderr).toMatch(/cannot be started: with its environment it comes to \d+ bytes/);
});
