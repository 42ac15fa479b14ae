import { expect, test } from 'vitest';
import { answered, atTop, ofService } from '../../cli/support/broken-plan.ts';

const elsewhere =
  'here: what has to be passed first stands in gates of the plan, a stage or a service, as gates: [{ before: stage, pause: "look at it" }].';

test.for([
  [atTop('defaults: { gate: confirm }'), 2, 13, `defaults: there is no key gate ${elsewhere}`],
  [atTop('defaults: { gates: [] }'), 2, 13, `defaults: there is no key gates ${elsewhere}`],
  [
    ofService('between_batches: x'),
    6,
    9,
    'stages[0].services[0]: there is no key between_batches; did you mean gates?',
  ],
  [
    atTop('gates: [{ beforeStage: back, pause: look }]'),
    2,
    11,
    'gates[0]: there is no key beforeStage; did you mean before?',
  ],
  [
    atTop('gates: [{ after: batch, puase: look }]'),
    2,
    25,
    'gates[0]: there is no key puase; did you mean pause?',
  ],
  [
    atTop('gates: [{ pause: look }]'),
    2,
    9,
    'gates[0]: a gate has one place: before or after rollout, stage, service, batch or the number of a batch, or between: stages | services | batches.',
  ],
  [
    atTop('gates: [{ after: batch, pause: look, sleep: 5m }]'),
    2,
    9,
    'gates[0]: a gate says one thing: pause: "look at the dashboards", sleep: 10m, soak: 10m, or run: ./smoke.sh (argv: for words).',
  ],
  [
    atTop('gates: [{ after: batch, pause: look, timeout: 5m }]'),
    2,
    9,
    'gates[0]: timeout, retries and wait go with run or argv, and onFailure with these or soak.',
  ],
  [
    atTop('gates: [{ after: bach, pause: look }]'),
    2,
    18,
    'gates[0].after: there is no bach; did you mean batch?',
  ],
  [
    atTop('gates: [{ after: batch, run: x, wait: 5s }]'),
    2,
    39,
    'gates[0].wait: it is waited between retries: say how many, retries: 2.',
  ],
  [
    ofService('gates: [{ after: stage, pause: look }]'),
    6,
    26,
    'stages[0].services[0].gates[0].after: it is written service, batch, or the number of a batch.',
  ],
  [
    'version: 1\nstages:\n  - name: front end\n',
    3,
    5,
    'stages[0]: a stage has services, or in place of them one command: run: ./deploy-front-end.sh, or argv.',
  ],
  [
    'version: 1\nstages:\n  - { name: front end, run: x }\n',
    3,
    3,
    'stages: a plan has at least one stage with services.',
  ],
] as const)('a plan file with %j: line %i, column %i', async ([text, line, column, what]) => {
  const err = await answered(text);
  expect(err).toBe(`The plan plan.yaml is not right: line ${line}, column ${column}, ${what}\n`);
  expect(await answered(text, 'zh-CN')).toContain(`计划 plan.yaml 有误：第 ${line} 行第 ${column} 列`);
});

test('a gate by another name at the top of a plan is gates', async () => {
  expect(await answered(atTop('beforeStage: ./x.sh'))).toBe(
    'The plan plan.yaml is not right: line 2, column 1: there is no key beforeStage; did you mean gates?\n',
  );
});
