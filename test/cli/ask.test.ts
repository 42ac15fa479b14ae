import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { askHidden } from '../../src/cli/io/ask.ts';
import type { Cli } from '../../src/cli/io/command-ports.ts';
import { escapeWaitMs } from '../../src/keyboard/terminal-input.ts';
import { virtualClock } from '../support/time/virtual-clock.ts';
import { runOrders, stageOrders } from './support/orders-stage.ts';

/** A password prompt, and what it comes to. */
function openPrompt() {
  const clock = virtualClock();
  const modes: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (isRaw: boolean) => modes.push(isRaw),
  });
  let shown = '';
  const stdout = Object.assign(new PassThrough(), { isTTY: true });
  stdout.on('data', (data: Buffer) => (shown += data.toString()));
  const output = { prompt: () => undefined, talk: () => undefined };
  const cli = { input: { stdin, stdout }, output, ports: () => Promise.resolve({ clock }) } as unknown as Cli;
  const typed = askHidden(cli, 'Password: ');
  const type = async (...reads: readonly string[]): Promise<void> => {
    for (const read of reads) {
      stdin.write(read);
      await clock.advance(escapeWaitMs);
    }
  };
  return { typed, type, modes, shown: () => shown };
}

test('a password is what was typed, without what the terminal says of itself', async () => {
  const { typed, type, modes, shown } = openPrompt();
  await type(
    's3',
    '\x1b[M G(',
    '\x1b',
    '[I',
    'cx\x7f',
    '\x1b]10;rgb:1/1/1\x1b\\r',
    '\x1b[A\x1b[200~et\x1b[201~',
    '\r',
  );
  expect(await typed).toBe('s3cret');
  expect(modes).toEqual([true, false]);
  expect(shown()).toContain('\x1b[?1000l');
  // Nobody could switch it off again after a SIGTERM.
  expect(shown()).not.toContain('h');
});

test.each([
  ['Ctrl-C', 'half\x03'],
  ['Ctrl-D', '\x04'],
])('%s gives no password', async (_name, keys) => {
  const { typed, type, modes } = openPrompt();
  await type(keys);
  expect(await typed).toBeUndefined();
  expect(modes).toEqual([true, false]);
});

test('Ctrl-U begins the password again', async () => {
  const { typed, type } = openPrompt();
  await type('wrong\x15', '中文\x7f', '\r');
  expect(await typed).toBe('中');
});

test('a report is not the answer that starts a rollout', async () => {
  const { stage, launcher } = stageOrders();
  stage.isTerminal = true;
  stage.typed = '\x1b]l yes\x1b\\\n\x1b[Myes\n\n';
  const { code } = await stage.run(...runOrders);
  expect(code).toBe(130);
  expect(launcher.requests).toEqual([]);
});
