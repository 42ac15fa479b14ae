import stringWidth from 'string-width';
import { afterEach, describe, expect, test } from 'vitest';
import { processesBelow } from '../support/processes/processes.ts';
import type { TerminalSession } from '../support/terminal/terminal.ts';
import { beginRollout, gatewayCount, openProgram, signs } from './demo-console.ts';

let session: TerminalSession | undefined;
afterEach(() => session?.kill());

describe.each(['en', 'zh-CN'] as const)('the demo, played at 80×24 in %s', (language) => {
  const sign = signs[language];

  test('ends with every instance on the new version and no failure', async () => {
    const at = (session = openProgram(['demo'], { env: { LANG: sign.lang } }));
    await beginRollout(at, sign);
    await at.until(sign.done);
    // The last look of the runner comes after its last event.
    const screen = await at.until(/(?:● .* w5 v42[^]*){3}/);
    expect(gatewayCount(at, sign).failures).toBe(0);
    expect(gatewayCount(at, sign).requests).toBeGreaterThan(1000);
    for (const line of screen.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(80);
    at.press('q');
    expect(await at.exited).toBe(0);
    expect(at.raw().slice(at.raw().lastIndexOf('\x1b[?1049l'))).toMatch(sign.lost);
    // The terminal is as it was: alternate screen left, cursor shown.
    expect(at.raw().lastIndexOf('\x1b[?1049l')).toBeGreaterThan(at.raw().lastIndexOf('\x1b[?1049h'));
    expect(at.raw().lastIndexOf('\x1b[?25h')).toBeGreaterThan(at.raw().lastIndexOf('\x1b[?25l'));
    expect(processesBelow(at.pid)).toEqual([]);
  });
});

// Whether a skipped drain costs anything depends on how old the gateway's list is just then; a sudden death always does.
test('a skipped drain deploys at once; what dies undrained costs requests, and the counter shows them', async () => {
  const sign = signs.en;
  const at = (session = openProgram(['demo'], { env: { LANG: sign.lang } }));
  await beginRollout(at, sign);
  // A target that is through by then is followed by one that drains.
  await at.pressUntil('s', /^ y /m);
  at.press('y');
  await at.until(sign.deploying);
  const third = processesBelow(at.pid).find(
    ({ words }) => words.includes('__demo-instance') && words.some((word) => /"port":\d+83\b/.test(word)),
  );
  expect(third).toBeDefined();
  process.kill(third?.pid ?? 0, 'SIGKILL');
  await at.until(/requests · [1-9]\d* failures/);
  expect(gatewayCount(at, sign).failures).toBeGreaterThan(0);
});
