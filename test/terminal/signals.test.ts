import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runProgram, startProgram } from '../program/program-process.ts';
import { killNow, runnersOf } from '../support/processes/runners.ts';
import { breaking } from '../support/servers/breaking.ts';
import { processesWith } from '../support/processes/processes.ts';
import {
  type SandboxProcess,
  onlyJournal,
  startSandboxProcess,
} from '../support/processes/sandbox-process.ts';
import type { TerminalSession } from '../support/terminal/terminal.ts';
import { until } from '../support/time/until.ts';
import { openProgram } from './demo-console.ts';

let sandbox: SandboxProcess;
const sessions: TerminalSession[] = [];

beforeEach(async () => {
  sandbox = await startSandboxProcess();
});
afterEach(async () => {
  for (const session of sessions.splice(0)) session.kill();
  await sandbox.end();
});

const stateHome = (): string => sandbox.env['XDG_STATE_HOME'] ?? '';
const hasHappened = (type: string): boolean => onlyJournal(sandbox).some((event) => event.type === type);

function words(drain: string, deploy = `${sandbox.demo.dir}/redeploy.sh`): readonly string[] {
  return ['run', '--service', 'orders', '--drain', drain, '--deploy', deploy];
}

function open(...args: readonly string[]): TerminalSession {
  const at = openProgram(args, { env: sandbox.env });
  sessions.push(at);
  return at;
}

/** A console that has taken over a rollout which drains, and is its only face. */
async function consoleInDrain(
  drain = '10m',
  env: Readonly<Record<string, string>> = {},
): Promise<TerminalSession> {
  const face = startProgram([...words(drain), '--yes'], sandbox.env, '/tmp');
  await until(() => hasHappened('drain-began'));
  const at = openProgram([], { env: { ...sandbox.env, ...env } });
  sessions.push(at);
  await at.until('1 rollout has not ended');
  await at.until(/c carry on/);
  await at.pressUntil('c', /Take it over|Carry on with/);
  at.press('y');
  await at.until(/Draining 127/);
  killNow(face.child.pid);
  await face.ended;
  return at;
}

/** The alternate screen left, the cursor shown, pastes unmarked, and no report on that anybody had left on. */
function expectTerminalAsBefore(at: TerminalSession): void {
  expect(at.raw().lastIndexOf('\x1b[?2004l')).toBeGreaterThan(at.raw().lastIndexOf('\x1b[?2004h'));
  expect(at.raw().lastIndexOf('\x1b[?1000l')).toBeGreaterThan(at.raw().lastIndexOf('\x1b[?1049l'));
  expect(at.raw().lastIndexOf('\x1b[?1049l')).toBeGreaterThan(at.raw().lastIndexOf('\x1b[?1049h'));
  expect(at.raw().lastIndexOf('\x1b[?25h')).toBeGreaterThan(at.raw().lastIndexOf('\x1b[?25l'));
}

function stateOf(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
}

test('Ctrl-C twice in a deploy ends its whole group; the journal and the exit code say what is off', async () => {
  const marker = `4${process.pid}.25`;
  const at = open(...words('1s', `sleep ${marker} & sleep ${marker}`));
  await at.until(/Roll orders now|Type yes/);
  at.press('yes', 'enter');
  await until(() => processesWith(marker).some(({ words }) => words[0] === 'sleep'), 60);
  at.press('ctrl-c');
  await until(() => hasHappened('paused'));
  await at.pressUntil('ctrl-c', 'Stopping now');
  expect(await at.exited).toBe(3);
  const ended = onlyJournal(sandbox).find(({ type }) => type === 'deploy-ended');
  expect(ended).toMatchObject({ result: { kind: 'killed' } });
  expect(onlyJournal(sandbox).at(-1)).toMatchObject({
    type: 'runner-rested',
    why: 'interrupted',
    exitCode: 3,
  });
  expect(processesWith(marker).filter(({ words }) => words[0] === 'sleep')).toEqual([]);
  expect(at.screen()).toContain('Still off because of us');
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'])(
  '%s ends the console alone: the runner misses it and goes on',
  async (signal) => {
    const at = await consoleInDrain();
    at.kill(signal);
    await at.exited;
    if (signal !== 'SIGHUP') expectTerminalAsBefore(at);
    await until(() => hasHappened('face-lost'));
    expect(runnersOf(stateHome())).toHaveLength(1);
    expect(hasHappened('drain-ended')).toBe(false);
  },
);

test.each(['thrown', 'rejected'] as const)(
  'a console that breaks by something %s gives the terminal back, then says so',
  async (how) => {
    const at = await consoleInDrain('10m', breaking(how));
    at.kill('SIGUSR2');
    expect(await at.exited).toBe(70);
    expectTerminalAsBefore(at);
    const screen = at.screen().replaceAll('\n', '');
    expect(screen).toContain('failed in a way that nobody foresaw (nobody thought of this)');
    expect(screen).not.toMatch(/ {4}at |Draining/);
    await until(() => hasHappened('face-lost'));
  },
);

test('SIGTERM to the runner: it rests, names what is off, and the console leaves with 3', async () => {
  const at = await consoleInDrain();
  for (const pid of runnersOf(stateHome())) process.kill(pid, 'SIGTERM');
  await at.until('The runner rests');
  expect(onlyJournal(sandbox).at(-1)).toMatchObject({
    type: 'runner-rested',
    why: 'interrupted',
    exitCode: 3,
  });
  await until(() => runnersOf(stateHome()).length === 0);
  at.press('q');
  expect(await at.exited).toBe(3);
  expectTerminalAsBefore(at);
  expect((await runProgram(['status'], sandbox.env)).code).toBe(3);
});

test('Ctrl-Z gives the terminal to the shell, and coming back draws it again', async () => {
  const at = await consoleInDrain();
  at.press('\x1a');
  await until(() => stateOf(at.pid) === 'T');
  await until(() => at.raw().lastIndexOf('\x1b[?2004l') > at.raw().lastIndexOf('\x1b[?1049h'));
  expectTerminalAsBefore(at);
  expect(hasHappened('face-lost')).toBe(false);
  at.kill('SIGCONT');
  await until(() => at.raw().lastIndexOf('\x1b[?1049h') > at.raw().lastIndexOf('\x1b[?1049l'));
  await at.until(/Draining 127/);
});

test('a storm of window changes ends in a screen that fits', async () => {
  const at = await consoleInDrain();
  for (let index = 0; index < 200; index += 1) at.resize(60 + (index % 80), 10 + (index % 40));
  at.resize(100, 30);
  await at.until(/Draining 127/);
  at.press('?');
  await at.until('Keys of this screen');
  at.press('escape');
  const screen = await at.until(/Draining 127/);
  const [rule = ''] = /─{20,}/.exec(screen) ?? [];
  expect(rule).toHaveLength(100);
});

test('a reader of standard output that goes away stops nothing', async () => {
  const face = startProgram([...words('3s'), '--yes', '--json'], sandbox.env, '/tmp');
  await until(() => hasHappened('disabled'));
  face.child.stdout?.destroy();
  await until(() => hasHappened('rollout-ended'), 100);
  expect((await face.ended).code).toBe(0);
});
