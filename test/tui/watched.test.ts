import { expect, test } from 'vitest';
import { type OpenedRollout, first, openRollout } from './support/open-rollout.ts';
import { planOfThree } from './support/usual-plan.ts';

const soaked = {
  ...planOfThree(),
  targets: planOfThree().targets.map((one) => ({ ...one, soak: { ms: 60_000 } })),
};

function soaking({ link }: OpenedRollout): void {
  link.say({ type: 'enable-began', target: first, attempt: 1 });
  link.say({ type: 'enabled', target: first, attempt: 1, ms: 620 });
  link.say({ type: 'soak-began', target: first, attempt: 1, totalMs: 60_000 });
}

function turnedBad(opened: OpenedRollout): void {
  soaking(opened);
  const why = { kind: 'check', reading: { kind: 'refused', detail: 'ECONNREFUSED' }, afterMs: 9000 } as const;
  opened.link.say({ type: 'step-failed', target: first, step: 'soak', attempt: 1, ms: 9000, why });
}

test('says how long it is watched still, and shows the soak in a column of its own', async () => {
  const opened = await openRollout({ plan: soaked, size: { columns: 100, rows: 30 } });
  soaking(opened);
  await opened.second();
  await opened.second();
  expect(opened.screen()).toContain('Watching 10.0.0.11:8080 in service: 2 s of 1 min');
  expect(opened.screen()).toContain('Its check must stay good for 58 s more before the next one begins.');
  expect(opened.screen()).toMatch(/disable +drain +deploy +check +enable +soak/);
});

test('without a soak there is no column for one', async () => {
  const opened = await openRollout({ size: { columns: 100, rows: 30 } });
  expect(opened.screen()).toMatch(/disable +drain +deploy +check +enable/);
  expect(opened.screen()).not.toContain('soak');
});

test('where the columns do not fit, a word says what it is at', async () => {
  const opened = await openRollout({ plan: soaked });
  soaking(opened);
  expect(opened.screen()).not.toMatch(/disable +drain/);
  expect(opened.screen()).toMatch(/10\.0\.0\.11:8080 .*soak 0\.0s/);
});

test('what turns bad is on, and each decision says what becomes of it', async () => {
  const opened = await openRollout({ plan: soaked, size: { columns: 100, rows: 30 } });
  turnedBad(opened);
  await opened.sees('soak failed (attempt 1)');
  expect(opened.screen()).toContain('It is on and in service.');
  expect(opened.screen()).toMatch(/r +again +watch it for the whole time once more/);
  expect(opened.screen()).toMatch(/t +done +it stays on as it is; on to the next/);
  expect(opened.screen()).toMatch(/x +leave off +it is taken off and stays off until somebody enables it/);
  expect(opened.screen()).not.toMatch(/o +put on/);
});

test('in Chinese too', async () => {
  const opened = await openRollout({ plan: soaked, language: 'zh-CN', size: { columns: 100, rows: 30 } });
  turnedBad(opened);
  await opened.sees('观察失败（第 1 次）');
  expect(opened.screen()).toContain('它已上线，正在服务中。');
});

const warmed = {
  ...planOfThree(),
  targets: planOfThree().targets.map((one) => ({ ...one, warmUp: { ms: 60_000, percents: [10, 50] } })),
};

function warming({ link }: OpenedRollout): void {
  link.say({ type: 'enable-began', target: first, attempt: 1 });
  const request = { method: 'PATCH', url: 'http://10.0.0.1:8848/nacos/v1/ns/instance', hasToken: true };
  const write = { target: first, registration: 0, enabled: true, purpose: 'enable' } as const;
  link.say({ type: 'write-began', ...write, weight: 0.5, fullWeight: 5, request });
  link.say({ type: 'write-ended', ...write, outcome: 'accepted', ms: 4 });
  link.say({ type: 'read-back', target: first, registration: 0, enabled: true, weight: 0.5, nodes: [] });
  link.say({ type: 'enabled', target: first, attempt: 1, ms: 620 });
  link.say({ type: 'warm-up-began', target: first, attempt: 1, totalMs: 60_000 });
}

test('says with which part of its weight it warms up, in a column of its own', async () => {
  const opened = await openRollout({ plan: warmed, size: { columns: 100, rows: 30 } });
  warming(opened);
  await opened.second();
  expect(opened.screen()).toContain('Warming up 10.0.0.11:8080: 1 s of 1 min');
  expect(opened.screen()).toContain(
    'It is on with weight 0.5 of 5, and gets more while its check stays good.',
  );
  expect(opened.screen()).toMatch(/disable +drain +deploy +check +enable +warm-up/);
  expect(opened.screen()).not.toContain('soak');
  // On with less weight, it is not off.
  expect(opened.screen()).toContain('0 of 3 done · 0 off');
});

test('what turns bad in its warm-up is on with a part of its weight, and each decision says what becomes of it', async () => {
  const opened = await openRollout({ plan: warmed, size: { columns: 110, rows: 30 } });
  warming(opened);
  const why = { kind: 'check', reading: { kind: 'refused', detail: 'x' }, afterMs: 9000 } as const;
  opened.link.say({ type: 'step-failed', target: first, step: 'warm-up', attempt: 1, ms: 9000, why });
  await opened.sees('warm-up failed (attempt 1)');
  expect(opened.screen()).toContain('It is on and in service, with a part of its weight.');
  expect(opened.screen()).toMatch(/r +again +begin its warm-up again, with the least weight/);
  expect(opened.screen()).toMatch(/t +done +it gets all of its weight at once and stays on; on to the next/);
  expect(opened.screen()).toMatch(/x +leave off +it is taken off and stays off until somebody enables it/);
});

test('with a warm-up and a soak the columns need more room', async () => {
  const plan = { ...warmed, targets: warmed.targets.map((one) => ({ ...one, soak: { ms: 60_000 } })) };
  const wide = await openRollout({ plan, size: { columns: 94, rows: 30 } });
  expect(wide.screen()).toMatch(/enable +warm-up +soak +│ Nacos says now/);
  const narrow = await openRollout({ plan, size: { columns: 93, rows: 30 } });
  expect(narrow.screen()).not.toMatch(/warm-up +soak/);
});
