import { expect, test } from 'vitest';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { settingsOf } from '../../../src/core/plan/plan-settings.ts';

function settingsWith(defaults: object) {
  const file = planFileSchema.safeParse({
    version: 1,
    defaults: { deploy: { run: './redeploy.sh' }, ...defaults },
    stages: [{ services: [{ service: 'orders' }] }],
  });
  const [entry] = file.data?.stages[0]?.services ?? [];
  return entry && settingsOf(entry, file.data?.defaults ?? {});
}

const soakOf = (soak: unknown) => settingsWith({ soak })?.soak;
const warmUpOf = (warmUp: unknown) => settingsWith({ warmUp })?.warmUp;

test('a soak has a time, and may have a check of its own', () => {
  expect(soakOf({ for: '60s' })).toEqual({ ms: 60_000 });
  expect(soakOf({ for: '2m', check: 'tcp' })).toMatchObject({ ms: 120_000, check: { kind: 'tcp' } });
});

test.each([
  ['no time', { check: 'tcp' }],
  ['no such time', { for: 'long' }],
  ['what must have changed', { for: '60s', check: { tcp: true, changed: { metadata: 'version' } } }],
])('refuses a soak with %s', (_what, soak) => {
  expect(soakOf(soak)).toBeUndefined();
});

test('a warm-up has a time, and may have parts and a check of its own', () => {
  expect(warmUpOf({ for: '60s' })).toEqual({ ms: 60_000, percents: [10, 50] });
  expect(warmUpOf({ for: '2m', steps: ['5%', '20%', '99%'], check: 'tcp' })).toMatchObject({
    ms: 120_000,
    percents: [5, 20, 99],
    check: { kind: 'tcp' },
  });
});

test.each([
  ['no time', { steps: ['10%'] }],
  ['a part that is nothing', { for: '60s', steps: ['0%'] }],
  ['a part that is all', { for: '60s', steps: ['10%', '100%'] }],
  ['parts that do not grow', { for: '60s', steps: ['50%', '10%'] }],
  ['no parts', { for: '60s', steps: [] }],
  ['what must have changed', { for: '60s', check: { tcp: true, changed: { metadata: 'version' } } }],
])('refuses a warm-up with %s', (_what, warmUp) => {
  expect(warmUpOf(warmUp)).toBeUndefined();
});
