import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Beside, silentServer } from '../bench/start/servers.ts';
import { besideNode } from '../bench/start/time-start.ts';
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
  const bounds = { version: 3, firstByte: 8 };
  const { seen, ...ratio } = await besideNode([process.execPath, program], silent.url, bounds, env);
  console.log(`--version ${ratio.version.toFixed(1)} ×, first byte ${ratio.firstByte.toFixed(1)} ×`);
  expect(ratio.version).toBeLessThan(bounds.version);
  expect(ratio.firstByte).toBeLessThan(bounds.firstByte);
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
