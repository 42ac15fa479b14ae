import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Beside, silentServer } from '../bench/start/servers.ts';
import { type Shown, medianOf, runMs, shownMs } from '../bench/start/time-start.ts';
import { newDirectory } from '../support/new-directory.ts';
import { program } from '../support/processes/sandbox-process.ts';
import { openTerminal } from '../support/terminal/terminal.ts';

let silent: Beside;
let env: Readonly<Record<string, string>> = {};

beforeAll(async () => {
  silent = await silentServer();
  const home = newDirectory('start');
  env = { XDG_CONFIG_HOME: home, XDG_STATE_HOME: home, XDG_CACHE_HOME: home, LANG: 'en_US.UTF-8' };
});
afterAll(() => silent.close());

// `npm run bench:start` measures it on a machine that does nothing else; here the bounds are twice as wide.
test('beside node itself: the version, and the first byte of a console whose server says nothing', async () => {
  const ratios: number[] = [];
  const firstBytes: number[] = [];
  const seen: Shown[] = [];
  for (let time = 0; time < 7; time += 1) {
    const base = await runMs([process.execPath, '-e', '0'], env);
    ratios.push((await runMs([process.execPath, program, '--version'], env)) / base);
    const shown = await shownMs([process.execPath, program, '--server', silent.url], env);
    firstBytes.push(shown.firstByteMs / base);
    seen.push(shown);
  }
  console.log(`--version ${medianOf(ratios).toFixed(1)} ×, first byte ${medianOf(firstBytes).toFixed(1)} ×`);
  expect(medianOf(ratios)).toBeLessThan(3);
  expect(medianOf(firstBytes)).toBeLessThan(8);
  for (const { firstText } of seen)
    expect(firstText).toContain(`Opening the console, to reach ${silent.url}. Ctrl-C leaves.`);
});

test('what was said before the console was drawn is gone when it is left', async () => {
  const at = openTerminal(process.execPath, [program, '--server', silent.url], { env });
  try {
    await at.until('Reaching Nacos');
    at.press('ctrl-c');
    expect(await at.exited).toBe(130);
    expect(at.raw()).toContain('Opening the console');
    expect(at.screen()).not.toContain('Opening the console');
  } finally {
    at.kill();
  }
});

test('Ctrl-C leaves while it is still being opened', async () => {
  const at = openTerminal(process.execPath, [program, '--server', silent.url], { env });
  at.onData(() => at.press('ctrl-c'));
  await at.exited;
  expect(at.raw().lastIndexOf('\x1b[?1049l')).toBeGreaterThanOrEqual(at.raw().lastIndexOf('\x1b[?1049h'));
});
