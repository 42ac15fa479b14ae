import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type SandboxProcess,
  onlyJournal,
  startSandboxProcess,
} from '../support/processes/sandbox-process.ts';
import type { TerminalSession } from '../support/terminal/terminal.ts';
import { until } from '../support/time/until.ts';
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
