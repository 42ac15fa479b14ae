import { describe, expect, test } from 'vitest';
import { fittingInstances, parseWhere } from '../../../src/core/which/where.ts';
import { instance } from '../../cli/support/fake-registry.ts';

const listed = [
  instance('orders', '10.0.1.1', 8080, { weight: 1, metadata: { zone: 'a', version: '2.3.0' } }),
  instance('orders', '10.0.1.2', 8080, { metadata: { zone: 'b', version: '2.3.1' }, weight: 0 }),
  instance('orders', '10.0.2.3', 8080, { metadata: { zone: 'a' }, cluster: 'B', weight: 20 }),
  instance('orders', 'host-4.example', 8080, { weight: 1, metadata: { version: '2.4.0-rc' } }),
];

function chosen(where: readonly string[], notOn?: string): string | readonly string[] {
  const fitting = fittingInstances({ where, notOn }, 'orders', listed, 'version');
  return fitting.ok ? fitting.instances.map(({ ip }) => ip) : fitting.problem.kind;
}

test.for<[readonly string[], string | readonly string[]]>([
  [['zone=a'], ['10.0.1.1', '10.0.2.3']],
  [['zone=A'], 'nothing-fits'],
  [['zone=a,b'], ['10.0.1.1', '10.0.1.2', '10.0.2.3']],
  [['zone = a , b'], ['10.0.1.1', '10.0.1.2', '10.0.2.3']],
  [['zone!=a'], ['10.0.1.2', 'host-4.example']],
  [['zone!=a,b'], ['host-4.example']],
  [['zone='], ['host-4.example']],
  [['zone!='], ['10.0.1.1', '10.0.1.2', '10.0.2.3']],
  [['version=2.3.*'], ['10.0.1.1', '10.0.1.2']],
  [['version!=2.3.*'], ['10.0.2.3', 'host-4.example']],
  [['version=*-rc'], ['host-4.example']],
  [['metadata.zone=b'], ['10.0.1.2']],
  [['ip=10.0.1.*'], ['10.0.1.1', '10.0.1.2']],
  [['ip!=10.0.1.1,10.0.1.2'], ['10.0.2.3', 'host-4.example']],
  [['ip=HOST-4.example'], ['host-4.example']],
  [['cluster=B'], ['10.0.2.3']],
  [['cluster!=B'], ['10.0.1.1', '10.0.1.2', 'host-4.example']],
  [['weight>0'], ['10.0.1.1', '10.0.2.3', 'host-4.example']],
  [['weight>=20'], ['10.0.2.3']],
  [['weight<1'], ['10.0.1.2']],
  [['weight<=1'], ['10.0.1.1', '10.0.1.2', 'host-4.example']],
  [['weight!=1'], ['10.0.1.2', '10.0.2.3']],
  [['weight=1', 'zone=a'], ['10.0.1.1']],
  [['weight=20', 'zone=b'], 'nothing-fits'],
  [['zome!=a'], 'metadata-key-missing'],
  // Its key is asked for in the metadata, where there is none.
  [['metadata.weight=1'], 'metadata-key-missing'],
])('%j fits %j', ([where, ips]) => {
  expect(chosen(where)).toEqual(ips);
});

test.for(['', 'zone', '=a', 'zone>1', 'zone==a', 'weight=much', 'weight>-1', 'weight=', 'ip=', 'cluster!='])(
  '%j is no condition',
  (text) => {
    expect(parseWhere(text)).toBeUndefined();
  },
);

describe('not on a version', () => {
  test('leaves out who is on it, and names them', () => {
    const fitting = fittingInstances({ notOn: '2.3.1' }, 'orders', listed, 'version');
    expect(fitting.ok && fitting.instances).toHaveLength(3);
    expect(fitting.ok && fitting.notes).toEqual([
      { kind: 'on-version', service: 'orders', version: '2.3.1', instances: ['10.0.1.2:8080'] },
    ]);
  });

  test('may leave nobody, which is no problem: a second run does the rest', () => {
    expect(chosen(['zone=b'], '2.3.1')).toEqual([]);
  });

  test('cannot be told where nobody says a version', () => {
    const fitting = fittingInstances({ notOn: '2' }, 'orders', listed, 'build');
    expect(fitting.ok ? undefined : fitting.problem).toEqual({
      kind: 'metadata-key-missing',
      service: 'orders',
      key: 'build',
      keys: ['version', 'zone'],
    });
  });
});

test('a slip is told with what was meant, or with what there is', () => {
  const problem = (...where: string[]) => {
    const fitting = fittingInstances({ where }, 'orders', listed, 'version');
    return fitting.ok ? undefined : fitting.problem;
  };
  expect(problem('weight>0', 'zome!=a')).toMatchObject({ key: 'zome', similar: 'zone', where: 'zome!=a' });
  expect(problem('weight>0', 'zone=c')).toMatchObject({ where: ['zone=c'], found: ['a', 'b'] });
  expect(problem('weight>50')).toMatchObject({ found: ['0', '1', '20'] });
  expect(problem('cluster=X')).toMatchObject({ found: ['B', 'DEFAULT'] });
  expect(problem('weight=20', 'zone=b')).toMatchObject({ where: ['weight=20', 'zone=b'], found: [] });
});
