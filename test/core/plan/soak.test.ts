import { expect, test } from 'vitest';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { settingsOf } from '../../../src/core/plan/plan-settings.ts';

function soakOf(soak: unknown) {
  const file = planFileSchema.safeParse({
    version: 1,
    defaults: { deploy: { run: './redeploy.sh' }, soak },
    stages: [{ services: [{ service: 'orders' }] }],
  });
  const [entry] = file.data?.stages[0]?.services ?? [];
  return entry && settingsOf(entry, file.data?.defaults ?? {}).soak;
}

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
