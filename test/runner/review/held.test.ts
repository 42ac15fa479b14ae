import { expect, test } from 'vitest';
import { makePlan } from '../../../src/core/planning/make-plan.ts';
import { makeReview } from '../../../src/runner/review/make-review.ts';
import type { HeldBy } from '../../../src/runner/review/review.ts';
import { fakeRegistry } from '../../cli/support/fake-registry.ts';
import { anyCommand } from '../../support/any-command.ts';
import { noEvidence } from '../../support/no-evidence.ts';
import { spoken } from '../../support/spoken.ts';
import { hastyClock } from '../../support/time/hasty-clock.ts';
import { of, three } from './reviewed.ts';

const holder: HeldBy = {
  service: 'orders',
  id: '7f3a',
  by: 'bob@bastion',
  since: '2026-11-21T20:00:00.000Z',
};

/** Two of three are on, as another rollout drains the third, and two have to stay on. */
async function reviewed(heldBy: HeldBy | undefined): Promise<Awaited<ReturnType<typeof makeReview>>> {
  const list = three().map((one) => ({ ...one, enabled: one.ip !== '10.0.0.1' }));
  const made = makePlan(
    {
      version: 1,
      defaults: { deploy: { run: 'true' }, minimum: 2 },
      stages: [{ services: [{ service: 'orders' }] }],
    },
    { namespace: 'public', group: 'DEFAULT_GROUP', lists: () => list },
  );
  if (!made.ok) throw new Error(made.problem.kind);
  return makeReview(
    {
      clock: hastyClock(),
      registry: fakeRegistry(list),
      probe: async () => ({ kind: 'good', ms: 1 }),
      evidence: noEvidence,
      commands: anyCommand,
      heldBy: async (services) => (services.some(({ service }) => service === 'orders') ? heldBy : undefined),
    },
    made.plan,
  );
}

test('whoever holds a service refuses the plan, and what is left on meanwhile refuses nothing', async () => {
  const { findings } = await reviewed(holder);
  expect(findings.filter(({ level }) => level === 'refused')).toEqual([
    { level: 'refused', kind: 'locked', ...holder },
  ]);
  for (const language of ['en', 'zh-CN'] as const)
    expect(spoken[language].failures.finding({ level: 'refused', kind: 'locked', ...holder })).toContain(
      'nacos-rollout attach 7f3a',
    );
});

test('where nobody holds it, the minimum speaks', async () => {
  expect(of((await reviewed(undefined)).findings, 'minimum-impossible')).toHaveLength(1);
});
