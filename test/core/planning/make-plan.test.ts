import { describe, expect, test } from 'vitest';
import { endpointText } from '../../../src/core/registry/service.ts';
import { makePlan } from '../../../src/core/planning/make-plan.ts';
import { type PlanFile, planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { instance } from '../../cli/support/fake-registry.ts';
import { home, dubbo, contextOf, fileOf, orders, planOf } from './planned-orders.ts';

const names = (file: PlanFile): readonly string[] =>
  planOf(file).targets.map(({ name }) => name.replace(':8080', '').replace('10.0.0.', ''));

describe('order', () => {
  test.each([
    [{}, ['9', '10', '11', '12']],
    [{ order: { by: 'weight' } }, ['12', '11', '9', '10']],
    [{ order: { by: 'metadata', key: 'zone' } }, ['9', '12', '10', '11']],
    [{ instances: ['10.0.0.11:8080', '10.0.0.9:8080'] }, ['11', '9']],
    [{ instances: ['10.0.0.11:8080', '10.0.0.9:8080'], order: { by: 'ip' } }, ['9', '11']],
    [{ exclude: ['10.0.0.9:8080', '10.0.0.12:8080'] }, ['10', '11']],
  ])('%j goes %j', (entry, expected) => {
    expect(names(fileOf(entry))).toEqual(expected);
  });

  test('batches ascend through services and stages', () => {
    const shop = ['10.0.1.1', '10.0.1.2'].map((ip) => instance('shop', ip, 80));
    const file = planFileSchema.parse({
      version: 1,
      defaults: { deploy: { run: 'x' } },
      stages: [
        { name: 'back end', services: [{ service: 'orders', batch: 3 }] },
        { services: [{ service: 'shop' }] },
      ],
    });
    const { targets } = planOf(file, [...orders, ...shop]);
    expect(targets.map(({ stage, batch }) => [stage, batch])).toEqual([
      ['back end', 0],
      ['back end', 0],
      ['back end', 0],
      ['back end', 1],
      ['2', 2],
      ['2', 3],
    ]);
  });
});

describe('settings', () => {
  test('what is left out has the usual value', () => {
    const [target] = planOf(fileOf({})).targets;
    expect(target).toMatchObject({
      drain: { ms: 40_000, consumers: 'spring-cloud' },
      deploy: { run: './redeploy.sh', timeoutMs: 600_000 },
      check: { kind: 'tcp', isDefault: true, successes: 3, withinMs: 180_000 },
    });
  });

  test.each([
    ['tcp', { kind: 'tcp', isDefault: false, successes: 3, withinMs: 180_000 }],
    ['none', { kind: 'registration', successes: 1, withinMs: 180_000 }],
    [
      { http: 'http://{ip}/h', successes: 5, within: '1m' },
      { kind: 'http', url: 'http://{ip}/h', successes: 5, withinMs: 60_000 },
    ],
    [
      { actuator: 'http://{ip}/actuator' },
      { kind: 'actuator', url: 'http://{ip}/actuator', successes: 3, withinMs: 180_000 },
    ],
    [{ grpc: true }, { kind: 'grpc', at: '{ip}:{port}', successes: 3, withinMs: 180_000 }],
    [
      { grpc: '{ip}:9090', service: 'a.B', successes: 1 },
      { kind: 'grpc', at: '{ip}:9090', service: 'a.B', successes: 1, withinMs: 180_000 },
    ],
    [{ run: './check.sh' }, { kind: 'command', run: './check.sh', successes: 3, withinMs: 180_000 }],
  ] as const)('check %j', (check, expected) => {
    expect(planOf(fileOf({ check })).targets[0]?.check).toEqual(expected);
  });

  test('a service’s own settings stand before the plan’s', () => {
    const file = fileOf({ drain: { consumers: 'dubbo' } }, {});
    expect(
      planOf({ ...file, defaults: { ...file.defaults, drain: { floor: '1s' } } }).targets[0]?.drain,
    ).toEqual({ ms: 10_000, consumers: 'dubbo' });
  });

  test.each([
    [undefined, 1],
    [3, 3],
    ['50%', 2],
    ['60%', 2],
    ['67%', 3],
    ['100%', 3],
  ])('a minimum of %s of three that are on is %i', (minimum, expected) => {
    const listed = orders.map((one, index) => ({ ...one, healthy: index !== 0 }));
    expect(planOf(fileOf({ minimum }), listed).minimums).toEqual([
      { ...home, service: 'orders', minimum: expected },
    ]);
  });
});

describe('problems', () => {
  const off = orders.map((one) => ({ ...one, enabled: false }));
  const weird = instance('orders', '$(reboot)', 80);

  test.each([
    [fileOf({ service: 'order' }), orders, { kind: 'service-missing' }],
    [fileOf({ instances: ['10.0.0.9:80'] }), orders, { kind: 'instance-missing', instance: '10.0.0.9:80' }],
    [fileOf({ exclude: ['10.0.0.7:8080'] }), orders, { kind: 'instance-missing', instance: '10.0.0.7:8080' }],
    [fileOf({ cluster: 'C1' }), orders, { kind: 'cluster-missing', similar: ['DEFAULT'] }],
    [fileOf({ order: { by: 'metadata' } }), orders, { kind: 'order-key-missing' }],
    [fileOf({}), [...orders, weird], { kind: 'bad-address', instance: '$(reboot):80' }],
    [fileOf({}), off, { kind: 'nothing-to-roll', why: 'already-off', instances: off.map(endpointText) }],
    [
      fileOf({ exclude: ['10.0.0.10:8080'] }),
      orders.slice(0, 1),
      { kind: 'nothing-to-roll', why: 'excluded' },
    ],
    [fileOf({}, { defaults: {} }), orders, { kind: 'deploy-missing' }],
  ])('%#', (file, listed, problem) => {
    const made = makePlan(file, contextOf(listed));
    expect(made).toMatchObject({ ok: false, problem });
  });

  test('one that cannot be read is not rolled: named it is a problem, excluded it is none', () => {
    const unread = { field: 'weight', found: '"NaN"' };
    const records = [{ ip: '10.0.0.7', port: 8080, ...unread }, { field: 'ip' }];
    const context = { ...contextOf(orders), unreadable: () => records };
    const madeWith = (entry: object, listed = context) => makePlan(fileOf(entry), listed);
    const named = madeWith({ instances: ['10.0.0.9:8080', '10.0.0.7:8080'] });
    expect(named).toMatchObject({ problem: { kind: 'unreadable', instance: '10.0.0.7:8080', unread } });
    for (const entry of [{}, { exclude: ['10.0.0.7:8080'] }]) {
      const made = madeWith(entry);
      expect(made.ok && made.plan.targets).toHaveLength(4);
    }
    const none = { ...context, lists: () => [] };
    expect(madeWith({}, none)).toMatchObject({ problem: { kind: 'nothing-to-roll', why: 'unreadable' } });
    const portless = { ...context, unreadable: () => [{ ip: '10.0.0.7', field: 'port', found: '-1' }] };
    expect(madeWith({ instances: ['10.0.0.7:8080'] }, portless)).toMatchObject({
      problem: { kind: 'unreadable', unread: { field: 'port', found: '-1' } },
    });
  });

  test('a companion that cannot be read keeps its process from being rolled', () => {
    const context = {
      ...contextOf([...orders, instance(dubbo, '10.0.0.99', 20_880)]),
      unreadable: () => [{ ip: '10.0.0.9', port: 20_880, field: 'weight', found: 'null' }],
    };
    const file = fileOf({ instances: ['10.0.0.9:8080'], companions: [{ service: dubbo }] });
    expect(makePlan(file, context)).toMatchObject({ problem: { kind: 'unreadable', instance: '10.0.0.9' } });
  });

  test('an instance that is off already is left out and noted, or taken along and stays off', () => {
    const mixed = orders.map((one, index) => ({ ...one, enabled: index !== 0 }));
    const left = makePlan(fileOf({}), contextOf(mixed));
    expect(left).toMatchObject({ ok: true, notes: [{ instance: '10.0.0.10:8080', isTakenAlong: false }] });
    expect(left.ok && left.plan.targets).toHaveLength(3);
    const along = makePlan(fileOf({}, { alreadyOff: 'take-along' }), contextOf(mixed));
    expect(along.ok && along.plan.targets[1]?.registrations[0]?.wasEnabled).toBe(false);
  });
});

test('two services at the same ip and port are told apart by name', () => {
  const listed = [instance('orders', '10.0.0.1', 80), instance('shop', '10.0.0.1', 80)];
  const services = [{ service: 'orders' }, { service: 'shop' }];
  const plan = planOf({ ...fileOf({}), stages: [{ services }] }, listed);
  expect(plan.targets.map(({ name }) => name)).toEqual(['10.0.0.1:80 orders', '10.0.0.1:80 shop']);
});
