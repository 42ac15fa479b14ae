import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { answered } from '../support/broken-plan.ts';
import { instance } from '../support/fake-registry.ts';
import { server, setStage } from '../support/stage.ts';

const listed = 'aaaabbbb'
  .split('')
  .map((zone, at) => instance('orders', `10.0.0.${at + 1}`, 8080, { metadata: { zone } }));
const orders = ['--service', 'orders', '--deploy', './redeploy.sh'] as const;

test.each([
  [['--batch', '2'], { batch: 2 }],
  [['--batch', '25%'], { batch: '25%' }],
  [['--batch', '1,25%,100%'], { batch: [1, '25%', '100%'] }],
  [['--zones', 'cluster'], { zones: { by: 'cluster' } }],
  [
    ['--zones', 'metadata:zone', '--zone-minimum', '2'],
    { zones: { by: 'metadata', key: 'zone', minimum: 2 } },
  ],
])('%j is printed as a plan file, which reads back to the same', async (flags, expected) => {
  const { code, out } = await setStage(listed).run('plan', ...server, ...orders, ...flags);
  expect(code).toBe(0);
  expect(planFileSchema.parse(parse(out)).defaults).toMatchObject(expected);
});

test.each([
  [['--batch', '1,25%,100%'], 'batches  1 + 1 + 6\n'],
  [['--batch', '3'], 'batches  3 + 3 + 2\n'],
  [['--batch', '25%', '--lang', 'zh-CN'], '每批  4 × 2\n'],
  [['--zones', 'metadata:zone'], 'batches  8 × 1\nzones    '],
  [['--zones', 'metadata:zone', '--lang', 'zh-CN'], '可用区  逐个进行：可用区 a → 可用区 b\n'],
  [
    ['--batch', '3', '--zones', 'metadata:zone', '--zone-minimum', '1'],
    'batches  3 + 1 + 3 + 1\nzones    one at a time: zone a → zone b\ndrain',
  ],
  [
    ['--zones', 'metadata:zone', '--lang', 'zh-CN'],
    '最小数量  1 个 orders\n最小数量  每个可用区 1 个 orders（metadata:zone）\n',
  ],
])('the review says what %j means', async (flags, text) => {
  const stage = setStage(listed);
  stage.isTerminal = true;
  stage.typed = 'no\n';
  const { err } = await stage.run('run', ...server, ...orders, ...flags);
  expect(err).toContain(text);
});

test.each([
  [['--batch', '25%,10%'], '--batch 25%,10% is not right: write a number from 1 to 1000'],
  [['--batch', '0%'], '--batch 0% is not right'],
  [['--zones', 'zone'], '--zones zone is not right: write cluster or metadata:KEY'],
  [
    ['--zone-minimum', '2'],
    '--zone-minimum 2 is not right: write how many stay on in each zone, from 0 to 1000, and --zones beside it',
  ],
  [['--zones', 'metadata:zon'], 'has zon in its metadata, which was to say its zone; they have zone.'],
])('%j is one sentence and exit 2', async (flags, sentence) => {
  const { code, out, err } = await setStage(listed).run('plan', ...server, ...orders, ...flags);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(sentence);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
});

test.each([
  ['sideByside: true', 5, ': there is no key sideByside; did you mean sideBySide?'],
  ['sideBySide: together', 17, '.sideBySide: it is no true or false.'],
])('a stage with %j: column %i', async (line, column, what) => {
  const text = `version: 1\nstages:\n  - services: [{ service: orders }]\n    ${line}\n`;
  expect(await answered(text)).toBe(
    `The plan plan.yaml is not right: line 4, column ${column}, stages[0]${what}\n`,
  );
});

test('plan show --origin says each value, and where it is from', async () => {
  const stage = setStage(listed);
  await stage.run('profile', 'add', 'prod', ...server, '--zones', 'metadata:zone', '--batch', '1,50%');
  const { out } = await stage.run('plan', 'show', '--origin', ...orders, '--batch', '25%');
  const rows = out.split('\n').map((line) => line.split(/\s{2,}/).join('  '));
  expect(rows).toEqual(
    expect.arrayContaining([
      'orders  batch  25%  flag',
      'orders  zones.by  metadata  profile prod',
      'orders  zones.key  zone  profile prod',
      'orders  zones.minimum  1  built in',
      'orders  zones.oneAtATime  true  built in',
    ]),
  );
});
