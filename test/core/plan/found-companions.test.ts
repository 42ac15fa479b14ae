import { describe, expect, test } from 'vitest';
import { makePlan } from '../../../src/core/planning/make-plan.ts';
import type { PlanContext } from '../../../src/core/planning/plan-context.ts';
import { type PlanFile, planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { settleInstances } from '../../../src/core/planning/settle-instances.ts';
import { type Instance, serviceId, serviceKey } from '../../../src/core/registry/service.ts';
import { instance } from '../../cli/support/fake-registry.ts';

const home = { namespace: 'public', group: 'DEFAULT_GROUP' };
const group = 'DUBBO_GROUP';

const provider = (name: string, ip: string, port = 20_880, rest: Partial<Instance> = {}): Instance =>
  instance(`providers:${name}`, ip, port, { group, ...rest });

const listed = [
  instance('orders', '10.0.0.1', 8080),
  instance('orders', '10.0.0.2', 8080),
  ...['a', 'b', 'c'].flatMap((name) => [provider(name, '10.0.0.1'), provider(name, '10.0.0.2')]),
  provider('elsewhere', '10.0.0.9'),
  instance('consumers:x', '10.0.0.1', 0, { group }),
  instance('metrics', '10.0.0.1', 9100),
];

function contextOf(all: readonly Instance[], rest: Partial<PlanContext> = {}): PlanContext {
  const around = [...new Map(all.map((one) => [serviceKey(one), serviceId(one)])).values()];
  const lists: PlanContext['lists'] = (id) => {
    const found = all.filter((one) => serviceKey(one) === serviceKey(id));
    return found.length === 0 ? undefined : found;
  };
  return { ...home, lists, around, ...rest };
}

const fileOf = (companions: unknown, rest: object = {}): PlanFile =>
  planFileSchema.parse({
    version: 1,
    defaults: { deploy: { run: './redeploy.sh' } },
    stages: [{ services: [{ service: 'orders', companions, ...rest }] }],
  });

function targetsOf(file: PlanFile, context = contextOf(listed)) {
  const made = makePlan(file, context);
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
  return made.plan.targets.map(({ registrations }) =>
    registrations.map(({ service, ip, port }) => `${service} ${ip}:${port}`),
  );
}

const problemOf = (file: PlanFile, context = contextOf(listed)) => {
  const made = makePlan(file, context);
  return made.ok ? undefined : made.problem;
};

const notesOf = (file: PlanFile, context = contextOf(listed)) => {
  const made = makePlan(file, context);
  return made.ok ? made.notes : [];
};

const providers = [{ service: 'providers:*', group }];

describe('a pattern', () => {
  test('takes every service that it fits and that is at the ip of the instance', () => {
    expect(targetsOf(fileOf(providers))).toEqual([
      [
        'orders 10.0.0.1:8080',
        'providers:a 10.0.0.1:20880',
        'providers:b 10.0.0.1:20880',
        'providers:c 10.0.0.1:20880',
      ],
      [
        'orders 10.0.0.2:8080',
        'providers:a 10.0.0.2:20880',
        'providers:b 10.0.0.2:20880',
        'providers:c 10.0.0.2:20880',
      ],
    ]);
  });

  test('each service has its minimum', () => {
    const made = makePlan(fileOf(providers), contextOf(listed));
    expect(made.ok && made.plan.minimums.map(({ service }) => service)).toEqual([
      'orders',
      'providers:a',
      'providers:b',
      'providers:c',
    ]);
  });

  test('that nothing at the ip answers to is refused', () => {
    expect(problemOf(fileOf([{ service: 'provider*', group: 'OTHER' }]))).toEqual({
      kind: 'pattern-missing',
      instance: '10.0.0.1:8080',
      pattern: 'OTHER@@provider*',
      similar: [],
    });
  });

  test('two ports of one service at the ip are refused until a port says which', () => {
    const two = contextOf([...listed, provider('b', '10.0.0.1', 20_881)]);
    expect(problemOf(fileOf(providers), two)).toMatchObject({
      kind: 'companion-ambiguous',
      companion: 'DUBBO_GROUP@@providers:b',
      found: ['10.0.0.1:20880', '10.0.0.1:20881'],
    });
    expect(targetsOf(fileOf([{ ...providers[0], port: 20_880 }]), two)[0]).toContain(
      'providers:b 10.0.0.1:20880',
    );
  });

  test('several processes of one ip have each their own, at the same distance', () => {
    const all = [
      instance('orders', '10.0.0.1', 8080),
      instance('orders', '10.0.0.1', 8081),
      provider('a', '10.0.0.1', 20_880),
      provider('a', '10.0.0.1', 20_881),
    ];
    expect(targetsOf(fileOf(providers), contextOf(all))).toEqual([
      ['orders 10.0.0.1:8080', 'providers:a 10.0.0.1:20880'],
      ['orders 10.0.0.1:8081', 'providers:a 10.0.0.1:20881'],
    ]);
  });

  test('what it and a name both mean is there once', () => {
    const both = [{ service: 'providers:b', group }, ...providers];
    expect(targetsOf(fileOf(both))[0]).toEqual([
      'orders 10.0.0.1:8080',
      'providers:b 10.0.0.1:20880',
      'providers:a 10.0.0.1:20880',
      'providers:c 10.0.0.1:20880',
    ]);
  });

  test('a record at the ip that cannot be read is not passed over', () => {
    const unreadable: PlanContext['unreadable'] = ({ service }) =>
      service === 'providers:elsewhere' ? [{ field: 'weight', ip: '10.0.0.1', port: 20_880 }] : [];
    expect(problemOf(fileOf(providers), contextOf(listed, { unreadable }))).toMatchObject({
      kind: 'unreadable',
      service: 'DUBBO_GROUP@@providers:elsewhere',
    });
  });
});

describe('process', () => {
  const processOf: PlanContext['processOf'] = ({ ip }) =>
    ip === '10.0.0.1'
      ? [provider('a', ip), provider('gone', ip), instance('consumers:x', ip, 0, { group })]
      : [];

  test('takes what the client registered, and is still listed', () => {
    expect(targetsOf(fileOf(['process']), contextOf(listed, { processOf }))).toEqual([
      ['orders 10.0.0.1:8080', 'providers:a 10.0.0.1:20880'],
      ['orders 10.0.0.2:8080'],
    ]);
  });

  test('says who goes alone, and what is left alone', () => {
    expect(notesOf(fileOf(['process']), contextOf(listed, { processOf }))).toEqual([
      { kind: 'nothing-beside', instances: ['10.0.0.2:8080'], rule: 'process' },
      { kind: 'left-alone', service: 'DEFAULT_GROUP@@orders', services: ['DUBBO_GROUP@@consumers:x'] },
    ]);
  });

  test('is refused where the server does not tell', () => {
    const context = contextOf(listed, { processOf: () => undefined });
    expect(problemOf(fileOf(['process']), context)).toMatchObject({ kind: 'process-unknown' });
  });
});

describe('ip', () => {
  test('takes all that is registered there, other services and ports included', () => {
    expect(targetsOf(fileOf(['ip']))[0]).toEqual([
      'orders 10.0.0.1:8080',
      'providers:a 10.0.0.1:20880',
      'providers:b 10.0.0.1:20880',
      'providers:c 10.0.0.1:20880',
      'metrics 10.0.0.1:9100',
    ]);
  });

  test('two instances of one machine are one target', () => {
    const all = [...listed, instance('orders', '10.0.0.1', 8081)];
    expect(targetsOf(fileOf(['ip'], { batch: 1 }), contextOf(all)).map(([first]) => first)).toEqual([
      'orders 10.0.0.1:8080',
      'orders 10.0.0.2:8080',
    ]);
  });

  test('an IPv6 address is one machine however it is spelled', () => {
    const all = [instance('orders', '2001:db8::1', 8080), instance('metrics', '2001:DB8:0:0::1', 9100)];
    expect(targetsOf(fileOf(['ip']), contextOf(all))).toEqual([
      ['orders 2001:db8::1:8080', 'metrics 2001:DB8:0:0::1:9100'],
    ]);
  });
});

describe('a saved plan', () => {
  test('holds what was found by name, and names what has come or gone since', () => {
    const made = makePlan(fileOf(providers, { instances: ['10.0.0.1:8080'] }), contextOf(listed));
    if (!made.ok) throw new Error('no plan');
    const saved = settleInstances(
      fileOf(providers, { instances: ['10.0.0.1:8080'] }),
      made.plan,
      home,
      () => undefined,
    );
    const [entry] = saved.stages[0]?.services ?? [];
    expect(entry?.found).toEqual({
      '10.0.0.1:8080': ['a', 'b', 'c'].map((name) => `DUBBO_GROUP@@providers:${name} 10.0.0.1:20880`),
    });
    expect(planFileSchema.parse(saved)).toEqual(saved);
    expect(notesOf(saved)).toEqual([]);
    const later = [...listed.filter(({ service }) => service !== 'providers:a'), provider('d', '10.0.0.1')];
    expect(notesOf(saved, contextOf(later))).toEqual([
      {
        kind: 'companions-changed',
        instance: '10.0.0.1:8080',
        came: ['DUBBO_GROUP@@providers:d 10.0.0.1:20880'],
        gone: ['DUBBO_GROUP@@providers:a 10.0.0.1:20880'],
      },
    ]);
  });
});
