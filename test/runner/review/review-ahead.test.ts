import { expect, test } from 'vitest';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { findings as english } from '../../../src/i18n/en/findings.ts';
import { findings as chinese } from '../../../src/i18n/zh-cn/findings.ts';
import { say } from '../../../src/i18n/grammar/say.ts';
import { reviewAhead, reviewCapacity } from '../../../src/runner/review/review-capacity.ts';
import { plainScenario } from '../../simulation/run-plain.ts';

/** All of a service go ahead, and nobody else serves. */
function reviewed(count: number, minimum: number, change: (plan: Plan) => Plan = (plan) => plan) {
  const { plan } = plainScenario(count, (one) =>
    change({
      ...one,
      minimums: one.minimums.map((each) => ({ ...each, minimum })),
      targets: one.targets.map((target) => ({ ...target, drainAhead: true as const })),
    }),
  );
  const instances = plan.targets.flatMap(({ registrations }) =>
    registrations.map(({ wasEnabled: enabled, ...one }) => ({ ...one, enabled, healthy: true })),
  );
  const service = { namespace: 'public', group: 'DEFAULT_GROUP', service: 'orders' };
  const views = [{ node: 'a', service, instances, unreadable: [], protectThreshold: 0 }];
  return { ahead: reviewAhead(plan, views), capacity: reviewCapacity(plan, views) };
}

test('says how many go ahead and what that saves at the most', () => {
  expect(reviewed(4, 1).ahead).toEqual([
    { level: 'good', kind: 'drain-ahead', targets: 3, eachMs: 5000, allMs: 15_000, isLate: false },
  ]);
});

test('says that some go later where there is room for two and not for three', () => {
  const [finding] = reviewed(4, 2).ahead;
  expect(finding).toMatchObject({ kind: 'drain-ahead', targets: 3, isLate: true });
  if (finding === undefined) throw new Error('nothing was found');
  expect(say(english, finding)).toContain('some consumers do not know of them');
  expect(say(chinese, finding)).toContain('共 15 秒');
});

test('warns where the minimum leaves no room, with the reason', () => {
  const [finding, ...others] = reviewed(4, 3).ahead;
  expect(finding).toMatchObject({
    level: 'warning',
    kind: 'drain-ahead-refused',
    targets: 3,
    refusal: { kind: 'below-minimum', now: 3, after: 2, minimum: 3 },
  });
  expect(others).toEqual([]);
  if (finding === undefined) throw new Error('nothing was found');
  expect(say(english, finding)).toContain('3 targets will wait in spite of drain ahead');
  expect(say(chinese, finding)).toContain('3 个目标虽设了提前排空');
});

test('over a stage or a gate nobody goes ahead', () => {
  const staged = (plan: Plan): Plan => ({
    ...plan,
    targets: plan.targets.map((target) => ({ ...target, stage: String(target.batch) })),
  });
  expect(reviewed(2, 0, staged).ahead).toEqual([]);
  const place = { side: 'before', of: 'batch' } as const;
  const gate = { kind: 'time', name: 'g', batch: 1, ms: 1, place } as const;
  expect(reviewed(2, 0, (plan) => ({ ...plan, gates: [gate] })).ahead).toEqual([]);
});

test('the worst of a service is with those off too that go ahead', () => {
  expect(reviewed(4, 1).capacity).toMatchObject([{ kind: 'capacity', forecast: { after: 2 } }]);
  expect(reviewed(4, 3).capacity).toMatchObject([{ kind: 'capacity', forecast: { after: 3 } }]);
});
