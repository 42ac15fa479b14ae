import { expect, test } from 'vitest';
import { parseDeadline, parseMaxFailures, maxFailuresOf } from '../../src/core/plan/limits.ts';
import { answered, atTop } from './support/broken-plan.ts';
import { runOrders, stageOrders } from './support/orders-stage.ts';

const planOrders = ['plan', ...runOrders.slice(1)];

test.each([
  ['3h', { afterMs: 10_800_000 }],
  ['2026-11-28T02:00+08:00', { at: '2026-11-27T18:00:00.000Z', typed: '2026-11-28T02:00+08:00' }],
  ['2026-11-28T02:00:30Z', { at: '2026-11-28T02:00:30.000Z', typed: '2026-11-28T02:00:30Z' }],
  ['2026-11-28T02:00:30.000Z', { at: '2026-11-28T02:00:30.000Z' }],
  ['2026-11-28T02:00', undefined],
  ['2026-11-31T99:00Z', undefined],
  ['02:00', undefined],
  ['tomorrow', undefined],
])('a deadline %s is %j', (text, deadline) => {
  expect(parseDeadline(text)).toEqual(deadline);
});

test.each([
  ['0', 0],
  ['2', 2],
  ['25%', 1],
  ['10%', 0],
  ['100%', 7],
])('of seven targets up to %s may fail: %i', (text, count) => {
  expect(maxFailuresOf(parseMaxFailures(text) ?? -1, 7)).toBe(count);
});

test('run gives both to the rollout, says them in the review, and goes on after failures', async () => {
  const { stage, launcher } = stageOrders();
  const running = stage.run(...runOrders, '--yes', '--max-failures', '50%', '--deadline', '3h');
  await launcher.followed;
  launcher.tell({ type: 'runner-rested', why: 'deadline', exitCode: 1 });
  const { code, err } = await running;
  expect(code).toBe(1);
  expect(launcher.requests[0]?.plan).toMatchObject({
    maxFailures: 1,
    deadline: { afterMs: 10_800_000 },
    onFailure: 'continue',
  });
  expect(err).toContain('failures up to 1, which are left as they are; one more stops it\n');
  expect(err).toContain('deadline 3 h after it began: nothing new begins then\n');
  expect(err).toContain('Not begun before the deadline: 10.0.0.1:8080, 10.0.0.2:8080\n');
  expect(err).toContain('Carry on with: nacos-rollout resume 7f3a --yes');
});

test.each([
  [['--max-failures', 'many'], '--max-failures many is not right: write a number such as 2 or a percent'],
  [['--deadline', '02:00'], '--deadline 02:00 is not right: write how long after its beginning, such as 3h'],
  [['--deadline', '2001-01-01T00:00Z'], 'The deadline 2001-01-01T00:00Z is over: nothing would begin.'],
  [
    ['--max-failures', '2', '--on-failure', 'stop'],
    'maxFailures: it goes on after a failure, and onFailure: stop does not: leave one of them out',
  ],
])('run with %j is exit 2', async (flags, sentence) => {
  const { stage, launcher } = stageOrders();
  const { code, err } = await stage.run(...runOrders, '--yes', ...flags);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
  expect(launcher.requests).toEqual([]);
});

test('the review has a deadline as it was typed', async () => {
  const { err } = await stageOrders().stage.run(...planOrders, '--deadline', '2999-11-28T02:00+08:00');
  expect(err).toContain('deadline 2999-11-28T02:00+08:00: nothing new begins then\n');
});

test('a deadline that is over is what plan and plan check say too', async () => {
  const past = ['--deadline', '2001-01-01T08:00+08:00'];
  for (const command of [planOrders, ['plan', 'check', ...runOrders.slice(1)]]) {
    const { code, err } = await stageOrders().stage.run(...command, ...past);
    expect({ code, err }).toEqual({
      code: 2,
      err: 'The deadline 2001-01-01T08:00+08:00 is over: nothing would begin.\n',
    });
  }
});

test.for([
  [
    atTop('onFailure: stop\nmaxFailures: 2'),
    3,
    14,
    'maxFailures: it goes on after a failure, and onFailure: stop does not: leave one of them out.',
  ],
  [
    atTop('deadline: 02:00'),
    2,
    11,
    'deadline: a deadline is written 3h, or as a time with its zone: 2026-11-28T02:00+08:00.',
  ],
  [
    atTop('maxFailures: 10percent'),
    2,
    14,
    'maxFailures: how many may fail is written 2, or as a percent of the targets: 10%.',
  ],
] as const)('a plan file with %j: line %i, column %i', async ([text, line, column, what]) => {
  const place = `line ${line}, column ${column}`;
  expect(await answered(text)).toBe(`The plan plan.yaml is not right: ${place}, ${what}\n`);
});
