import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellsOf } from '../../src/core/text/cells.ts';
import { frame, smallest } from '../../src/tui/screens/frame.ts';
import { lineText } from '../../src/tui/draw/line.ts';
import type { Model } from '../../src/tui/model/model.ts';
import { profileEntry } from './support/fake-ports.ts';
import { openConsole } from './support/open-console.ts';
import { deployFailed, disabledAndDraining, first, openRollout } from './support/open-rollout.ts';
import { observed } from './support/usual-plan.ts';

/** One model of every screen, and of some with a question in front. */
async function models(language: 'en' | 'zh-CN'): Promise<readonly Model[]> {
  const opened = openConsole({ language });
  const seen: Model[] = [];
  const keep = (): unknown => seen.push(opened.store.model());
  await opened.sees('prod-sh');
  keep();
  for (const keys of [['n'], ['enter'], ['esc', 'esc', 'enter']]) {
    await opened.press(...keys);
    keep();
  }
  await opened.sees('orders');
  for (const key of ['/', 'esc', '?', 'esc', 'n', 'esc', 'enter']) {
    await opened.press(key);
    keep();
  }
  await opened.sees('10.0.0.13:8080');
  for (const key of ['a', 'c', 'esc', 'enter', 'enter', 'esc', 'v']) {
    await opened.press(key);
    keep();
  }
  await opened.sees('Raft');
  keep();
  const draining = await openRollout({ language });
  disabledAndDraining(draining.link, first);
  draining.link.observe(observed(['a', 'b']));
  seen.push(draining.store.model());
  await draining.press('A');
  seen.push(draining.store.model());
  const stuck = await openRollout({ language });
  deployFailed(stuck.link, first);
  stuck.store.dispatch({
    type: 'tail-read',
    path: '/state/7f3a/deploy-1/output.log',
    text: 'line\n'.repeat(400),
  });
  await stuck.press('l');
  seen.push(stuck.store.model());
  const reaching = openConsole({ language });
  const now = { monotonicMs: 0, wallMs: 0 };
  const address = `http://${'a'.repeat(60)}.example:8848`;
  reaching.store.dispatch({ type: 'connection-given', spec: profileEntry('x').spec, now });
  seen.push(reaching.store.model());
  const silence = { address, sinceMs: 0, limitMs: 5000, next: address };
  reaching.store.dispatch({ type: 'silence-told', silence, now });
  seen.push(reaching.store.model());
  const problem = { kind: 'sentence', sentence: 'x '.repeat(200) } as const;
  reaching.store.dispatch({ type: 'connect-failed', problem, now: { monotonicMs: 9000, wallMs: 0 } });
  seen.push(reaching.store.model());
  return seen;
}

test.each(['en', 'zh-CN'] as const)(
  'no frame is taller than the window less one, or wider, in %s',
  async (language) => {
    const all = await models(language);
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.integer({ min: 1, max: 220 }),
        fc.integer({ min: 2, max: 60 }),
        (model, columns, rows) => {
          const lines = frame({ ...model, size: { columns, rows } });
          expect(lines.length).toBeLessThanOrEqual(rows - 1);
          for (const line of lines) expect(cellsOf(lineText(line))).toBeLessThanOrEqual(columns);
        },
      ),
      { numRuns: 300 },
    );
  },
);

test('fills the window to the footer at 80×24 and 200×50', async () => {
  const opened = await openRollout();
  for (const [columns, rows] of [
    [80, 24],
    [200, 50],
  ] as const) {
    opened.resize(columns, rows);
    const lines = opened.screen().split('\n');
    expect(lines).toHaveLength(rows - 1);
    expect(lines.at(-1)).toContain('? all keys');
  }
});

test.each(['en', 'zh-CN'] as const)(
  'names the key that quits at 80×24, whatever else it names, in %s',
  async (language) => {
    const opened = await openRollout({ language });
    deployFailed(opened.link, first);
    await opened.second();
    expect(opened.screen().split('\n').at(-1)).toMatch(/ q (quit|退出) {2}\? /);
  },
);

test.each(['en', 'zh-CN'] as const)(
  "tells each instance's share of the gateway whole in %s",
  async (language) => {
    const opened = await openRollout({ language });
    const ports = [18081, 18082, 18083, 18091, 18092];
    const instances = ports.map((port) => ({ endpoint: `127.0.0.1:${port}`, perSecond: 12, version: '42' }));
    const stats = { perSecond: 60, cacheTtlMs: 12_000, requests: 1000, failures: 0, instances, recent: [] };
    opened.store.dispatch({ type: 'gateway-seen', stats });
    for (const port of ports) expect(opened.screen()).toContain(`:${port} v42 12/s`);
  },
);

test('asks for a larger window while the rollout goes on', async () => {
  const opened = await openRollout();
  opened.resize(smallest.columns - 1, 24);
  expect(opened.screen().replaceAll('\n', ' ')).toContain('enlarge it to at least 40 × 12');
  disabledAndDraining(opened.link, first);
  opened.resize(80, 24);
  expect(opened.screen()).toContain('Draining 10.0.0.11:8080');
});

test('lines up the columns of the rollout in Chinese', async () => {
  const opened = await openRollout({ language: 'zh-CN' });
  opened.link.observe(observed(['a']));
  const walls = opened
    .screen()
    .split('\n')
    .filter((line) => line.includes('│'));
  const places = walls.map((line) => cellsOf(line.slice(0, line.indexOf('│'))));
  expect(new Set(places)).toEqual(new Set([60]));
  expect(opened.screen()).toContain('Nacos 现在显示');
});

test('says everything in words and letters where the terminal has neither colour nor UTF-8', async () => {
  const opened = await openRollout({ isUtf8: false, size: { columns: 60, rows: 24 } });
  const seen = observed(['a'], ({ ip }) => ({ enabled: ip !== '10.0.0.12', healthy: ip !== '10.0.0.13' }));
  opened.link.observe(seen);
  await opened.second();
  await opened.second();
  opened.link.observe(seen);
  expect(opened.screen()).toMatch(/10\.0\.0\.11:8080 .*\[on\]/);
  expect(opened.screen()).toMatch(/10\.0\.0\.12:8080 .*!= \[off\]/);
  expect(opened.screen()).toMatch(/10\.0\.0\.13:8080 .*\[!!\]/);
});

test('shows control characters of the registry and obeys none', async () => {
  const opened = openConsole({
    prepare: (ports) => {
      ports.instances.list = ports.instances.list.map((each) => ({
        ...each,
        service: `${each.service}\x1b[2J`,
      }));
    },
  });
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees('orders\\x1b[2J');
  expect(opened.screen()).not.toContain('\x1b');
});
