import { expect, test } from 'vitest';
import { hooksFileSchema, hooksOf } from '../../../src/core/hooks/hook.ts';
import { occasionsFileSchema, occasionsOf } from '../../../src/core/hooks/occasion.ts';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { settingsOf } from '../../../src/core/plan/plan-settings.ts';

test('a hook is a command with a minute, and asks when it fails', () => {
  expect(
    hooksOf(
      hooksFileSchema.parse({
        beforeTarget: { run: './silence.sh' },
        afterTarget: { argv: ['./tell', '{ip}'], timeout: '5s', retries: 2, onFailure: 'continue' },
      }),
    ),
  ).toEqual({
    beforeTarget: { run: './silence.sh', timeoutMs: 60_000, onFailure: 'ask' },
    afterTarget: {
      argv: ['./tell', '{ip}'],
      timeoutMs: 5000,
      retries: 2,
      waitMs: 10_000,
      onFailure: 'continue',
    },
  });
  expect(hooksOf({})).toBeUndefined();
});

test.each([
  { beforTarget: { run: 'x' } },
  { beforeTarget: './x' },
  { beforeTarget: { run: 'x', wait: '1s' } },
  { beforeTarget: { run: 'x', onFailure: 'abort' } },
])('%j are no hooks', (written) => {
  expect(hooksFileSchema.safeParse(written).success).toBe(false);
});

test('a service has its own in the place of those of the plan', () => {
  const file = planFileSchema.parse({
    version: 1,
    defaults: { deploy: { run: 'x' }, hooks: { beforeTarget: { run: './all.sh' } } },
    stages: [
      {
        services: [{ service: 'orders', hooks: { afterDisable: { run: './own.sh' } } }, { service: 'shop' }],
      },
    ],
  });
  const hooks = file.stages[0]?.services.map((entry) => settingsOf(entry, file.defaults ?? {}).hooks);
  expect(hooks).toMatchObject([{ afterDisable: { run: './own.sh' } }, { beforeTarget: { run: './all.sh' } }]);
  expect(hooks?.[0]?.beforeTarget).toBeUndefined();
});

test('what runs beside the rollout is a command too, and has no say in it', () => {
  expect(occasionsOf(occasionsFileSchema.parse({ failure: { run: './page.sh' } }))).toEqual({
    failure: { run: './page.sh', timeoutMs: 60_000 },
  });
  expect(occasionsOf(undefined)).toBeUndefined();
  expect(occasionsFileSchema.safeParse({ failure: { run: 'x', onFailure: 'ask' } }).success).toBe(false);
  expect(occasionsFileSchema.safeParse({ failed: { run: 'x' } }).success).toBe(false);
});
