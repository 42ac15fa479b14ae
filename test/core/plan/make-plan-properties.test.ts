import { assert, boolean, constantFrom, integer, ipV4, property, record, uniqueArray } from 'fast-check';
import { expect, test } from 'vitest';
import { makePlan } from '../../../src/core/planning/make-plan.ts';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { planSchema } from '../../../src/core/plan/plan.ts';
import { endpointText } from '../../../src/core/registry/service.ts';
import { instance } from '../../cli/support/fake-registry.ts';

const listed = uniqueArray(
  record({
    ip: ipV4(),
    port: integer({ min: 1, max: 65_535 }),
    enabled: boolean(),
    weight: integer({ min: 0, max: 100 }),
    cluster: constantFrom('DEFAULT', 'C1'),
  }),
  { maxLength: 12, selector: endpointText },
);
const order = constantFrom(
  { by: 'ip' },
  { by: 'weight' },
  { by: 'cluster' },
  { by: 'metadata', key: 'zone' },
);

test('a plan holds every instance that is on exactly once, in batches without gaps and of the wished size', () => {
  assert(
    property(listed, order, integer({ min: 1, max: 5 }), (records, wished, batch) => {
      const instances = records.map(({ ip, port, ...rest }) => instance('orders', ip, port, rest));
      const file = planFileSchema.parse({
        version: 1,
        stages: [{ services: [{ service: 'orders', order: wished, batch, deploy: { run: 'x' } }] }],
      });
      const made = makePlan(file, { namespace: 'public', group: 'DEFAULT_GROUP', lists: () => instances });
      const on = instances.filter(({ enabled }) => enabled).map(endpointText);
      if (!made.ok) {
        expect(on).toEqual([]);
        return;
      }
      const { targets } = planSchema.parse(made.plan);
      expect(targets.map(({ name }) => name).sort()).toEqual(on.sort());
      const batches = targets.map((target) => target.batch);
      expect(batches).toEqual(targets.map((_, index) => Math.floor(index / batch)));
    }),
  );
});
