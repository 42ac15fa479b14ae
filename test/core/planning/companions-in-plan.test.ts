import { describe, expect, test } from 'vitest';
import { makePlan, servicesOf } from '../../../src/core/planning/make-plan.ts';
import { instance } from '../../cli/support/fake-registry.ts';
import { home, dubbo, contextOf, fileOf, ips, orders, planOf } from './planned-orders.ts';

describe('companions', () => {
  const beside = ips.map((ip) =>
    instance(dubbo, ip, 20_880, { group: 'DUBBO_GROUP', enabled: ip !== '10.0.0.9' }),
  );
  const companions = [{ service: dubbo, group: 'DUBBO_GROUP' }];

  test('go with the instance on the same ip, and stay off where they were off', () => {
    const plan = planOf(fileOf({ companions, minimum: '50%' }), [...orders, ...beside]);
    expect(
      plan.targets[0]?.registrations.map(({ service, ip, port, wasEnabled }) => [
        service,
        ip,
        port,
        wasEnabled,
      ]),
    ).toEqual([
      ['orders', '10.0.0.9', 8080, true],
      [dubbo, '10.0.0.9', 20_880, false],
    ]);
    expect(plan.minimums.map(({ service, minimum }) => [service, minimum])).toEqual([
      ['orders', 2],
      [dubbo, 2],
    ]);
  });

  test('must be there', () => {
    const made = makePlan(fileOf({ companions }), contextOf([...orders, ...beside.slice(0, 1)]));
    expect(made).toMatchObject({
      ok: false,
      problem: { kind: 'companion-missing', instance: '10.0.0.9:8080', found: ['10.0.0.10:20880'] },
    });
  });

  test('need a port where several are there', () => {
    const more = [...orders, ...beside, instance(dubbo, '10.0.0.9', 20_881, { group: 'DUBBO_GROUP' })];
    expect(makePlan(fileOf({ companions }), contextOf(more))).toMatchObject({
      problem: { kind: 'companion-ambiguous', found: ['10.0.0.9:20880', '10.0.0.9:20881'] },
    });
    const withPort = fileOf({ companions: [{ ...companions[0], port: '+12800' }] });
    expect(planOf(withPort, more).targets[0]?.registrations[1]?.port).toBe(20_880);
  });

  test('a registration belongs to one target', () => {
    const two = [instance('orders', '10.0.0.9', 8080), instance('orders', '10.0.0.9', 8081)];
    expect(makePlan(fileOf({ companions }), contextOf([...two, ...beside]))).toMatchObject({
      problem: { kind: 'in-two-targets', targets: ['10.0.0.9:8080', '10.0.0.9:8081'] },
    });
  });

  test('are listed before the plan is made', () => {
    expect(servicesOf(fileOf({ group: 'GRAY', companions: [{ service: 'x' }] }), home)).toEqual([
      { namespace: 'public', group: 'GRAY', service: 'orders' },
      { namespace: 'public', group: 'GRAY', service: 'x' },
    ]);
  });
});
