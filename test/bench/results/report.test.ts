import { expect, test } from 'vitest';
import { picture } from './picture.ts';
import type { Report, RunResult } from './run-result.ts';
import { table } from './table.ts';

const target = {
  instance: '127.0.0.1:81',
  beganSeconds: 0,
  lastCallSeconds: 22,
  waitedSeconds: 40,
  beyondSeconds: 18,
  deploySeconds: 7,
  endedSeconds: 50,
};
const run: RunResult = {
  gateway: 'stock',
  method: 'script-40s',
  run: 0,
  at: '2026-01-01T00:00:00.000Z',
  exitCode: 0,
  requests: 7_000,
  failed: 0,
  outcomes: { ok: 7_000 },
  p50Ms: 6,
  p99Ms: 9,
  totalSeconds: 150,
  targets: [target],
  weights: [1, 1, 1],
  isAllOn: true,
  perSecond: [],
  loadAverage: 1,
};
const report = (...runs: readonly RunResult[]): Report => ({
  at: run.at,
  machine: 'two cores',
  requestsPerSecond: 50,
  runs: [...runs],
});

test('the table has a row for each method and gateway, with the least and the most of its runs', () => {
  const later = { ...run, run: 1, requests: 7_500, totalSeconds: 148 };
  const restarted: RunResult = {
    ...run,
    method: 'restart',
    failed: 1_168,
    exitCode: 22,
    targets: [{ instance: '127.0.0.1:81', beganSeconds: 0, deploySeconds: 7, endedSeconds: 10 }],
    isAllOn: false,
  };
  expect(
    table(report(run, later, restarted))
      .split('\n')
      .slice(2),
  ).toEqual([
    '| stock (35 s) | script, 40 s | 2 | 14,500 | **0** | 9 | 148 to 150 | 22 | 40 | 18 | 1 1 1 |',
    '| stock (35 s) | restart one by one, exit 22 | 1 | 7,000 | 1,168 | 9 | 150 |  |  |  | 1 1 1, not all on |',
    '',
  ]);
});

test('the picture has a bar for each method, in proportion, with what was lost', () => {
  const quick = { ...run, method: 'script-3s', totalSeconds: 75, failed: 294, requests: 2_171 };
  const drawn = picture(report(run, quick));
  const bars = [...drawn.matchAll(/width="([\d.]+)" height="18" fill="#4a7dbd"/g)].map(([, size]) =>
    Number(size),
  );
  expect(bars).toHaveLength(2);
  expect((bars[0] ?? 0) / (bars[1] ?? 1)).toBeCloseTo(2);
  expect(drawn).toContain('>0 of 7,000 lost<');
  expect(drawn).toContain('>294 of 2,171 lost<');
});
