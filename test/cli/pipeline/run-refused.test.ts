import { expect, test } from 'vitest';
import type { Finding } from '../../../src/runner/review/review.ts';
import { runOrders, stageOrders } from '../support/orders-stage.ts';

const evidenceFails: Finding = {
  level: 'refused',
  kind: 'evidence-fails',
  targets: ['10.0.0.1:8080'],
  source: 'connections',
  reading: { kind: 'timed-out', afterMs: 2000 },
};
const noLeader: Finding = { level: 'refused', kind: 'leader', isThere: false, isKnown: true };

test.each<[string, readonly Finding[], number]>([
  ['configuration alone', [evidenceFails], 2],
  ['what Nacos says, whatever else', [evidenceFails, noLeader], 4],
  [
    'whoever rolls it, over what Nacos says meanwhile',
    [
      evidenceFails,
      noLeader,
      { level: 'refused', kind: 'locked', service: 'orders', id: '1', by: 'bob@b', since: '20:00' },
    ],
    5,
  ],
  [
    'a Nacos that is gone, whatever else',
    [
      evidenceFails,
      noLeader,
      { level: 'refused', kind: 'registry', error: { kind: 'unreachable', addresses: ['a'], detail: 'x' } },
    ],
    6,
  ],
])('refused by %s, --json says so on standard output', async (_, findings, expected) => {
  const { stage } = stageOrders();
  stage.findings = [
    { level: 'good', kind: 'reached', version: '2.2.4', dialect: 'v1', nodes: 1 },
    ...findings,
  ];
  const { code, out, err } = await stage.run(...runOrders, '--yes', '--json');
  expect(code).toBe(expected);
  expect(out.trimEnd().split('\n')).toHaveLength(1);
  const said = JSON.parse(out);
  expect(said).toMatchObject({ type: 'refused', exitCode: expected });
  expect(said.findings.map(({ kind }: Finding) => kind)).toEqual([
    'reached',
    ...findings.map(({ kind }) => kind),
  ]);
  expect(said.findings[1]).toMatchObject({
    level: 'refused',
    source: 'connections',
    sentence: expect.stringContaining('The evidence connections tells nothing of 10.0.0.1:8080'),
  });
  expect(err).toContain('Nothing was written');
});

test('somebody else’s lock is exit 5', async () => {
  const { stage, launcher } = stageOrders();
  const problem = { kind: 'locked', by: 'bob@b', since: '20:00', service: 'orders', id: '1' } as const;
  stage.ports = {
    ...stage.ports,
    launcher: { ...launcher, start: async () => ({ ok: false, problem }) },
  };
  const { code, out, err } = await stage.run(...runOrders, '--yes');
  expect({ code, out }).toEqual({ code: 5, out: '' });
  expect(err).toContain('bob@b');
  const told = await stage.run(...runOrders, '--yes', '--json');
  expect(told.code).toBe(5);
  expect(JSON.parse(told.out)).toEqual({
    type: 'refused',
    exitCode: 5,
    findings: [{ level: 'refused', ...problem, sentence: told.err.trimEnd().split('\n').at(-1) }],
  });
});
