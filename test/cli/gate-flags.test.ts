import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseGate } from '../../src/core/gate/gate-line.ts';
import { done, runOrders, stageOrders } from './support/orders-stage.ts';
import { setStage } from './support/stage.ts';

const planOrders = ['plan', ...runOrders.slice(1)];

test.each([
  ['pause', { pause: 'all well?' }],
  ['pause:look at the dashboards', { pause: 'look at the dashboards' }],
  ['sleep:10m', { sleep: '10m' }],
  ['soak: 90s', { soak: '90s' }],
  ['./smoke.sh --all', { run: './smoke.sh --all' }],
  ['sleep 10; ./smoke.sh', { run: 'sleep 10; ./smoke.sh' }],
  ['pause:', undefined],
  ['sleep', undefined],
  ['soak:', undefined],
  ['soak:long', undefined],
  ['sleep:10', undefined],
  ['10m', undefined],
  [' ', undefined],
])('a gate typed as %j is %j', (text, gate) => {
  expect(parseGate(text, 'all well?')).toEqual(gate);
});

test('plan prints them as a file has them, and the review says where they stand', async () => {
  const flags = ['--after-first', 'pause', '--after-first', 'soak:5m', '--between-batches', './smoke.sh'];
  const { code, out, err } = await stageOrders().stage.run(...planOrders, ...flags);
  expect(code).toBe(0);
  expect(parse(out).gates).toEqual([
    { after: 1, pause: 'is all well so far?' },
    { after: 1, soak: '5m' },
    { between: 'batches', run: './smoke.sh' },
  ]);
  expect(err).toContain('a person says that it goes on: is all well so far?');
  expect(err).toContain('./smoke.sh (at most 10 min)');
});

test('the rollout stops there, and a pause asks in the language of who typed it', async () => {
  const { stage, launcher } = stageOrders();
  const flags = ['--yes', '--between-batches', 'pause', '--lang', 'zh-CN'];
  const running = stage.run(...runOrders, ...flags);
  await launcher.followed;
  launcher.tell(done);
  expect((await running).code).toBe(0);
  expect(launcher.requests[0]?.plan.gates).toMatchObject([
    { kind: 'person', batch: 1, text: '到目前为止一切正常吗？' },
  ]);
});

test('one that never comes is named', async () => {
  const flags = ['--batch', '2', '--between-batches', 'sleep:10m'];
  const { err } = await stageOrders().stage.run(...planOrders, ...flags);
  expect(err).toContain('between: batches');
});

test('plan show says that a flag says it', async () => {
  const { out } = await setStage().run(
    'plan',
    'show',
    '--service',
    'orders',
    '--after-first',
    './smoke.sh',
    '--json',
  );
  const gates = JSON.parse(out).filter(({ setting }: { setting: string }) => setting.startsWith('gates'));
  expect(gates).toEqual([
    { setting: 'gates[0]', value: '{ after: 1, run: ./smoke.sh }', origin: 'flag' },
    { setting: 'gates[0].timeout', value: '10m', origin: 'built-in' },
  ]);
});

test.each([
  [
    ['--after-first', '10m'],
    '--after-first 10m is not right: write pause, pause:TEXT, sleep:10m, soak:10m or a',
  ],
  [['--between-batches', 'soak:x'], '--between-batches soak:x is not right'],
  [['--between-batches', ''], '--between-batches'],
])('plan with %j is one sentence', async (flags, sentence) => {
  const { code, err } = await stageOrders().stage.run(...planOrders, ...flags);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
});
