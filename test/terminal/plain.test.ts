import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type SandboxProcess,
  onlyJournal,
  startSandboxProcess,
} from '../support/processes/sandbox-process.ts';
import type { TerminalSession } from '../support/terminal/terminal.ts';
import { until } from '../support/time/until.ts';
import { runProgram } from '../program/program-process.ts';
import { openProgram } from './demo-console.ts';

let sandbox: SandboxProcess;
let at: TerminalSession | undefined;

beforeEach(async () => {
  sandbox = await startSandboxProcess();
});
afterEach(async () => {
  at?.kill();
  await sandbox.end();
});

test('Ctrl-D at a decision says that nothing is heard here any more, and where it is', async () => {
  at = openProgram(['run', '--plain', '--service', 'orders', '--drain', '1s', '--deploy', 'false'], {
    columns: 200,
    rows: 60,
    env: sandbox.env,
  });
  await at.until(/Type yes:$/);
  at.press('yes', 'enter');
  await at.until('keeps it out');
  at.press('\x04');
  await at.until(/The input has ended.*attach [0-9a-f]{8}/);
  at.press('ctrl-c');
  await until(() => onlyJournal(sandbox).some(({ type }) => type === 'paused'));
  await at.pressUntil('ctrl-c', 'Stopping now');
  expect(await at.exited).toBe(3);
});

test('a whole rollout in lines: by numbers from the service to the end, and the screen is only added to', async () => {
  const { dir, nacos } = sandbox.demo;
  const { NACOS_ROLLOUT_SERVER: _server, ...env } = sandbox.env;
  const added = await runProgram(
    ['profile', 'add', 'box', '--server', nacos, '--drain', '1s', '--deploy', join(dir, 'redeploy.sh')],
    env,
  );
  expect(added.code, added.stderr).toBe(0);
  at = openProgram([], { columns: 100, rows: 200, env: { ...env, TERM: 'dumb' } });
  await at.until(/ 1 {2}orders, [^]*Number:$/);
  at.press('1', 'enter');
  await at.until(/Which instances[^]*or a for all:$/);
  at.press('2', 'enter');
  await at.until(/Deploy command[^]*:$/);
  at.press('enter');
  await at.until(/What now\?[^]*Number:$/);
  at.press('2', 'enter');
  await at.until(/Type yes:$/);
  at.press('yes', 'enter');
  expect(await at.exited).toBe(0);
  expect(onlyJournal(sandbox).at(-1)).toMatchObject({ type: 'rollout-ended', outcome: 'done' });
  // A terminal that moves no cursor obeys no sequence either: it would show them.
  expect(at.raw()).not.toContain('\x1b');
});
