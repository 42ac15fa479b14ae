import { expect, test } from 'vitest';
import { makePlan } from '../../../src/core/planning/make-plan.ts';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';
import type { Instance } from '../../../src/core/registry/service.ts';
import { reviewCapacity, reviewZones } from '../../../src/runner/review/review-capacity.ts';
import { instance } from '../../cli/support/fake-registry.ts';
import { findings as en } from '../../../src/i18n/en/findings.ts';
import { findings as zhCn } from '../../../src/i18n/zh-cn/findings.ts';
import { say } from '../../../src/i18n/grammar/say.ts';

const home = { namespace: 'public', group: 'DEFAULT_GROUP' };

/** A letter an instance: its zone, large where it is on and well. */
function review(
  letters: string,
  entry: object,
  views: readonly string[] = [letters],
  overrides: string[] = [],
) {
  const listOf = (zones: string): Instance[] =>
    zones.split('').map((zone, at) =>
      instance('orders', `10.0.0.${at + 1}`, 80, {
        metadata: { zone: zone.toLowerCase() },
        healthy: zone === zone.toUpperCase(),
      }),
    );
  const file = planFileSchema.parse({
    version: 1,
    stages: [{ services: [{ service: 'orders', deploy: { run: 'true' }, ...entry }] }],
  });
  const made = makePlan(file, { ...home, overrides, lists: () => listOf(letters) });
  if (!made.ok) throw new Error(made.problem.kind);
  const seen = views.map((zones, at) => ({
    node: `node-${at}`,
    service: { ...home, service: 'orders' },
    instances: listOf(zones),
    unreadable: [],
    protectThreshold: 0,
  }));
  return [...reviewZones(made.plan, seen), ...reviewCapacity(made.plan, seen)];
}

const zones = { by: 'metadata', key: 'zone' };

test('what stays in each zone at the worst is told, of the node that shows fewest', () => {
  expect(review('AAABBB', { zones, batch: 2 }, ['AAABBB', 'AAABBb'])[0]).toMatchObject({
    level: 'refused',
    kind: 'zone-minimum-impossible',
    zone: 'b',
    now: 2,
    after: 0,
    minimum: 1,
  });
  expect(review('AAABBB', { zones }, ['AAABBB', 'AAABBb'])[0]).toEqual({
    level: 'good',
    kind: 'zones',
    service: 'orders',
    minimum: 1,
    zones: [
      { zone: 'a', now: 3, after: 2 },
      { zone: 'b', now: 2, after: 1 },
    ],
  });
});

test('a zone that cannot keep its minimum is refused once, and overridden by a typed name', () => {
  const found = review('ABB', { zones }).filter(({ level }) => level === 'refused');
  expect(found).toMatchObject([{ kind: 'zone-minimum-impossible', zone: 'a', now: 1, after: 0 }]);
  expect(review('ABB', { zones }, ['ABB'], ['orders']).filter(({ level }) => level === 'refused')).toEqual(
    [],
  );
  expect(review('ABB', { zones: { ...zones, minimum: 0 } })).toMatchObject([{ kind: 'capacity' }]);
});

test('the sentences name the zone, what is on, and what would work', () => {
  const [alone] = review('ABB', { zones });
  const [two] = review('AABB', { zones, batch: 2 });
  const [good] = review('AABB', { zones });
  if (alone === undefined || two === undefined || good === undefined) throw new Error('nothing found');
  expect(say(en, alone)).toBe(
    'orders cannot keep 1 in zone a, where 1 is on and 1 goes off at a time: a minimum of 0 for each zone would work.',
  );
  expect(say(en, two)).toBe(
    'orders cannot keep 1 in zone a, where 2 are on and 2 go off at a time: a minimum of 0 for each zone would work, or a smaller batch.',
  );
  expect(say(en, good)).toBe(
    'At the worst orders keeps 1 of 2 in zone a, 1 of 2 in zone b (minimum of a zone: 1).',
  );
  expect(say(zhCn, alone)).toBe(
    '服务 orders 在可用区 a 中无法保持 1 个：现有 1 个在线，一次会下线 1 个；每个可用区的最小数量可以设为 0。',
  );
  expect(say(zhCn, good)).toBe(
    '最坏情况下，服务 orders 保留：可用区 a 2 个中的 1 个，可用区 b 2 个中的 1 个（每个可用区最少 1 个）。',
  );
});
