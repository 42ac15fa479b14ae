import { expect, test } from 'vitest';
import { makePlan } from '../../../src/core/planning/make-plan.ts';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { serviceKey } from '../../../src/core/registry/service.ts';
import { switchOnce } from '../../../src/runner/once/switch-once.ts';
import { realClock } from '../../../src/world/clock.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { type FakeRegistry, fakeRegistry, instance } from '../../cli/support/fake-registry.ts';

const names = Array.from({ length: 50 }, (_, index) => `providers:com.acme.Service${index}`);
const ips = ['10.0.0.1', '10.0.0.2'];

function placeOfFifty(): { registry: FakeRegistry; plan: Plan; mostAtOnce: () => number } {
  const list = ips.flatMap((ip) => [
    instance('orders', ip, 8080),
    ...names.map((name) => instance(name, ip, 20_880)),
  ]);
  const registry = fakeRegistry(list);
  let open = 0;
  let most = 0;
  const write = registry.write.bind(registry);
  registry.write = async (one) => {
    open += 1;
    most = Math.max(most, open);
    // Whoever else may begin now begins before this one ends.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    open -= 1;
    return write(one);
  };
  const file = planFileSchema.parse({
    version: 1,
    stages: [
      {
        services: [
          {
            service: 'orders',
            instances: ['10.0.0.1:8080'],
            companions: [{ service: 'providers:*' }],
            deploy: { run: 'true' },
          },
        ],
      },
    ],
  });
  const made = makePlan(file, {
    namespace: 'public',
    group: 'DEFAULT_GROUP',
    lists: (id) => list.filter((one) => serviceKey(one) === serviceKey(id)),
    around: list,
  });
  if (!made.ok) throw new Error('no plan');
  return { registry, plan: made.plan, mostAtOnce: () => most };
}

async function takeOff({ registry, plan }: ReturnType<typeof placeOfFifty>) {
  const [target] = plan.targets;
  if (target === undefined) throw new Error('no target');
  return switchOnce({ registry, clock: realClock, plan, target, enabled: false });
}

const offAt = (registry: FakeRegistry, ip: string): number =>
  registry.list.filter((one) => one.ip === ip && !one.enabled).length;

test('fifty registrations go off side by side, some at a time', async () => {
  const place = placeOfFifty();
  expect(await takeOff(place)).toMatchObject({ ok: true });
  expect([offAt(place.registry, '10.0.0.1'), offAt(place.registry, '10.0.0.2')]).toEqual([51, 0]);
  expect(place.mostAtOnce()).toBe(16);
});

test('all of them or none: where one is refused no more are begun, and the others come back', async () => {
  const place = placeOfFifty();
  const error = { kind: 'forbidden', resource: '', action: 'write' } as const;
  place.registry.writeOutcome = ({ instance: { service }, enabled }) =>
    service === names[20] && !enabled ? { kind: 'refused', error } : undefined;
  const outcome = await takeOff(place);
  expect(outcome).toMatchObject({ ok: false, hasWritten: true, mayBeOff: [], failure: { kind: 'registry' } });
  expect(offAt(place.registry, '10.0.0.1')).toBe(0);
  const begun = new Set(place.registry.writes.map(({ instance: { service } }) => service));
  expect(begun.size).toBeLessThan(names.length);
});
