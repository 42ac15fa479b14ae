import { expect, test } from 'vitest';
import { makePlan } from '../../../src/core/planning/make-plan.ts';
import { type PlanFile, planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { settleInstances } from '../../../src/core/planning/settle-instances.ts';
import { type Instance, serviceKey } from '../../../src/core/registry/service.ts';
import { instance } from '../../cli/support/fake-registry.ts';

const home = { namespace: 'public', group: 'DEFAULT_GROUP' };
const zones = { by: 'metadata', key: 'zone' };

/** A letter an instance: its zone, '-' where its metadata does not say. */
const listOf = (service: string, letters: string, net = 0): Instance[] =>
  letters
    .split('')
    .map((zone, at) =>
      instance(service, `10.0.${net}.${at + 1}`, 8080, { metadata: zone === '-' ? { app: 'x' } : { zone } }),
    );

function fileOf(services: readonly object[], stage: object = {}): PlanFile {
  return planFileSchema.parse({
    version: 1,
    defaults: { deploy: { run: './redeploy.sh' } },
    stages: [{ services, ...stage }],
  });
}

function made(file: PlanFile, listed: readonly Instance[]) {
  return makePlan(file, {
    ...home,
    lists: (id) => {
      const found = listed.filter((one) => serviceKey(one) === serviceKey(id));
      return found.length === 0 ? undefined : found;
    },
  });
}

/** `SERVICE HOST` of each target, batches divided by bars. */
function told(file: PlanFile, listed: readonly Instance[]): string {
  const result = made(file, listed);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  const batches = Map.groupBy(result.plan.targets, ({ batch }) => batch);
  return [...batches.values()]
    .map((targets) =>
      targets
        .map(({ registrations: [main] }) => `${main?.service ?? ''}${main?.ip.split('.').at(-1) ?? ''}`)
        .join(' '),
    )
    .join(' | ');
}

test('one zone goes at a time, that of the first first, and no batch has two', () => {
  const listed = listOf('o', 'abbaab');
  expect(told(fileOf([{ service: 'o', zones, batch: 2 }]), listed)).toBe('o1 o4 | o5 | o2 o3 | o6');
  expect(told(fileOf([{ service: 'o', zones, batch: [1, '50%', '100%'] }]), listed)).toBe(
    'o1 | o4 o5 | o2 o3 o6',
  );
  const isMixed = { ...zones, oneAtATime: false };
  expect(told(fileOf([{ service: 'o', zones: isMixed, batch: 2 }]), listed)).toBe('o1 o2 | o3 o4 | o5 o6');
});

test('services of a stage go one after the other, or side by side a batch of each at a time', () => {
  const listed = [...listOf('o', 'aab'), ...listOf('s', 'bab', 1)];
  const services = [{ service: 'o' }, { service: 's', batch: 2 }];
  expect(told(fileOf(services), listed)).toBe('o1 | o2 | o3 | s1 s2 | s3');
  expect(told(fileOf(services, { sideBySide: true }), listed)).toBe('o1 s1 s2 | o2 s3 | o3');
  const zoned = services.map((one) => ({ ...one, zones }));
  expect(told(fileOf(zoned, { sideBySide: true }), listed)).toBe('o1 s2 | o2 | o3 s1 s3');
});

test('the plan has the rule of each service with a minimum, and targets their zone', () => {
  const result = made(fileOf([{ service: 'o', zones: { by: 'cluster', minimum: 2 } }]), listOf('o', 'ab'));
  expect(result).toMatchObject({
    ok: true,
    plan: {
      zones: [{ ...home, service: 'o', by: 'cluster', minimum: 2 }],
      targets: [{ zone: 'DEFAULT' }, { zone: 'DEFAULT' }],
    },
  });
  const without = made(fileOf([{ service: 'o', zones: { ...zones, minimum: 0 } }]), listOf('o', 'ab'));
  expect(without.ok && 'zones' in without.plan).toBe(false);
});

test('a key that no instance has is a problem, and one that some lack is told', () => {
  const file = fileOf([{ service: 'o', zones: { ...zones, key: 'zon' } }]);
  expect(made(file, listOf('o', 'a-'))).toEqual({
    ok: false,
    problem: { kind: 'zone-key-missing', service: 'DEFAULT_GROUP@@o', key: 'zon', similar: ['app', 'zone'] },
  });
  expect(made(fileOf([{ service: 'o', zones }]), listOf('o', 'a-a'))).toMatchObject({
    ok: true,
    notes: [{ kind: 'no-zone', service: 'DEFAULT_GROUP@@o', key: 'zone', instances: ['10.0.0.2:8080'] }],
  });
});

test('a saved plan goes as the one that was saved', () => {
  const listed = listOf('o', 'abbaab');
  const file = fileOf([{ service: 'o', zones, batch: [1, '50%', '100%'] }]);
  const result = made(file, listed);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  const saved = settleInstances(file, result.plan, home, () => listed);
  expect(told(saved, listed)).toBe(told(file, listed));
});
