import { afterEach, expect, test } from 'vitest';
import { newDirectory } from '../support/new-directory.ts';
import { processesBelow } from '../support/processes/processes.ts';
import { type TerminalSession, openTerminal } from '../support/terminal/terminal.ts';
import { until } from '../support/time/until.ts';
import { program } from './demo-console.ts';

let session: TerminalSession | undefined;
afterEach(() => {
  if (session === undefined) return;
  for (const { pid } of processesBelow(session.pid)) process.kill(pid, 'SIGKILL');
  session.kill();
});

const countOf = (at: TerminalSession, text: string): number => at.raw().split(text).length - 1;

async function showsHelp(at: TerminalSession): Promise<void> {
  at.press('?');
  await at.until('Keys of this screen');
  at.press('?');
  await until(() => !at.screen().includes('Keys of this screen'));
}

test('fg right after Ctrl-Z brings it back, where the shell waits for another than us', async () => {
  const home = newDirectory('fg');
  const env = { PS1: 'shell> ', HOME: home, XDG_STATE_HOME: home, XDG_CONFIG_HOME: home };
  const at = (session = openTerminal('bash', ['--norc', '-i'], { env }));
  await at.until('shell>');
  // As npx starts us: it stops at once, and we first give the terminal back.
  at.press(`sh -c '"${process.execPath}" "${program}"; true'`, 'enter');
  await at.until('Welcome');
  await showsHelp(at);
  for (let times = 1; times <= 5; times += 1) {
    at.press('\x1a');
    await until(() => countOf(at, 'Stopped') === times);
    at.press('fg', 'enter');
    await until(() => countOf(at, '\x1b[?1049h') === times + 1);
    await showsHelp(at);
  }
  expect(countOf(at, '\x1b[?1049l')).toBe(5);
});
