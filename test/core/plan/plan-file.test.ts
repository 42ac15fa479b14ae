import { expect, test } from 'vitest';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';

const stages = [{ services: [{ service: 'orders' }] }];

test.each([
  [{ stages, defaults: { drain: '10s' } }, 'a drain is written { time: 10s }'],
  [{ stages, defaults: { deploy: './redeploy.sh' } }, 'a command is written { run: ./redeploy.sh }'],
  [{ stages, defaults: { check: 'http://x' } }, 'a check is written tcp, none, { http: '],
  [{ stages, defaults: { check: { tcp: true, changed: 'start-time' } } }, 'a check is written'],
  [{ stages: [] }, 'a plan has at least one stage'],
])('what is written wrongly is told with what would be right: %j', (plan, right) => {
  const parsed = planFileSchema.safeParse({ version: 1, ...plan });
  expect(parsed.error?.issues[0]?.message).toContain(right);
});
