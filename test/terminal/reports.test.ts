import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type SandboxProcess,
  onlyJournal,
  startSandboxProcess,
} from '../support/processes/sandbox-process.ts';
import type { TerminalSession } from '../support/terminal/terminal.ts';
import { until } from '../support/time/until.ts';
import { openProgram, openReview, signs } from './demo-console.ts';

let sandbox: SandboxProcess;
let at: TerminalSession;

beforeEach(async () => {
  sandbox = await startSandboxProcess();
  at = openProgram(['--server', sandbox.demo.nacos], { env: sandbox.env });
});
afterEach(async () => {
  at.kill();
  await sandbox.end();
});

/** All that was sent before is read once a key that was pressed after it shows. */
async function isRead(): Promise<void> {
  at.press('?');
  await at.until('Keys of this screen');
  at.press('?');
  await until(() => !at.screen().includes('Keys of this screen'));
}

const text = (said: string): Uint8Array => Buffer.from(said);
/** Each is followed by, or holds, keys that start a rollout, mark, leave or answer yes. */
const reports: readonly (readonly Uint8Array[])[] = [
  // An X10 click at column 39, as in one read, in two, and with bytes that are no UTF-8.
  [text('\x1b[M G(')],
  [text('\x1b['), text('M G(')],
  [text('\x1b[M'), text(' '), text('G('), text('\x1b[M#'), text('GG')],
  [Uint8Array.of(0x1b, 0x5b, 0x4d, 0x20, 0xe4, 0x47)],
  [Uint8Array.of(0x9b, 0x4d, 0x20, 0x47, 0x79)],
  [text('\x1b[M \u0447G'), text('\x1b[<0;39;8M\x1b[<0;39;8m'), text('\x1b[32;39;7M')],
  [text('\x1b[I\x1b[O'), text('\x1b[?62;22c\x1b[12;40R\x1b[?2026;2$y\x1b[?1u')],
  [text('\x1b]11;rgb:1d1d/1f1f/2121G\x07\x1b]10;G'), text('y\x1b\\')],
  [text('\x1bP>|XTerm(370)G\x1b\\\x1b_G'), text('G\x1b\\')],
  [text('\x1b[[A\x1bOPG'.slice(0, -1)), text('\x1b[1;5A\x1b[24~')],
];

test('no report of the terminal presses a key on the review', async () => {
  await openReview(at, `${sandbox.demo.dir}/redeploy.sh`, '5s');
  for (const reads of reports) {
    for (const bytes of reads) {
      at.send(bytes);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await isRead();
    expect(at.screen()).toContain('No instance has been changed yet');
    expect(onlyJournal(sandbox)).toEqual([]);
  }
  at.press('\x1b[200~G\x1b[A\rG\x1b[201~');
  await at.until('A paste does not press keys here');
  // The keys themselves still work.
  at.press('escape');
  await at.until('How to roll');
  at.press('v');
  await at.until(signs.en.review);
  await at.until(/✓ .*2\.2\.4/);
  at.press('G');
  await at.until(signs.en.draining);
  at.press('A');
  await at.until('Abort this rollout?');
});

test('a paste that never ends is said, and Ctrl-C ends it', async () => {
  await at.until(signs.en.services);
  at.press('\x1b[200~qqq');
  await at.until('A paste has begun and does not end');
  at.press('ctrl-c');
  await until(() => !at.screen().includes('A paste has begun'));
  await isRead();
  at.press('q');
  expect(await at.exited).toBe(0);
});

test('reports that a dead program left on are off before the console asks anything, and after it', async () => {
  await at.until(signs.en.services);
  const modes = [9, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1015, 1016];
  const opened = at.raw();
  for (const mode of modes) expect(opened).toContain(`\x1b[?${mode}l`);
  at.press('q');
  expect(await at.exited).toBe(0);
  const left = at.raw().slice(at.raw().lastIndexOf('\x1b[?1049l'));
  for (const mode of [...modes, 2004]) expect(left).toContain(`\x1b[?${mode}l`);
});
