import { expect, test } from 'vitest';
import { planFileSchema, writtenPlan } from '../../../src/core/plan/plan-file.ts';
import { makePlan } from '../../../src/core/planning/make-plan.ts';
import { instance } from '../../cli/support/fake-registry.ts';

const lists: Readonly<Record<string, readonly string[]>> = {
  orders: ['10.0.0.1', '10.0.0.2', '10.0.0.3'],
  shop: ['10.0.1.1'],
};

const written = {
  version: 1,
  defaults: { deploy: { run: './redeploy.sh' } },
  gates: [{ before: 'rollout', run: './announce.sh' }],
  stages: [
    {
      name: 'back end',
      services: [{ service: 'orders', gates: [{ after: 1, pause: 'look at the dashboards' }] }],
      gates: [{ after: 'stage', soak: '10m' }],
    },
    { name: 'cdn', run: './flush.sh' },
    { name: 'front end', services: [{ service: 'shop' }] },
  ],
};

test('gates stand before the batches that the plan makes of what Nacos lists', () => {
  const file = planFileSchema.parse(written);
  const made = makePlan(file, {
    namespace: 'public',
    group: 'DEFAULT_GROUP',
    lists: ({ service }) => lists[service]?.map((ip) => instance(service, ip, 8080)),
  });
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
  expect(made.plan.targets.map(({ batch }) => batch)).toEqual([0, 1, 2, 3]);
  expect(made.plan.gates?.map(({ kind, batch, name }) => [kind, batch, name])).toEqual([
    ['command', 0, '1'],
    ['person', 1, '2'],
    ['soak', 3, '3'],
    ['command', 3, 'cdn'],
  ]);
});

test('a plan that is saved says of a stage without services nothing of them', () => {
  const file = planFileSchema.parse(written);
  expect(writtenPlan(file).stages[1]).toEqual({ name: 'cdn', run: './flush.sh' });
  expect(planFileSchema.parse(writtenPlan(file))).toEqual(file);
});
