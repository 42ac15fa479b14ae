import { array, assert, boolean, integer, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { mayTakeOff } from '../../../src/core/rollout/guard.ts';
import { type ServiceView } from '../../../src/core/rollout/service-view.ts';
import type { Plan, Target } from '../../../src/core/plan/plan.ts';
import type { Instance } from '../../../src/core/registry/service.ts';
import { instance, registrationOf } from '../../simulation/scenario/scenario.ts';
import { plainScenario } from '../../simulation/run-plain.ts';

type State = { readonly enabled: boolean; readonly healthy: boolean; readonly weight: number };
const on: State = { enabled: true, healthy: true, weight: 1 };
const ill: State = { ...on, healthy: false };

function listed(states: readonly State[]): Instance[] {
  return states.map((state, index) => ({
    ...instance('orders', 'DEFAULT_GROUP', index + 1, 8080),
    ...state,
    ephemeral: true,
    metadata: {},
  }));
}

function view(states: readonly State[], protectThreshold = 0, node = 'a'): ServiceView {
  const [first] = listed([on]);
  if (first === undefined) throw new Error('no instance');
  return { node, service: first, instances: listed(states), unreadable: [], protectThreshold };
}

/** The plan rolls the first of the listed instances. */
function verdict(
  views: readonly ServiceView[],
  minimum = 1,
  meantOff: readonly number[] = [],
  overrides = [''],
) {
  const { plan } = plainScenario(1);
  const [target] = plan.targets as [Target];
  const asked: Plan = {
    ...plan,
    overrides,
    minimums: plan.minimums.map((entry) => ({ ...entry, minimum })),
  };
  const others = meantOff.map((host) => registrationOf(instance('orders', 'DEFAULT_GROUP', host, 8080)));
  return mayTakeOff(asked, target, others, views);
}

function kinds(result: ReturnType<typeof verdict>): string[] {
  return result.kind === 'go' ? [] : result.refusals.map((refusal) => refusal.kind);
}

test('three on, minimum two: the first may go, and the forecast says what is left', () => {
  const result = verdict([view([on, on, on])], 2);
  expect(result.kind).toBe('go');
  expect(result.forecast).toMatchObject([{ now: 3, after: 2, minimum: 2, weightPercent: 67 }]);
});

test('what is meant to go off counts as off, though it is still listed as on', () => {
  expect(kinds(verdict([view([on, on, on])], 2, [3]))).toEqual(['below-minimum']);
});

test('ill, disabled and weightless ones do not count', () => {
  const off = { ...on, enabled: false };
  const light = { ...on, weight: 0 };
  expect(kinds(verdict([view([on, ill, off, light])]))).toEqual(['last-one']);
});

const unweighed = { field: 'weight', found: '"NaN"' };

test('what we took off counts where its record cannot be read and consumers are given it', () => {
  const { plan } = plainScenario(1);
  const [target] = plan.targets as [Target];
  const [own] = listed([on]) as [Instance];
  const unreadable = [{ ip: own.ip, port: own.port, ...unweighed }];
  const judged = (given: ServiceView['given'], instances: readonly Instance[] = []): string[] =>
    kinds(
      mayTakeOff(
        plan,
        target,
        [],
        [{ ...view([]), instances, unreadable, ...(given && { given }) }],
        () => 'off',
      ),
    );
  expect(judged([own])).toEqual(['last-one']);
  expect(judged([])).toEqual([]);
  expect(judged(undefined)).toEqual([]);
  expect(judged([own], listed([ill, on]))).toEqual([]);
});

test('what cannot be read serves nobody, and may be ill', () => {
  const beside = { ip: '10.0.0.77', port: 8080, ...unweighed };
  const views = [{ ...view([on, on]), unreadable: [beside, { field: 'ip' }] }];
  expect(kinds(verdict(views, 2))).toEqual(['below-minimum']);
  expect(kinds(verdict(views))).toEqual([]);
  const threshold = 0.4;
  expect(kinds(verdict([{ ...view([on, on], threshold), unreadable: [beside] }]))).toEqual([]);
  expect(kinds(verdict([{ ...view([on, on], threshold), unreadable: [beside, beside] }]))).toEqual([
    'protect-threshold',
  ]);
});

test('one that cannot be read at one node does not go: nobody could see that it went', () => {
  const whole = view([on, on, on]);
  const own = { ip: '10.0.0.1', port: 8080, ...unweighed };
  const broken = { ...whole, node: 'b', instances: whole.instances.slice(1), unreadable: [own] };
  expect(verdict([whole, broken])).toMatchObject({
    kind: 'refused',
    refusals: [{ kind: 'unreadable', instance: '10.0.0.1:8080', ...unweighed }],
  });
  const twin = { ...whole, unreadable: [{ ip: '10.0.0.1', field: 'port', found: '"8080"' }] };
  expect(kinds(verdict([twin]))).toEqual(['unreadable']);
});

test('the node that shows fewest decides', () => {
  expect(kinds(verdict([view([on, on]), view([on, ill], 0, 'b')]))).toEqual(['last-one']);
});

test('the forecast is that of the node that shows fewest, in either order', () => {
  const [many, few] = [view([on, on, on]), view([on, on, ill], 0, 'b')];
  expect(verdict([many, few]).forecast).toMatchObject([{ now: 2, after: 1 }]);
  expect(verdict([few, many]).forecast).toMatchObject([{ now: 2, after: 1 }]);
});

test('one that serves nobody takes nothing away', () => {
  expect(verdict([view([ill, on])], 5).kind).toBe('go');
});

test('a protect threshold that would be reached is refused, one that is not is no matter', () => {
  expect(kinds(verdict([view([on, on, ill], 0.5)]))).toEqual(['protect-threshold']);
  expect(kinds(verdict([view([on, on, ill], 0.49)]))).toEqual([]);
  expect(kinds(verdict([view([on, on], 0.9)]))).toEqual([]);
});

test('one that is not listed is refused', () => {
  const without = { ...view([on, on]), instances: listed([on, on]).slice(1) };
  expect(kinds(verdict([without]))).toEqual(['not-registered']);
});

test('a typed name overrides every count', () => {
  expect(verdict([view([on])], 3, [], ['orders']).kind).toBe('go');
});

test('whatever is listed: a go leaves the minimum on and well on every node', () => {
  const state = record({
    enabled: boolean(),
    healthy: boolean(),
    weight: integer({ min: 0, max: 2 }),
  });
  const states = array(state, { minLength: 1, maxLength: 6 });
  assert(
    property(
      states,
      states,
      integer({ min: 0, max: 4 }),
      array(integer({ min: 2, max: 6 })),
      (a, b, minimum, meant) => {
        if (verdict([view(a), view(b)], minimum, meant).kind !== 'go') return;
        for (const list of [a, b]) {
          const isServing = (one: State): boolean => one.enabled && one.healthy && one.weight > 0;
          const left = list.filter((one, index) => index > 0 && !meant.includes(index + 1) && isServing(one));
          const [first] = list;
          if (first !== undefined && isServing(first))
            expect(left.length).toBeGreaterThanOrEqual(Math.max(minimum, 1));
        }
      },
    ),
  );
});

test('the forecast says whether the threshold is reached, and which cluster it empties', () => {
  expect(verdict([view([on, on, on, ill], 0.5)]).forecast).toMatchObject([{ isThresholdReached: false }]);
  expect(verdict([view([on, on, ill], 0.5)]).forecast).toMatchObject([{ isThresholdReached: true }]);
  const inClusters = (...clusters: string[]): ServiceView => {
    const all = view(clusters.map(() => on));
    return {
      ...all,
      instances: all.instances.map((one, index) => ({ ...one, cluster: clusters[index] ?? '' })),
    };
  };
  const cluster = (...clusters: string[]) => verdict([inClusters(...clusters)]).forecast[0]?.emptiedCluster;
  expect(cluster('north', 'south', 'south')).toBe('north');
  expect(cluster('north', 'north', 'south')).toBeUndefined();
});

test('off before us, and put on by somebody since: it takes something away, and is counted', () => {
  const { plan } = plainScenario(1);
  const [planned] = plan.targets as [Target];
  const found = planned.registrations.map((one) => ({ ...one, wasEnabled: false }));
  const target = { ...planned, registrations: found };
  expect(mayTakeOff(plan, target, [], [view([on])]).kind).toBe('refused');
  expect(mayTakeOff(plan, target, [], [view([{ ...on, enabled: false }])]).kind).toBe('go');
});

test('a plan that says zero keeps one', () => {
  expect(verdict([view([on, on])], 0).forecast).toMatchObject([{ minimum: 1 }]);
});

test('what we are putting on counts as on before a list shows it', () => {
  const { plan } = plainScenario(1);
  const [target] = plan.targets as [Target];
  const views = [view([{ ...on, enabled: false }])];
  expect(mayTakeOff(plan, target, [], views, () => 'off').kind).toBe('go');
  expect(mayTakeOff(plan, target, [], views, () => 'coming-on')).toMatchObject({
    kind: 'refused',
    refusals: [{ kind: 'last-one' }],
  });
});
