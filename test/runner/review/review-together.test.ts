import { expect, test } from 'vitest';
import { makePlan } from '../../../src/core/planning/make-plan.ts';
import { type Instance, serviceKey } from '../../../src/core/registry/service.ts';
import { reviewTogether } from '../../../src/runner/review/review-together.ts';
import type { Finding } from '../../../src/runner/review/review.ts';
import { fakeRegistry, instance } from '../../cli/support/fake-registry.ts';

/** Both services are rolled as services of their own. */
async function findingsOf(
  list: readonly Instance[],
  sameProcess?: readonly Instance[],
): Promise<readonly Finding[]> {
  const made = makePlan(
    {
      version: 1,
      defaults: { drain: { floor: '1s' }, deploy: { run: 'true' } },
      stages: [{ services: [{ service: 'orders' }, { service: 'providers' }] }],
    },
    {
      namespace: 'public',
      group: 'DEFAULT_GROUP',
      lists: (id) => list.filter((one) => serviceKey(one) === serviceKey(id)),
    },
  );
  if (!made.ok) throw new Error(made.problem.kind);
  const registry = fakeRegistry([...list]);
  registry.sameProcess = async () => ({ ok: true, value: sameProcess });
  return reviewTogether(registry, made.plan);
}

const apart = {
  level: 'warning',
  kind: 'apart',
  service: 'orders',
  companion: 'DEFAULT_GROUP@@providers',
};

test('two services of the same processes are named once, as the server knows it', async () => {
  const providers = [instance('providers', '10.0.0.1', 20_880), instance('providers', '10.0.0.1', 20_999)];
  const list = [instance('orders', '10.0.0.1', 80), ...providers];
  expect(await findingsOf(list, providers.slice(1))).toEqual([
    { ...apart, instances: ['10.0.0.1:80', '10.0.0.1:20999'], isKnown: true },
  ]);
});

test('where no server tells, those are named that would be found as companions', async () => {
  const ports = [1, 2, 3];
  const list = [
    ...ports.map((port) => instance('orders', '10.0.0.1', 80 + port)),
    ...ports.map((port) => instance('providers', '10.0.0.1', 20_880 + port)),
  ];
  expect(await findingsOf(list)).toEqual([
    { ...apart, instances: ['10.0.0.1:81', '10.0.0.1:20881'], isKnown: false },
  ]);
});

test('other addresses, and addresses of many processes, are no companions', async () => {
  const orders = instance('orders', '10.0.0.1', 80);
  expect(await findingsOf([orders, instance('providers', '10.0.0.2', 20_880)])).toEqual([]);
  const many = [20_880, 20_990].map((port) => instance('providers', '10.0.0.1', port));
  expect(await findingsOf([orders, ...many])).toEqual([]);
  expect(await findingsOf([orders, instance('orders', '10.0.0.1', 81), ...many.slice(1)])).toEqual([]);
});
