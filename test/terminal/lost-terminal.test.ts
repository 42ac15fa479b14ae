import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type SandboxProcess,
  onlyJournal,
  startSandboxProcess,
} from '../support/processes/sandbox-process.ts';
import type { TerminalSession } from '../support/terminal/terminal.ts';
import { until } from '../support/time/until.ts';
import { openProgram, openReview, signs } from './demo-console.ts';

const sign = signs.en;
let sandbox: SandboxProcess;
const sessions: TerminalSession[] = [];

beforeEach(async () => {
  sandbox = await startSandboxProcess();
});
afterEach(async () => {
  for (const session of sessions.splice(0)) session.kill();
  await sandbox.end();
});

/** The console on the sandbox's server, like anybody's; a rollout of two of `orders` that drains. */
async function beginHere(drain: string): Promise<TerminalSession> {
  const at = open();
  await openReview(at, `${sandbox.demo.dir}/redeploy.sh`, drain);
  at.press('G');
  await at.until(sign.draining);
  return at;
}

function open(): TerminalSession {
  const at = openProgram(['--server', sandbox.demo.nacos], { env: sandbox.env });
  sessions.push(at);
  return at;
}

function drainsMs(): readonly number[] {
  return onlyJournal(sandbox).flatMap((event) => (event.type === 'drain-ended' ? [event.ms] : []));
}

function hasEnded(): boolean {
  return onlyJournal(sandbox).some((event) => event.type === 'rollout-ended');
}

test('a console whose terminal nobody reads for a minute delays no step', async () => {
  const at = await beginHere('35s');
  at.stopReading();
  const unreadSince = Date.now();
  await until(hasEnded, 200);
  expect(Date.now() - unreadSince).toBeGreaterThan(60_000);
  for (const ms of drainsMs()) {
    expect(ms).toBeGreaterThanOrEqual(35_000);
    // What the terminal held up would be held up for the whole minute.
    expect(ms).toBeLessThan(60_000);
  }
  expect(drainsMs()).toHaveLength(2);
  at.readOn();
  await at.until(sign.done);
});

test('a killed console leaves its target going, and the next one shows the rollout', async () => {
  const at = await beginHere('15s');
  at.kill('SIGKILL');
  await at.exited;
  await until(() => onlyJournal(sandbox).some((event) => event.type === 'face-lost'));
  const again = open();
  await again.until(/127\.0\.0\.1:\d+81/);
  await until(() => onlyJournal(sandbox).some((event) => event.type === 'enabled'), 100);
  expect(drainsMs().at(0)).toBeGreaterThanOrEqual(15_000);
});
